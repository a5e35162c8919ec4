from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cop.site.models import JobRun, Mail, SiteBrand

Row = TypeVar("Row", bound=Model)


class SavesChangedFields(admin.ModelAdmin[Row]):
    """Saving a form writes what was changed in it and leaves alone what somebody else changed meanwhile."""

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=self.fields_to_save(form))
        else:
            super().save_model(request, obj, form, change)

    def fields_to_save(self, form: Any) -> list[str]:
        """The columns that the form changed; many-to-many fields are saved by Django on their own."""
        columns = {field.name for field in self.opts.concrete_fields}
        return [name for name in form.changed_data if name in columns]


class OneRow(SavesChangedFields[Row]):
    """A table with one row: its place in the menu leads straight to it, and nobody adds another or takes it away."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        row, _ = self.model._default_manager.get_or_create(pk=1)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:
        return False


class KeepsSecrets:
    """Columns to which nobody may put questions by the address of a list: answers would give them away bit by bit."""

    secrets: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        allowed: bool = super().lookup_allowed(lookup, value, request)  # type: ignore[misc]
        return allowed and lookup.split("__")[0] not in self.secrets


@admin.register(SiteBrand)
class SiteBrandAdmin(OneRow[SiteBrand]):
    def save_model(self, request: HttpRequest, obj: SiteBrand, form: ModelForm[SiteBrand], change: bool) -> None:
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
class MailAdmin(KeepsSecrets, LogAdmin):
    secrets = ("text", "html", "calendar", "key", "unsubscribe")
    list_display = ["kind", "to", "subject", "state", "tries", "created_at", "error"]
    list_filter = ["state", "kind"]
    search_fields = ["to", "subject"]
    ordering = ["-created_at"]
    exclude = [
        "text",
        "html",
        "calendar",
        "unsubscribe",
    ]  # what is said to a person, sign-in links included, is not for others' eyes
