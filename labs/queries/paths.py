"""How members stand on paths, and who has come to the end of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from labs.models import Path, PathEnrolment, PathItem, PathRequirement
from labs.path_rules import DONE_ELSEWHERE
from labs.queries.path_things import Thing, Things, named, things_of
from members.models import Activity, Member
from modules.models import ExternalResource, ItemProgress, ResourceCompletion, SyllabusItem

DONE = ItemProgress.State.DONE
NAMES = {PathItem.Kind.ARTICLE: "Concept", PathItem.Kind.RESOURCE: "Outside"}
MOST_NAMED = 2


@dataclass(frozen=True)
class Rung:
    """One thing of a path as it stands for one viewer.

    name: as “Lab 2”. thing: what it is; none for talks and contributions, and where it is not there at the moment.
    state: done, now, open, later or gone. waits_for: names of what it needs and what is open. times: how often a
    contribution was made of `item.times`."""

    number: int
    item: PathItem
    name: str
    thing: Thing | None
    state: str
    waits_for: list[str]
    times: int = 0

    @property
    def needed(self) -> list[str]:
        """Keys of what comes before it."""
        keys: list[str] = getattr(self.item, "needed", [])
        return keys

    @property
    def title(self) -> str:
        return self.thing.title if self.thing else self.item.title or self.item.target

    @property
    def address(self) -> str:
        return self.thing.address if self.thing else ""

    @property
    def is_given(self) -> bool:
        """A talk or a contribution: nothing to open, something to give."""
        return self.item.kind in DONE_ELSEWHERE

    @property
    def minutes(self) -> int:
        """That it takes in all."""
        return self.thing.minutes if self.thing else round(self.item.hours * 60) * self.item.times

    @property
    def minutes_left(self) -> int:
        if self.state in ("done", "gone"):
            return 0
        return self.minutes - round(self.item.hours * 60) * self.times

    @property
    def counts(self) -> bool:
        return not self.item.optional and self.state != "gone"

    @property
    def after(self) -> str:
        """For instance `lab 1`, or `lab 1, lab 2 and 3 more`."""
        named, more = self.waits_for[:MOST_NAMED], len(self.waits_for) - MOST_NAMED
        if more > 0:
            return f"{', '.join(named)} and {more} more"
        return " and ".join(named)


@dataclass(frozen=True)
class PathStanding:
    """A path with its rungs and how far one viewer is on it."""

    path: Path
    rungs: list[Rung]
    enrolment: PathEnrolment | None = None
    things: Things = field(default_factory=Things)

    @property
    def required(self) -> list[Rung]:
        return [rung for rung in self.rungs if rung.counts]

    @property
    def total(self) -> int:
        return len(self.required)

    @property
    def done(self) -> int:
        return sum(rung.state == "done" for rung in self.required)

    @property
    def percent(self) -> int:
        """Whole percent of what is required; 100 only when all of it is done."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_met(self) -> bool:
        return bool(self.total) and self.done == self.total

    @property
    def is_followed(self) -> bool:
        return self.enrolment is not None and self.enrolment.left_at is None

    @property
    def is_complete(self) -> bool:
        """Once finished it stays so, whatever is added later."""
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def has_news(self) -> bool:
        return self.is_complete and not self.is_met

    @property
    def is_begun(self) -> bool:
        return any(rung.state in ("done", "now") or rung.times for rung in self.rungs)

    @property
    def minutes(self) -> int:
        return sum(rung.minutes for rung in self.required)

    @property
    def minutes_left(self) -> int:
        return sum(rung.minutes_left for rung in self.required)

    @property
    def next(self) -> Rung | None:
        """The thing to go on with: one that was begun, else the first required one that waits for nothing."""
        begun = [rung for rung in self.required if rung.state == "now"]
        return next(iter(begun or [rung for rung in self.required if rung.state == "open"]), None)


def standing(path: Path, member: Member | None) -> PathStanding:
    return standings([path], member)[0]


def standings(paths: Iterable[Path], member: Member | None) -> list[PathStanding]:
    """Five queries at most, whatever the number of paths and things."""
    paths = list(paths)
    items: dict[int, list[PathItem]] = defaultdict(list)
    for item in with_needs(PathItem.objects.filter(path__in=paths)):
        items[item.path_id].append(item)
    things = things_of([item for each in items.values() for item in each], member)
    own: dict[int, PathEnrolment] = {}
    if member is not None:
        own = {row.path_id: row for row in PathEnrolment.objects.filter(path__in=paths, member=member)}
    return [PathStanding(path, ladder(items[path.pk], things), own.get(path.pk), things) for path in paths]


def with_needs(items: QuerySet[PathItem]) -> QuerySet[Any]:
    """Adds `needed`: the keys of what each thing needs."""
    needed = PathRequirement.objects.filter(item=OuterRef("pk")).order_by("needs__order").values("needs__key")
    return items.annotate(needed=ArraySubquery(needed))


def ladder(items: Iterable[Any], things: Things) -> list[Rung]:
    """The rungs in order; what a thing needs counts only while it is there."""
    items, numbers = list(items), Counter[str]()
    states = {item.key: _state(item, things) for item in items}
    names, rungs = {}, []
    for item in items:
        numbers[item.kind] += 1
        names[item.key] = f"{NAMES.get(item.kind) or item.get_kind_display()} {numbers[item.kind]}"
    for number, item in enumerate(items, start=1):
        waits = [names[key].lower() for key in item.needed if states[key] not in ("done", "gone")]
        state = "later" if waits and states[item.key] == "open" else states[item.key]
        rungs.append(
            Rung(number, item, names[item.key], things.of(item), state, waits if state == "later" else [],
                 things.times(item) if item.kind in DONE_ELSEWHERE else 0)
        )  # fmt: skip
    return rungs


def _state(item: PathItem, things: Things) -> str:
    if item.kind in DONE_ELSEWHERE:
        return "done" if item.verbs and things.times(item) >= item.times else "open"
    thing = things.of(item)
    if thing is None:
        return "gone"
    if thing.state == DONE:
        return "done"
    return "now" if thing.state == ItemProgress.State.STARTED else "open"


def targets_there(path: Path) -> set[tuple[str, str]]:
    """Kind and target of the things of the path that exist and are shown to everybody; three queries."""
    return set(things_of(PathItem.objects.filter(path=path), None).found)


def is_complete(path: Path, member: Member) -> bool:
    """Whether the member has finished the path: at some time while following it, or by what is done now."""
    one = standing(path, member)
    return one.is_complete or one.is_met


def ready(path: Path) -> QuerySet[PathEnrolment]:
    """Those who follow the path and have done all it requires, and are not noted as finished yet."""
    found = PathEnrolment.objects.filter(path=path, left_at=None, completed_at=None, member__is_active=True)
    items = list(path.items.filter(optional=False))
    rungs = list(SyllabusItem.objects.placed().filter(named(items)).values_list("pk", flat=True))
    slugs = [item.target for item in items if item.kind == PathItem.Kind.RESOURCE]
    resources = list(ExternalResource.objects.accepted().filter(slug__in=slugs).values_list("pk", flat=True))
    given = [item for item in items if item.kind in DONE_ELSEWHERE and item.verbs]
    if not rungs and not resources and not given:
        return found.none()
    done = ItemProgress.objects.filter(item__in=rungs, state=DONE)
    taken = ResourceCompletion.objects.filter(resource__in=resources)
    asked = [(done, len(rungs), "member"), (taken, len(resources), "member")]
    asked += [(acts_with(item.verbs), item.times, "actor") for item in given]
    for n, (rows, number, whose) in enumerate(asked):
        own = rows.filter(**{whose: OuterRef("member")}).order_by().values(whose).annotate(number=Count("pk"))
        enough = Coalesce(Subquery(own.values("number"), output_field=IntegerField()), 0)
        found = found.alias(**{f"rows_{n}": enough}).filter(**{f"rows_{n}__gte": number})
    return found.select_related("member")


def acts_with(verbs: list[str]) -> QuerySet[Any]:
    return Activity.objects.filter(verb__in=verbs, reversed_by=None)
