"""Where somebody like a persona begins: a module, a community, an event, and a way of reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from communities.models import Community
from events.models import Event, EventSeries
from members.models import Persona
from modules.models import Module, SyllabusItem

# How somebody reads best: what it is called, and what comes first then.
READING = {
    "concept-first": ("Concept first", "The idea in plain words, then the lab that tries it."),
    "recipe-first": ("Recipe first", "The lab step by step; the concept waits until a question comes up."),
    "risk-first": ("Risk first", "What can go wrong and how far data may go, then the lab."),
    "compact": ("Compact", "The short way: what the labs need, and nothing twice."),
}


@dataclass(frozen=True)
class Start:
    """What is recommended to begin with; a thing that is not there any more is left out."""

    modules: list[Module]
    community: Community | None
    event: Event | None
    series: EventSeries | None
    reading: tuple[str, str]
    read_first: SyllabusItem | None


def start(persona: Persona) -> Start:
    """Five queries. The event is the next one of the series; before there is a date, the series stands for it."""
    found = {module.slug: module for module in Module.objects.filter(slug__in=persona.modules)}
    series = EventSeries.objects.filter(slug=persona.first_event).first()
    coming: Any = (
        Event.objects.published().open_to(AnonymousUser()).filter(starts_at__gt=timezone.now(), series=series)
        if series
        else None
    )
    return Start(
        modules=[found[slug] for slug in persona.modules if slug in found],
        community=Community.objects.live()
        .visible_to(AnonymousUser())
        .filter(slug=persona.community)
        .select_related("path")
        .first(),
        event=coming.order_by("starts_at", "pk").first() if coming is not None else None,
        series=series,
        reading=READING.get(persona.reading_mode, READING["concept-first"]),
        read_first=_read_first(persona),
    )


def _read_first(persona: Persona) -> SyllabusItem | None:
    """What this way of reading opens first in the first module: recipes begin with a lab, the others with a concept."""
    placed = list(SyllabusItem.objects.placed().filter(module__slug__in=persona.modules[:1]))
    wanted = SyllabusItem.Kind.LAB if persona.reading_mode == "recipe-first" else SyllabusItem.Kind.CONCEPT
    return next((item for item in placed if item.kind == wanted), next(iter(placed), None))
