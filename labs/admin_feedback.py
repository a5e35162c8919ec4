"""What members say of labs, for organizers: they read it, answer reports and set the numbers of the rules."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.forms import ModelForm
from django.http import HttpRequest

from cop.lib.errors import Refused
from cop.site.admin import LogAdmin
from labs.models import LabFeedback, StepReport
from labs.operations.feedback import answer_reports
from modules.admin import RoomyAdmin


@admin.register(LabFeedback)
class LabFeedbackAdmin(LogAdmin):
    """Comments are read without their writers’ names; averages stand on the page of each lab, from five ratings on."""

    list_display = ["lab", "comment", "at"]
    list_filter = ["run__lab__module"]
    list_select_related = ["run__lab"]
    search_fields = ["comment", "run__lab__title"]
    fields = ["lab", "comment", "at"]
    readonly_fields = ["lab"]
    date_hierarchy = "at"

    @admin.display(ordering="run__lab__title")
    def lab(self, row: LabFeedback) -> str:
        return row.run.lab.title

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).exclude(comment="")


class Open(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "Open"), ("answered", "Answered")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(closed_at__isnull=self.value() == "open") if self.value() else queryset


@admin.register(StepReport)
class StepReportAdmin(RoomyAdmin[StepReport]):
    """Writing the answer closes the report, and who wrote it is told."""

    list_display = ["lab", "step_key", "text", "at", "closed_at"]
    list_filter = [Open, "lab__module"]
    list_select_related = ["lab"]
    search_fields = ["text", "lab__title", "step_key"]
    date_hierarchy = "at"
    fields = ["lab", "step_key", "member", "at", "text", "answer", "closed_at", "closed_by"]
    readonly_fields = ["lab", "step_key", "member", "at", "text", "closed_at", "closed_by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StepReport | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: StepReport | None = None) -> Any:
        return [*self.readonly_fields, "answer"] if obj and obj.closed_at else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: StepReport, form: ModelForm[StepReport], change: bool) -> None:
        if "answer" not in form.changed_data:
            return
        try:
            answer_reports(obj.lab, [obj.pk], by=request.user, text=obj.answer)  # type: ignore[arg-type]
        except Refused as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
