from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communities import admin_founding as admin_founding
from communities import exports
from communities.admin_boundary import BoundaryInline, CharterInline, save_changes
from communities.forms.channels import ChannelForm
from communities.forms.groups import CommunityForm
from communities.models import Channel, Community, Membership
from communities.operations.groups import archive, note_in_directory, put_under, reopen
from communities.operations.membership import give_role
from communities.queries.channels import acts_from
from communities.queries.groups import with_people
from cop.lib import words
from cop.lib.errors import Refused
from cop.site.admin import SavesChangedFields
from members.models import Member


class CarriersInline(admin.StackedInline[Membership, Community]):
    """Those who carry the community; all members stand behind a link, for there may be thousands."""

    model = Membership
    verbose_name_plural = "leads, deputies and core members"
    fields = ["role", "status", "joined_at"]
    readonly_fields = ["role", "status", "joined_at"]
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        people = super().get_queryset(request).current().select_related("member", "community")  # type: ignore[attr-defined]
        carriers: QuerySet[Membership] = people.exclude(role=Membership.Role.MEMBER)
        return carriers

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Community)
class CommunityAdmin(SavesChangedFields[Community]):
    form = CommunityForm
    list_display = ["name", "kind", "stage", "visibility", "parent", "people", "order", "is_archived"]
    list_filter = ["kind", "stage", "visibility", "is_archived"]
    actions = ["export_members"]
    list_select_related = ["parent"]
    ordering = ["order", "name"]
    search_fields = ["name", "why", "description"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [CarriersInline, BoundaryInline, CharterInline]
    readonly_fields = ["people"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "parent", "order", "stage", "people"]}),
        ("What the page says", {"fields": ["why", "practice_areas", "brings", "success", "description"]}),
        (
            "Who sees it, and whether it is open",
            {
                "fields": ["visibility", "is_archived"],
                "description": "Closing ends open requests, invitations and votes. The page stays readable.",
            },
        ),
        ("Where and when it meets", {"fields": ["place", "language", "rhythm"]}),
        (
            "What it does formally",
            {
                "fields": ["has_budget", "has_elections", "has_objectives", "exposure_ceiling", "checklists"],
                "description": "Parts that a small community does without; switch on what it has.",
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Community]:
        return with_people(super().get_queryset(request))

    def save_model(self, request: HttpRequest, obj: Community, form: ModelForm[Community], change: bool) -> None:
        parent, obj.parent_id = obj.parent, form.initial.get("parent")
        super().save_model(request, obj, form, change)
        if change and {"name", "slug", "visibility"} & {*form.changed_data}:
            note_in_directory(obj)
        if change and "is_archived" in form.changed_data:
            (archive if form.cleaned_data["is_archived"] else reopen)(obj)
        if "parent" not in form.changed_data:
            return
        try:
            put_under(obj, parent=parent)
        except Refused as refusal:  # somebody else moved a community in the same moment
            self.message_user(request, refusal.message, messages.ERROR)

    def fields_to_save(self, form: Any) -> list[str]:
        """Moving and closing have operations of their own."""
        return [name for name in super().fields_to_save(form) if name not in ("parent", "is_archived")]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_changes(formset)

    @admin.action(description="Export the members as CSV")
    def export_members(self, request: HttpRequest, chosen: QuerySet[Community]) -> HttpResponse:
        """Only those in the directory, with the fields that they show to members."""
        answer = HttpResponse(
            exports.members_as_csv(chosen, cast(Member, request.user)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="members.csv"'
        return answer

    @admin.display(description="Members", ordering="people")
    def people(self, community: Any) -> str | SafeString:
        if not community.pk:
            return "Nobody yet"
        address = reverse("admin:communities_membership_changelist")
        said = words.count(community.people, "member")
        return format_html('<a href="{}?community__id__exact={}">{}</a>', address, community.pk, said)


@admin.register(Membership)
class MembershipAdmin(SavesChangedFields[Membership]):
    """Where organizers give somebody a role; joining and leaving is for the members themselves."""

    list_display = ["member", "community", "role", "status", "is_primary", "joined_at"]
    list_filter = ["community", "role", "status", "is_primary"]
    list_select_related = ["member", "community"]
    search_fields = ["member__name", "member__email", "member__handle"]
    readonly_fields = ["member", "community", "status", "is_primary", "joined_at", "left_at"]
    fieldsets = [
        ("Who and where", {"fields": ["member", "community", "status", "is_primary", "joined_at", "left_at"]}),
        ("Task", {"fields": ["role"]}),
    ]

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        role, obj.role = obj.role, form.initial["role"]
        try:
            give_role(obj, role, by=cast(Member, request.user))
        except Refused as refusal:
            self.message_user(request, refusal.message, messages.ERROR)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False


@admin.register(Channel)
class ChannelAdmin(SavesChangedFields[Channel]):
    form = ChannelForm
    list_display = ["platform", "function", "status", "url", "community", "owner", "failing_since", "order"]
    list_filter = ["status", "platform", ("marked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["community", "owner"]
    search_fields = ["platform", "function", "why"]
    raw_id_fields = ["owner"]
    readonly_fields = ["checked_at", "failures", "failing_since", "recorded"]
    prepopulated_fields = {"slug": ["platform", "function"]}
    fieldsets = [
        (None, {"fields": ["platform", "function", "slug", "status", "url", "community", "owner", "order"]}),
        ("What the page says", {"fields": ["why", "audience", "rules", "personas"]}),
        ("What was found", {"fields": ["checked_at", "failures", "failing_since", "recorded"]}),
    ]

    @admin.display(description="Acts in the ledger that name it as their source")
    def recorded(self, channel: Channel) -> int:
        return acts_from(channel) if channel.pk else 0
