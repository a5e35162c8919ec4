"""How newcomers are led in, as organizers see and mend it."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cop.lib import words
from cop.site.admin import LogAdmin, SavesChangedFields
from members.models import Buddy, Consent, Invitation, PlacementOption, PlacementQuestion


@admin.register(Buddy)
class BuddyAdmin(LogAdmin):
    """Who looks after whom; an organizer can end it when it does not fit."""

    list_display = ["newcomer", "buddy", "at", "ended_at"]
    list_select_related = ["newcomer", "buddy"]
    search_fields = ["newcomer__name", "buddy__name"]
    actions = ["end"]

    @admin.action(description="End looking after")
    def end(self, request: HttpRequest, pairs: QuerySet[Buddy]) -> None:
        ended = pairs.filter(ended_at=None).update(ended_at=timezone.now())
        self.message_user(request, f"{words.count(ended, 'pair')} ended.")


@admin.register(Invitation)
class InvitationAdmin(LogAdmin):
    """How invitations fare; the addresses are for those who wrote them."""

    list_display = ["by", "community", "persona", "sent_at", "opened_at", "reminded_at", "accepted_at"]
    list_filter = ["persona"]
    list_select_related = ["by", "persona"]
    date_hierarchy = "sent_at"
    fields = ["by", "community", "persona", "sentence", "sent_at", "opened_at", "reminded_at", "accepted_at"]


class OptionInline(admin.StackedInline[PlacementOption, PlacementQuestion]):
    model = PlacementOption
    fields = ["text", "key", "order", "weights"]
    extra = 0


@admin.register(PlacementQuestion)
class PlacementQuestionAdmin(SavesChangedFields[PlacementQuestion]):
    list_display = ["text", "order", "key"]
    inlines = [OptionInline]


@admin.register(Consent)
class ConsentAdmin(LogAdmin):
    """How many said yes to what; who said it is between them and the site."""

    list_display = ["purpose", "given", "at"]
    list_display_links = None
    list_filter = ["purpose", "given"]

    def has_view_permission(self, request: HttpRequest, obj: Consent | None = None) -> bool:
        return obj is None and super().has_view_permission(request)
