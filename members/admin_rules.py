"""Where organizers read and change the numbers of the rules about members."""

from __future__ import annotations

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from cop.site.admin import OneRow
from members.models import ErasureRequest, MemberRules
from members.queries import rules


@admin.register(MemberRules)
class MemberRulesAdmin(OneRow[MemberRules]):
    """Until it is opened the usual numbers hold."""

    fieldsets = [
        ("Depth of a skill", {"fields": ["claimed", "evidence", "endorsed", "scale", "half_life", "gap"]}),
        ("The word of others", {"fields": ["deep", "pay_back_days", "pay_back", "validation_months"]}),
        ("How much of a thing", {"fields": ["most_skills", "kudos_a_week"]}),
        ("Invitations", {"fields": ["invitations_a_week", "invitation_days", "reminder_days"]}),
        ("Newcomers and suggestions", {"fields": ["buddy_days", "newcomers_each", "dismissed_days"]}),
        ("Leaving", {"fields": ["erasure_days"]}),
    ]

    def save_model(self, request: HttpRequest, obj: MemberRules, form: ModelForm[MemberRules], change: bool) -> None:
        super().save_model(request, obj, form, change)
        rules.forget()


@admin.register(ErasureRequest)
class ErasureRequestAdmin(admin.ModelAdmin[ErasureRequest]):
    """Who asked to leave, and when; only members themselves ask and take it back."""

    list_display = ["member", "asked_at", "due_at", "cancelled_at", "done_at"]
    list_select_related = ["member"]
    date_hierarchy = "due_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ErasureRequest | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ErasureRequest | None = None) -> bool:
        return False
