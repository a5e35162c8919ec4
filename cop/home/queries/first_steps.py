"""The Welcome Kit fitted to one member: open steps lead to what suits their persona and their communities."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from communities.models import Membership
from cop.lib import words
from cop.lib.rounds import Asks, answer, side_by_side
from events.models import Event
from members.models import Member, Persona
from members.queries.welcome import Kit, StepState, ask_kit
from modules.models import SyllabusItem
from modules.queries.ceilings import beside, from_beside

READ, TRY, MEET = "article-read", "lab-started", "event-registered"  # verbs that prove the steps which are fitted
VERB_OF = {SyllabusItem.Kind.CONCEPT: READ, SyllabusItem.Kind.LAB: TRY}


@dataclass(frozen=True)
class Lead:
    """Where a step leads this member, and why just there."""

    text: str
    address: str


def fitted(kit: Kit, member: Member, *, now: datetime | None = None) -> Kit:
    """The same steps in the same state; where something suits the member better, a step leads there and says so.

    One query, none once the kit is over."""
    return kit if kit.is_over else answer(_ask_leads(kit, member, now or timezone.now()))


def ask_fitted(member: Member, *, now: datetime) -> Asks[Kit]:
    """The member's own kit with its leads; one round."""
    own, things, meeting = yield from side_by_side(
        ask_kit(member), _things(member, member.persona), _meeting(member, member.persona, now)
    )
    return own if own.is_over else _with_leads(own, things | meeting)


def _ask_leads(kit: Kit, member: Member, now: datetime) -> Asks[Kit]:
    things, meeting = yield from side_by_side(_things(member, member.persona), _meeting(member, member.persona, now))
    return _with_leads(kit, things | meeting)


def _with_leads(kit: Kit, leads: dict[str, Lead]) -> Kit:
    return Kit([_led(state, leads.get(state.step.verb_id or "")) for state in kit.steps])


def _led(state: StepState, lead: Lead | None) -> StepState:
    if lead is None or state.state not in ("now", "open"):
        return state
    step = copy.copy(state.step)
    step.text, step.address = lead.text, lead.address
    return replace(state, step=step)


def _things(member: Member, persona: Persona | None) -> Asks[dict[str, Lead]]:
    """The first concept and the first lab of the modules that suit the persona, in the order in which they do; none
    that sends data further than the member wants or may."""
    if persona is None:
        return {}
    found: dict[str, Lead] = {}
    placed = SyllabusItem.objects.placed().filter(module__slug__in=persona.modules, module__status="published")
    [items] = yield [beside(placed.filter(kind__in=VERB_OF).select_related("module"), member)]
    ceiling = from_beside(items, member)
    for item in sorted(items, key=lambda item: persona.modules.index(item.module.slug)):
        text = f"“{item.title}”, {words.span(item.minutes)}: it suits the kind of work that you chose as yours."
        if ceiling.allows(item.exposure):
            found.setdefault(VERB_OF[SyllabusItem.Kind(item.kind)], Lead(text, item.address))
    return found


def _meeting(member: Member, persona: Persona | None, now: datetime) -> Asks[dict[str, Lead]]:
    """The next meeting with a free place of an own community, or of the series that suits the persona."""
    mine = Membership.objects.current().filter(member=member).values("community")
    suits = Q(community__in=mine)
    if persona and persona.first_event:
        suits |= Q(series__slug=persona.first_event)
    free = Q(capacity=None) | Q(seats_taken__lt=F("capacity"))
    coming = Event.objects.published().open_to(member).filter(suits, free, starts_at__gt=now)
    [events] = yield [coming.select_related("community").order_by("starts_at", "pk")[:1]]
    if not events:
        return {}
    [event] = events
    why = f"{event.community} meets there" if event.community else "it suits the kind of work that you chose as yours"
    return {MEET: Lead(f"“{event.title}”, {words.day_and_clock(event.starts_at)}: {why}.", event.get_absolute_url())}
