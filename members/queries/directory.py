from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from pyroaring import BitMap

from cop.lib.figures import FEWEST_COUNTED
from members.directory_index import DEEPEST, HOURS
from members.directory_labels import filter_label, value_label
from members.directory_wish import DEPTHS, FACETS, Facet, Filter, Wish
from members.kept_back import shown_to
from members.models import Activity, LevelAward, Member
from members.queries.directory_cards import Asked, Card, cards
from members.queries.directory_sets import NOBODY, InOrder, by_depth, by_nearness, load, look_up
from members.working_hours import shared_hours

PER_PAGE = 24
SHOWN = 6  # values of a facet at once; a click shows the others
OVERLAPS = (2, 4, 6)
NATURAL = {"hours": [str(hours) for hours in HOURS], "overlap": [str(hours) for hours in OVERLAPS]}


def with_level(people: QuerySet[Member]) -> QuerySet[Member]:
    """Adds `level_order` and `level_title` of the highest level held."""
    highest = LevelAward.objects.filter(member=OuterRef("pk"), revoked_at=None).order_by("-level__order")
    return people.annotate(
        level_order=Subquery(highest.values("level__order")[:1]),
        level_title=Subquery(highest.values("level__title")[:1]),
    )


def acts_of(member: Member, viewer: Any, *, limit: int) -> list[Activity]:
    """The newest acts of a member that have not been taken back; to others without those in communities that they may
    not know of."""
    acts = Activity.objects.filter(actor=member, reversed_by=None, reverses=None)
    if viewer.pk != member.pk:
        acts = shown_to(viewer, acts)
    return list(acts.select_related("verb", "other").order_by("-occurred_at", "-pk")[:limit])


@dataclass(frozen=True)
class Choice:
    """A link that leads to other people. people: how many exactly; shown from five on only."""

    name: str
    value: str
    label: str
    people: int
    address: str
    is_chosen: bool = False

    @property
    def is_counted(self) -> bool:
        return self.people >= FEWEST_COUNTED


@dataclass(frozen=True)
class Choices:
    """The values of one facet: those shown at once, and those behind a click."""

    facet: Facet
    first: list[Choice]
    more: list[Choice]


class Directory:
    """The directory as one member sees it with one wish. What it costs depends on neither of them, nor on how many
    members there are: one query for the sets, one for words, two for the people of a page."""

    def __init__(self, viewer: Member, wish: Wish, *, day: date) -> None:
        self.viewer, self.wish, self.day = viewer, wish, day
        self.sets = load(wish)
        self.near = look_up(wish.words)
        self.everybody = self._members("all", "")
        self.zones = {zone: shared_hours(viewer.time_zone, zone, day) for kind, zone in self.sets if kind == "zone"}
        self.parts: dict[Filter, BitMap] = {one: self.who(*one) for one in wish.chosen}
        if self.near:
            words = [near.everybody for near in self.near]
            self.parts["q", wish.text] = BitMap.intersection(*words) if len(words) > 1 else words[0]
        self.people = self._all_but()

    def _members(self, kind: str, value: str) -> BitMap:
        found = self.sets.get((kind, value))
        return found.members if found else NOBODY

    def _all_but(self, *left_out: Filter) -> BitMap:
        """Whoever fits everything that is asked for, but for these parts."""
        found = self.everybody
        for one, people in self.parts.items():
            if one not in left_out:
                found = found & people
        return found

    def who(self, name: str, value: str, depth: str = "") -> BitMap:
        if name == "overlap":
            return self._awake(value)
        if name == "skill":
            value = f"{value}@{depth or self.wish.depth or 1}"
        return self._members(name, value)

    def _awake(self, least: str) -> BitMap:
        """Who works at least so many hours a day while the viewer does; an odd number has nobody."""
        if least not in NATURAL["overlap"]:
            return NOBODY
        zones = [self._members("zone", zone) for zone, hours in self.zones.items() if hours >= int(least)]
        return BitMap.union(BitMap(), *zones)

    # What the page shows

    @property
    def total(self) -> int:
        return len(self.people)

    @functools.cached_property
    def in_order(self) -> InOrder:
        """Better matches first, then who has the first skill deepest, then who came last."""
        steps = by_nearness(self.people, self.near)
        for skill in self.wish.values("skill")[:1]:
            steps = by_depth(steps, skill, self.sets)
        return InOrder(steps)

    def page(self, number: str | None) -> Page[int]:
        return Paginator(self.in_order, PER_PAGE).get_page(number)

    def cards(self, page: Page[int]) -> list[Card]:
        """The people of a page in its order; whoever has become hidden since the index was written is left out."""
        numbers = list(page.object_list)
        people = with_level(Member.objects.visible_to(self.viewer).filter(pk__in=numbers, in_directory=True))
        found = {person.pk: person for person in people}
        titles = {one: self._title(*one) for one in self.wish.chosen}
        asked = Asked(self.viewer, self.day, self.wish.chosen, titles, self.near)
        return cards([found[number] for number in numbers if number in found], asked)

    def facets(self) -> list[Choices]:
        """Every facet that has something to choose; the number beside a value is that of the people it leads to."""
        found = []
        for facet in FACETS:
            others = self._others(facet)
            choices = [choice for value in self._values(facet) if (choice := self._choice(facet, value, others))]
            if facet.name not in NATURAL:
                choices.sort(key=lambda one: (not one.is_chosen, -one.people, one.label))
            if choices:
                at_once = SHOWN if len(choices) > SHOWN + 1 else SHOWN + 1
                found.append(Choices(facet, choices[:at_once], choices[at_once:]))
        return found

    def _values(self, facet: Facet) -> list[str]:
        if facet.name in NATURAL:
            return NATURAL[facet.name]
        if facet.name == "skill":
            return sorted({value.rpartition("@")[0] for kind, value in self.sets if kind == "skill"})
        return [value for kind, value in self.sets if kind == facet.name]

    def _choice(self, facet: Facet, value: str, others: BitMap) -> Choice | None:
        chosen = (facet.name, value)
        is_chosen = chosen in self.wish.chosen
        people = self.total if is_chosen else self._count(facet.name, value, others)
        if not people and not is_chosen:
            return None
        leads_to = self.wish.without(*chosen) if is_chosen else self.wish.with_filter(*chosen)
        label = value_label(facet.name, value, self._title(*chosen))
        return Choice(facet.name, value, label, people, leads_to.address, is_chosen)

    def _count(self, name: str, value: str, others: BitMap) -> int:
        """How many people the page would have with this value chosen too, or instead of the facet's other one."""
        if self.wish.is_empty:
            return self._size(name, value)
        return others.intersection_cardinality(self.who(name, value))

    def _size(self, name: str, value: str) -> int:
        """Without a wish the sets come without their members, and nobody stands in two zones."""
        if name == "overlap":
            return sum(self.sets["zone", zone].size for zone, hours in self.zones.items() if hours >= int(value))
        found = self.sets.get((name, f"{value}@1" if name == "skill" else value))
        return found.size if found else 0

    def _others(self, facet: Facet) -> BitMap:
        """Whom a further value of this facet is taken from."""
        if facet.several:
            return self.people
        return self._all_but(*((facet.name, value) for value in self.wish.values(facet.name)))

    def _title(self, name: str, value: str) -> str:
        keys = [f"{value}@{depth}" for depth in range(1, DEEPEST + 1)] if name == "skill" else [value]
        return next((self.sets[name, key].title for key in keys if (name, key) in self.sets), "")

    def depths(self) -> list[Choice]:
        """Where a skill is chosen: the least depths to choose from."""
        return list(self._depths(skills)) if (skills := self.wish.values("skill")) else []

    def _depths(self, skills: list[str]) -> Iterator[Choice]:
        others = self._all_but(*(("skill", skill) for skill in skills))
        for depth, label in DEPTHS.items():
            wish = Wish(self.wish.text, self.wish.chosen, "" if depth == 1 else str(depth))
            people = BitMap.intersection(others, *(self.who("skill", skill, str(depth)) for skill in skills))
            if people or wish.depth == self.wish.depth:
                yield Choice("depth", str(depth), label.capitalize(), len(people), wish.address, wish == self.wish)

    def chosen(self) -> list[Choice]:
        """What was asked for; the address of each leads on without it, and its number is that of who then fits."""
        found = []
        for one in self.parts:
            depth = self.wish.depth if one[0] == "skill" else ""
            label = filter_label(one, self._title(*one), depth)
            people = len(self._all_but(one)) if not self.people else self.total
            found.append(Choice(*one, label, people, self.wish.without(*one).address, is_chosen=True))
        return found

    def ways_out(self) -> list[Choice]:
        """Where nobody fits: what to leave out so that somebody does, the most people first."""
        return sorted((one for one in self.chosen() if one.people), key=lambda one: -one.people)

    def alone(self) -> list[Choice]:
        """Each part of what was asked for without the others, where somebody fits it."""
        kept = {one: len(self.everybody & people) for one, people in self.parts.items()}
        return [
            Choice(*one, filter_label(one, self._title(*one)), kept[one], self.wish.only(*one).address)
            for one in sorted(kept, key=lambda one: -kept[one])
            if kept[one]
        ]

    def meant(self) -> list[tuple[str, list[str]]]:
        """Words that nobody has as they were typed, each with the words that were taken instead."""
        return [(near.typed, list(near.alike)[:3]) for near in self.near if near.is_misspelt]
