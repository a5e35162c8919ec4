"""Petitions, launches, newcomers and campaigns for organizers: to read, and to change what is theirs to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from communities.models import (
    DutyTurn,
    FirstPost,
    FoundingStep,
    GroupRules,
    LaunchStep,
    Petition,
    RecruitmentCampaign,
    Signature,
)  # fmt: skip
from communities.operations import petitions
from communities.queries.petitions import with_signatures
from cop.lib import words
from cop.lib.errors import Refused
from cop.site.admin import LogAdmin, OneRow, SavesChangedFields


@admin.register(GroupRules)
class GroupRulesAdmin(OneRow[GroupRules]):
    """Until it is opened the usual numbers hold."""

    fieldsets = [
        ("Petitions", {"fields": ["signatures", "petition_days", "petitions_each", "name_distance"]}),
        ("Quiet groups", {"fields": ["weeks_to_answer"]}),
        ("Newcomers", {"fields": ["newcomer_days", "promise_days"]}),
        ("Channels", {"fields": ["failed_checks"]}),
    ]


@admin.register(FoundingStep)
class FoundingStepAdmin(SavesChangedFields[FoundingStep]):
    """The checklist of groups to come; those that have begun keep theirs."""

    list_display = ["title", "order", "slug"]
    ordering = ["order"]
    fields = ["title", "slug", "order", "text"]
    prepopulated_fields = {"slug": ["title"]}


class SignatureInline(admin.StackedInline[Signature, Petition]):
    model = Signature
    fields = ["member", "at"]
    readonly_fields = ["member", "at"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Signature]:
        return super().get_queryset(request).select_related("member", "petition")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Petition)
class PetitionAdmin(LogAdmin):
    list_display = ["name", "kind", "state", "signed", "needed", "closes_at", "by"]
    list_filter = ["state", "kind"]
    list_select_related = ["by"]
    search_fields = ["name", "purpose"]
    ordering = ["-opened_at"]
    inlines = [SignatureInline]
    actions = ["withdraw"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Petition]:
        return with_signatures(super().get_queryset(request))

    @admin.display(description="Signatures", ordering="signed")
    def signed(self, petition: Any) -> int:
        number: int = petition.signed
        return number

    @admin.action(description="Withdraw the chosen petitions; those who signed are told")
    def withdraw(self, request: Any, chosen: QuerySet[Petition]) -> None:
        done = 0
        for petition in chosen:
            try:
                petitions.withdraw(petition, by=request.user)
                done += 1
            except Refused as refusal:
                self.message_user(request, refusal.message, messages.WARNING)
        if done:
            self.message_user(request, f"{words.count(done, 'petition was', 'petitions were')} withdrawn.")


class ReadOnly(LogAdmin):
    """Where organizers look; members do the work on the pages of the site."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [field.name for field in self.opts.concrete_fields]


@admin.register(LaunchStep)
class LaunchStepAdmin(ReadOnly):
    list_display = ["community", "title", "done_at", "done_by"]
    list_filter = [("done_at", admin.EmptyFieldListFilter)]
    list_select_related = ["community", "done_by"]
    search_fields = ["community__name", "title"]
    ordering = ["community", "order"]


@admin.register(FirstPost)
class FirstPostAdmin(ReadOnly):
    list_display = ["community", "member", "at", "due_at", "answered_at", "answered_by"]
    list_filter = [("answered_at", admin.EmptyFieldListFilter), "community"]
    list_select_related = ["community", "member", "answered_by"]
    search_fields = ["text", "member__name"]
    ordering = ["-at"]


@admin.register(DutyTurn)
class DutyTurnAdmin(ReadOnly):
    list_display = ["community", "member", "first_day", "last_day"]
    list_filter = ["community"]
    list_select_related = ["community", "member"]
    search_fields = ["member__name"]
    ordering = ["-first_day"]


@admin.register(RecruitmentCampaign)
class RecruitmentCampaignAdmin(ReadOnly):
    list_display = ["title", "community", "opened_at", "closed_at", "by"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter), "community"]
    list_select_related = ["community", "by"]
    search_fields = ["title", "sentence"]
    ordering = ["-opened_at"]
