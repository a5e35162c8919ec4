from __future__ import annotations

from django.contrib import admin
from django.core.cache import cache
from django.forms import ModelForm
from django.http import HttpRequest

from cop.site.models import JobRun, Mail, SiteBrand


@admin.register(SiteBrand)
class SiteBrandAdmin(admin.ModelAdmin[SiteBrand]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return not SiteBrand.objects.exists() and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: SiteBrand | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SiteBrand, form: ModelForm[SiteBrand], change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
        cache.delete("brand")


class LogAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that software writes and people read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(JobRun)
class JobRunAdmin(LogAdmin):
    list_display = ["name", "started_at", "ended_at", "status", "counts", "error"]
    list_filter = ["status", "name"]
    ordering = ["-started_at"]


@admin.register(Mail)
class MailAdmin(LogAdmin):
    list_display = ["kind", "to", "subject", "state", "tries", "created_at", "error"]
    list_filter = ["state", "kind"]
    search_fields = ["to", "subject"]
    ordering = ["-created_at"]
    exclude = ["text", "html", "calendar"]  # what is said to a person, sign-in links included, is not for others' eyes
