"""The list of events: what was asked for, what can be asked for with how many hits, and the rows by month."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from cop.lib import words
from events import queries
from events.models import Event, Kind, Registration

PER_PAGE = 24


@dataclass(frozen=True)
class Wish:
    """What the address asks for; empty parts ask for everything."""

    type: str = ""
    community: str = ""
    module: str = ""
    past: bool = False
    mine: bool = False

    @classmethod
    def read(cls, query: Any, viewer: Any) -> Wish:
        return cls(
            query.get("type", ""), query.get("community", ""), query.get("module", ""),
            past=query.get("past") == "1", mine=query.get("mine") == "1" and viewer.is_authenticated,
        )  # fmt: skip

    def with_(self, name: str, value: str) -> Wish:
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    @property
    def is_filtered(self) -> bool:
        return bool(self.type or self.community or self.module)

    @property
    def address(self) -> str:
        parts = {name: getattr(self, name) for name in ("type", "community", "module") if getattr(self, name)}
        flags = {name: 1 for name in ("past", "mine") if getattr(self, name)}
        return f"?{urlencode(parts | flags)}"


@dataclass(frozen=True)
class Option:
    label: str
    count: int
    address: str
    current: bool


@dataclass(frozen=True)
class Facet:
    title: str
    options: list[Option]


@dataclass(frozen=True)
class Badge:
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    event: Any
    badge: Badge


@dataclass(frozen=True)
class Month:
    name: str
    rows: list[Row]


@dataclass(frozen=True)
class Listing:
    wish: Wish
    page: Page[Any]
    months: list[Month]
    facets: list[Facet]
    total: int


# Each facet's column among the combinations below: the key, and the label beside it.
COLUMNS = {"type": 0, "community": 1, "module": 3}
Combination = tuple[Any, ...]


def listing(wish: Wish, viewer: Any, *, page: str = "1", now: datetime | None = None) -> Listing:
    """The page of the list that was asked for; the number of queries does not depend on the number of events."""
    now = now or timezone.now()
    known = Event.objects.open_to(viewer)
    everything = known.published().past(now) if wish.past else known.announced().coming(now)
    mine = Registration.objects.live().filter(member=viewer.pk).values("event")
    asked = everything.filter(pk__in=mine) if wish.mine else everything
    combinations = _combinations(asked)
    total = sum(row[-1] for row in combinations if _fits(row, wish))
    found = _page(asked, wish, total, page)
    own = everything.filter(pk__in=mine).count() if viewer.is_authenticated else None
    rows = _rows(found.object_list, viewer, now)
    return Listing(wish, found, list(_months(rows)), list(_facets(wish, combinations, own)), total)


def _combinations(events: QuerySet[Event]) -> list[Combination]:
    """How many events there are of each kind, community and module together: all facets in one query."""
    fields = ("kind", "community__slug", "community__name", "module__slug", "module__title")
    return list(events.order_by().values_list(*fields).annotate(Count("pk")))


def _fits(row: Combination, wish: Wish) -> bool:
    return all(row[column] == getattr(wish, name) for name, column in COLUMNS.items() if getattr(wish, name))


def _page(events: QuerySet[Event], wish: Wish, total: int, number: str) -> Page[Any]:
    wanted = {"kind": wish.type, "community__slug": wish.community, "module__slug": wish.module}
    # Where nothing fits, the database is not asked for whatever stood in the address.
    chosen = events.filter(**{name: value for name, value in wanted.items() if value}) if total else events.none()
    order = ("-starts_at", "-pk") if wish.past else ("starts_at", "pk")
    paginator = Paginator(queries.with_waiting(chosen).order_by(*order), PER_PAGE)
    paginator.count = total
    return paginator.get_page(number)


def _rows(events: Iterable[Any], viewer: Any, now: datetime) -> list[Row]:
    events = list(events)
    own = queries.of_viewer(viewer, events)
    return [Row(event, badge(event, own.get(event.pk), now)) for event in events]


def badge(event: Any, registration: Any, now: datetime) -> Badge:
    """The state of an event for one viewer, in two or three words."""
    if event.is_cancelled:
        return Badge("Cancelled", "danger")
    if now >= event.end:
        return Badge("Recording") if event.shows_recording(now) else Badge("Over")
    if registration:
        waits = registration.status == Registration.Status.WAITING
        return (
            Badge(f"Waiting, {registration.position} in line", "warning") if waits else Badge("Registered", "success")
        )
    if now >= event.starts_at:
        return Badge("Running now")
    if event.is_full:
        return Badge(f"Full, {words.count(event.waiting, 'waits', 'wait')}" if event.waiting else "Full", "warning")
    free = event.seats_free
    return Badge("Free to join" if free is None else f"{words.count(free, 'place')} free", "success")


def _months(rows: list[Row]) -> Iterable[Month]:
    for name, group in itertools.groupby(rows, lambda row: month(row.event.starts_at)):
        yield Month(name, list(group))


def month(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "F Y")


def _facets(wish: Wish, combinations: list[Combination], own: int | None) -> Iterable[Facet]:
    titles = {"type": ("Kind", "All kinds"), "community": ("Community", ""), "module": ("About", "")}
    for name, (title, everything) in titles.items():
        options = _options(name, wish, combinations, everything)
        if options:
            yield Facet(title, options)
    if own is not None:
        address = replace(wish, mine=not wish.mine).address
        yield Facet("Mine", [Option("Registered or waiting", own, address, wish.mine)])


def _options(name: str, wish: Wish, combinations: list[Combination], everything: str) -> list[Option]:
    """The values of one facet with the number of events that choosing it would show; choosing it again removes it."""
    column, chosen = COLUMNS[name], getattr(wish, name)
    numbers: dict[tuple[str, str], int] = {}
    others = wish.with_(name, "")
    for row in combinations:
        if row[column] and _fits(row, others):
            key = (Kind(row[0]).label if name == "type" else row[column + 1], row[column])
            numbers[key] = numbers.get(key, 0) + row[-1]
    options = [
        Option(label, number, wish.with_(name, "" if value == chosen else value).address, value == chosen)
        for (label, value), number in sorted(numbers.items())
    ]
    if everything and options:
        total = sum(row[-1] for row in combinations if _fits(row, others))
        options.insert(0, Option(everything, total, others.address, not chosen))
    return options
