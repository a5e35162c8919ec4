"""The organizers' side of claims, thanks, badges and the person of the month."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from cop.lib.errors import Refused
from cop.site.admin import LogAdmin, SavesChangedFields
from members.claims import BY_SLUG
from members.models import BadgeAward, BadgeRule, Claim, Kudos, Member, Spotlight
from members.operations import claims


@admin.register(Claim)
class ClaimAdmin(LogAdmin):
    """Claims of work done elsewhere; those that wait are confirmed here, or declined with a note on their own page."""

    list_display = ["made_at", "member", "work", "title", "proof", "witness", "state", "decided_by"]
    list_filter = ["state", "kind"]
    search_fields = ["title", "member__name", "member__handle", "evidence"]
    list_select_related = ["member", "witness", "decided_by"]
    date_hierarchy = "made_at"
    ordering = ["-made_at"]
    actions = ["confirm"]

    @admin.display(description="kind", ordering="kind")
    def work(self, claim: Claim) -> str:
        return BY_SLUG[claim.kind].title if claim.kind in BY_SLUG else claim.kind

    @admin.display(description="evidence")
    def proof(self, claim: Claim) -> str:
        return format_html('<a href="{}" rel="noopener nofollow">Open</a>', claim.evidence)

    def has_deciding_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.change_claim")

    @admin.action(description="Confirm: the work was done", permissions=["deciding"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[Claim]) -> None:
        by, number = Member.objects.get(pk=request.user.pk), 0
        for claim in queryset.select_related("member"):
            try:
                claims.decide(claim, confirm=True, by=by)
                number += 1
            except Refused as refusal:
                messages.warning(request, f"“{claim.title}”: {refusal.message}")
        if number:
            messages.success(request, f"Confirmed {number}. Whoever did the work hears of it, and it counts now.")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        address = reverse("members:claims_to_decide")
        waiting = Claim.objects.filter(state=Claim.State.OPEN, member__is_active=True).count()
        title = f"{waiting} wait for a decision; {address} shows them one by one" if waiting else None
        return super().changelist_view(request, {"subtitle": title, **(extra_context or {})})


@admin.register(Kudos)
class KudosAdmin(LogAdmin):
    """Thanks between members; an organizer deletes what breaks the code of conduct."""

    list_display = ["at", "by", "to", "reason", "object_title"]
    search_fields = ["by__name", "to__name", "reason"]
    list_select_related = ["by", "to"]
    date_hierarchy = "at"
    ordering = ["-at"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.has_perm("members.delete_kudos")


@admin.register(BadgeRule)
class BadgeRuleAdmin(SavesChangedFields[BadgeRule]):
    list_display = ["title", "text", "measure", "at_least", "is_active", "holders"]
    list_filter = ["is_active", "measure"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BadgeRule]:
        return super().get_queryset(request).annotate(number=Count("awards"))

    @admin.display(ordering="number")
    def holders(self, badge: Any) -> int:
        return int(badge.number)

    def get_readonly_fields(self, request: HttpRequest, obj: BadgeRule | None = None) -> list[str]:
        return ["slug"] if obj else []


@admin.register(BadgeAward)
class BadgeAwardAdmin(LogAdmin):
    list_display = ["at", "member", "badge", "is_hidden"]
    list_filter = ["badge", "is_hidden"]
    search_fields = ["member__name", "member__handle"]
    list_select_related = ["member", "badge"]
    ordering = ["-at"]


@admin.register(Spotlight)
class SpotlightAdmin(LogAdmin):
    list_display = ["month", "member", "people", "at"]
    list_select_related = ["member"]
    ordering = ["-month"]
