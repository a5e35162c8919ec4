"""Outside resources as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Lower

from members.models import Member
from modules.models import ExternalResource, Module
from modules.queries.facets import Filter, Filtered, filtered

AT_ONCE = 4  # on the page of a module


@dataclass(frozen=True)
class OfModule:
    """module: None for resources that belong to no module."""

    module: Module | None
    resources: list[ExternalResource]


@dataclass(frozen=True)
class Shelf:
    """done: numbers of the resources that the viewer has done. waiting: suggestions that they may decide on."""

    groups: list[OfModule]
    found: Filtered[ExternalResource]
    done: set[int]
    waiting: list[ExternalResource]


def shelf(viewer: Member | None, wanted: Mapping[str, str]) -> Shelf:
    """All accepted resources by module; four queries at most."""
    accepted = ExternalResource.objects.accepted().select_related("module")
    rows = list(accepted.order_by(F("module__order").asc(nulls_last=True), Lower("title"), "pk"))
    found = filtered(rows, _filters(rows), wanted)
    groups: list[OfModule] = []
    for row in found.rows:
        if not groups or groups[-1].module != row.module:
            groups.append(OfModule(row.module, []))
        groups[-1].resources.append(row)
    done = set(viewer.resources_done.values_list("resource", flat=True)) if viewer else set()
    return Shelf(groups, found, done, waiting_for(viewer) if viewer else [])


def _filters(rows: list[ExternalResource]) -> list[Filter[ExternalResource]]:
    modules = {row.module.slug: row.module.title for row in rows if row.module}
    kinds, costs = ExternalResource.Kind.choices, ExternalResource.Cost.choices
    return [
        Filter("module", "Module", modules, lambda row: [row.module.slug] if row.module else []),
        Filter("kind", "Kind", {value: str(label) for value, label in kinds}, lambda row: [row.kind]),
        Filter("level", "Level", {v: str(label) for v, label in Module.Level.choices}, lambda row: [row.level]),
        Filter("cost", "Cost", {value: str(label) for value, label in costs}, lambda row: [row.cost]),
    ]


def waiting_for(member: Member) -> list[ExternalResource]:
    """Suggestions on which this member may decide, the oldest first; one query."""
    waiting = ExternalResource.objects.filter(status=ExternalResource.Status.SUGGESTED).select_related("module")
    if not member.is_staff:
        waiting = waiting.filter(module__in=Module.stewards.through.objects.filter(member=member).values("module"))
    return list(waiting.exclude(suggested_by=member).order_by("suggested_at", "pk"))


def visible_to(viewer: Member | None) -> QuerySet[ExternalResource]:
    """Accepted ones to everybody; others to who suggested them or said something on them, and to those who decide."""
    found = ExternalResource.objects.select_related("module", "subtopic", "suggested_by", "decided_by")
    if viewer is None:
        return found.accepted()
    if viewer.is_staff:
        return found
    kept = Module.stewards.through.objects.filter(member=viewer).values("module")
    noted = viewer.resource_notes.values("resource")
    return found.filter(
        Q(status=ExternalResource.Status.ACCEPTED) | Q(suggested_by=viewer) | Q(module__in=kept) | Q(pk__in=noted)
    )


def further(module: Module) -> list[ExternalResource]:
    """What the page of a module shows under “Go further”: what most members have done first; one query."""
    found = ExternalResource.objects.accepted().filter(module=module).annotate(done=Count("completions"))
    return list(found.order_by(F("dead_since").asc(nulls_first=True), "-done", Lower("title"))[:AT_ONCE])
