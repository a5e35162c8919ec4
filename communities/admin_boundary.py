"""The first charter and boundary of a community, as organizers write them until it has a lead."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from communities import rules
from communities.charter_fields import OF_CHARTER
from communities.forms.boundary import CriterionForm
from communities.forms.charter import CharterValues
from communities.models import Boundary, Charter, CommunityInvitation, Criterion, JoinRequest, Motion
from cop.site.admin import LogAdmin, SavesChangedFields

FIRST = "You write this until the community has a lead or deputy; from then on its members change it by a motion."


class WrittenByOrganizersFirst:
    """Organizers change it until the community has a lead or deputy."""

    def community_of(self, obj: Any) -> Any:
        return obj

    def _may(self, obj: Any) -> bool:
        community = self.community_of(obj)
        return community is None or not community.pk or rules.organizers_set_the_charter(community)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(obj) and super().has_add_permission(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BoundaryInline(WrittenByOrganizersFirst, admin.StackedInline):  # type: ignore[type-arg]
    model = Boundary
    verbose_name_plural = "boundary: who comes in, and what it is about"
    fieldsets = [(None, {"fields": ["door", "in_scope", "out_of_scope"], "description": FIRST})]
    extra = 1
    max_num = 1
    show_change_link = True


class CharterInline(WrittenByOrganizersFirst, admin.StackedInline):  # type: ignore[type-arg]
    model = Charter
    form = CharterValues
    verbose_name_plural = "charter: what the software does for it"
    fieldsets = [(None, {"fields": OF_CHARTER, "description": FIRST})]
    extra = 1
    max_num = 1


class CriterionInline(WrittenByOrganizersFirst, admin.StackedInline):  # type: ignore[type-arg]
    model = Criterion
    form = CriterionForm
    verbose_name_plural = "what is asked of who comes in"
    fields = ["what", "words", "at_least", "order"]
    extra = 1

    def community_of(self, obj: Any) -> Any:
        return obj.community if obj else None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(obj)


def save_changes(formset: Any) -> None:
    """Save the rows of an inline with the columns that the form changed, and leave alone what others changed."""
    formset.save(commit=False)
    for gone in formset.deleted_objects:
        gone.delete()
    for made in formset.new_objects:
        made.save()
    for row, changed in formset.changed_objects:
        columns = _columns(row, changed)
        if columns:
            row.save(update_fields=columns)


def _columns(row: Model, changed: list[str]) -> list[str]:
    known = {field.name for field in row._meta.concrete_fields}
    extra = ["kind", "value"] if isinstance(row, Criterion) else []
    return [name for name in (*changed, *extra) if name in known]


@admin.register(Boundary)
class BoundaryAdmin(WrittenByOrganizersFirst, SavesChangedFields[Boundary]):
    list_display = ["community", "door"]
    list_filter = ["door"]
    list_select_related = ["community"]
    search_fields = ["community__name"]
    readonly_fields = ["community"]
    inlines = [CriterionInline]
    fieldsets = [(None, {"fields": ["community", "door", "in_scope", "out_of_scope"], "description": FIRST})]

    def community_of(self, obj: Any) -> Any:
        return obj.community if obj else None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        save_changes(formset)


@admin.register(Motion)
class MotionAdmin(LogAdmin):
    """Votes of communities; they are decided by their members alone."""

    list_display = ["title", "community", "kind", "state", "opened_at", "closes_at", "yes", "no", "needed"]
    list_filter = ["state", "kind", "community"]
    list_select_related = ["community"]
    search_fields = ["title", "reason"]
    ordering = ["-opened_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Motion]:
        found: QuerySet[Motion] = super().get_queryset(request).select_related("by", "candidate")
        return found


@admin.register(JoinRequest)
class JoinRequestAdmin(LogAdmin):
    """Who asked to come in; answered on the community's page, where leads do it too."""

    list_display = ["member", "community", "state", "asked_at", "decided_by", "decided_at"]
    list_filter = ["state", "community"]
    list_select_related = ["member", "community", "decided_by"]
    search_fields = ["member__name", "member__handle"]
    ordering = ["-asked_at"]


@admin.register(CommunityInvitation)
class CommunityInvitationAdmin(LogAdmin):
    list_display = ["member", "community", "by", "at", "answered_at", "accepted"]
    list_filter = ["accepted", "community"]
    list_select_related = ["member", "community", "by"]
    search_fields = ["member__name", "member__handle"]
