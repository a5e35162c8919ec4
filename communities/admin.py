from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communities.forms import ChannelForm, CommunityForm
from communities.models import Channel, Community, Membership
from communities.operations import put_under
from communities.queries import with_people
from cop.lib import words
from cop.lib.errors import Refused
from cop.site.admin import SavesChangedFields


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
    list_display = ["name", "kind", "parent", "people", "order", "is_archived"]
    list_filter = ["kind", "is_archived"]
    list_select_related = ["parent"]
    ordering = ["order", "name"]
    search_fields = ["name", "why", "description"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [CarriersInline]
    readonly_fields = ["people"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "parent", "order", "is_archived", "people"]}),
        ("What the page says", {"fields": ["why", "brings", "success", "description"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Community]:
        return with_people(super().get_queryset(request))

    def save_model(self, request: HttpRequest, obj: Community, form: ModelForm[Community], change: bool) -> None:
        parent, obj.parent_id = obj.parent, form.initial.get("parent")
        super().save_model(request, obj, form, change)
        if "parent" not in form.changed_data:
            return
        try:
            put_under(obj, parent=parent)
        except Refused as refusal:  # somebody else moved a community in the same moment
            self.message_user(request, refusal.message, messages.ERROR)

    def fields_to_save(self, form: Any) -> list[str]:
        return [name for name in super().fields_to_save(form) if name != "parent"]  # moved by its own operation

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

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return False


@admin.register(Channel)
class ChannelAdmin(SavesChangedFields[Channel]):
    form = ChannelForm
    list_display = ["platform", "function", "status", "url", "community", "order"]
    list_filter = ["status", "platform"]
    list_select_related = ["community"]
    search_fields = ["platform", "function", "why"]
    prepopulated_fields = {"slug": ["platform", "function"]}
    fieldsets = [
        (None, {"fields": ["platform", "function", "slug", "status", "url", "community", "order"]}),
        ("What the page says", {"fields": ["why", "audience", "rules"]}),
    ]
