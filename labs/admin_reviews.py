"""The organizers' side of work and reviews: to read, not to change; and the numbers of the rules about labs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from cop.site.admin import LogAdmin, OneRow
from labs.models import LabRules, Review, Submission
from labs.queries import rules


@admin.register(Submission)
class SubmissionAdmin(LogAdmin):
    """Work that members handed in. Its words stand on its own page, for who may review it."""

    list_display = ["waiting_since", "lab", "member", "status", "round", "offered_at", "decided_at", "is_shown"]
    list_filter = ["status", "is_shown", "lab__module", "lab"]
    search_fields = ["lab__title", "member__name", "member__handle"]
    list_select_related = ["lab", "member"]
    date_hierarchy = "waiting_since"
    ordering = ["-waiting_since"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        waiting = Submission.objects.filter(status=Submission.Status.WAITING, member__is_active=True).count()
        said = f"{waiting} wait for a review; /labs/reviews/chain/ shows where members stop" if waiting else None
        return super().changelist_view(request, {"subtitle": said, **(extra_context or {})})


@admin.register(Review)
class ReviewAdmin(LogAdmin):
    """Decisions with their reasons, as their authors read them."""

    list_display = ["at", "submission_lab", "round", "by", "decision", "as_peer"]
    list_filter = ["decision", "as_peer", "submission__lab__module"]
    search_fields = ["submission__lab__title", "by__name", "by__handle"]
    list_select_related = ["submission__lab", "by"]
    date_hierarchy = "at"
    ordering = ["-at"]
    exclude = ["html"]

    @admin.display(description="lab", ordering="submission__lab__title")
    def submission_lab(self, review: Review) -> str:
        return review.submission.lab.title


@admin.register(LabRules)
class LabRulesAdmin(OneRow[LabRules]):
    """Until it is opened the usual numbers hold."""

    fieldsets = [
        ("Reviews", {"fields": ["review_days", "claim_minutes"]}),
        ("Broken steps", {"fields": ["broken_reports", "broken_days"]}),
        ("Time that a lab takes", {"fields": ["median_runs"]}),
        ("New labs", {"fields": ["confirmations"]}),
    ]

    def save_model(self, request: HttpRequest, obj: LabRules, form: ModelForm[LabRules], change: bool) -> None:
        super().save_model(request, obj, form, change)
        rules.forget()
