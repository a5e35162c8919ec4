from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest

from cop.lib.errors import Refused
from labs.forms.labs import LabForm
from labs.models import Lab, LabStep
from labs.operations import writing
from modules.admin import RoomyAdmin, for_each


class StepInline(admin.StackedInline[LabStep, Lab]):
    model = LabStep
    extra = 0
    fields = ["order", "title", "key", "minutes", "required", "body"]
    prepopulated_fields = {"key": ["title"]}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "body":
            kwargs["widget"] = Textarea(attrs={"rows": 16, "cols": 100, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Lab)
class LabAdmin(RoomyAdmin[Lab]):
    form = LabForm
    list_display = ["title", "module", "minutes", "exposure", "no_code", "status", "updated_at"]
    list_filter = ["status", "module", "exposure", "no_code"]
    list_select_related = ["module"]
    search_fields = ["title", "aim"]
    inlines = [StepInline]
    actions = ["publish", "take_back"]
    readonly_fields = ["status", "published_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["module", "title", "slug", "order", "aim"]}),
        ("What it needs", {"fields": ["minutes", "no_code", "prerequisites", "environment"]}),
        ("Where data goes", {"fields": ["exposure", "local_alternative"]}),
        ("Texts", {"fields": ["introduction", "expected", "reflection", "troubleshooting", "rubric"]}),
        ("State", {"fields": ["status", "published_at", "updated_at"]}),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Lab | None = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["title"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Lab | None = None) -> Any:
        """The address names the lab in members' progress, so it stays once the lab was published."""
        return ["slug", *self.readonly_fields] if obj and obj.published_at else self.readonly_fields

    def save_related(self, request: HttpRequest, form: ModelForm[Lab], formsets: Any, change: bool) -> None:
        """Render all texts; a published lab that now lacks something becomes a draft, and the steward is told why."""
        super().save_related(request, form, formsets, change)
        lab = Lab.objects.select_for_update(of=["self"]).select_related("module").get(pk=form.instance.pk)
        writing.renew(lab)
        if not lab.is_published:
            return
        try:
            writing.publish_lab(lab)
        except Refused as refusal:
            writing.take_back_lab(lab)
            self.message_user(request, f"Your changes are kept, but the lab is a draft now. {refusal}", messages.ERROR)

    def delete_model(self, request: HttpRequest, obj: Lab) -> None:
        writing.take_back_lab(obj)
        obj.delete()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Lab]) -> None:
        for lab in queryset:
            self.delete_model(request, lab)

    @admin.action(description="Publish the chosen labs", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Lab]) -> None:
        for_each(self, request, queryset, writing.publish_lab, done="published", noun="lab")

    @admin.action(description="Make drafts of the chosen labs", permissions=["change"])
    def take_back(self, request: HttpRequest, queryset: QuerySet[Lab]) -> None:
        done = "a draft again" if queryset.count() == 1 else "drafts again"
        for_each(self, request, queryset, writing.take_back_lab, done=done, noun="lab")
