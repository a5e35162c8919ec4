"""The way to a goal for one member: what is missing, and what closes it in which order, with reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone

from labs.models import Path, PathItem
from labs.queries.path_things import Thing, Things
from labs.recommendation import Candidate, Pick, Plan, recommend
from members.models import Member, Skill, Suggestion
from members.operations.suggestions import is_away
from modules.models import ItemProgress
from modules.queries.ceilings import Ceiling
from modules.rules import in_words

KIND = "recommendation"  # of suggestions that can be dismissed
LEADS = 3  # depth from which somebody can teach others


@dataclass(frozen=True)
class Goal:
    """Depth by skill that somebody wants to reach, by the name under which they chose it."""

    key: str
    title: str
    depths: Mapping[str, float]
    path: Path | None = None


@dataclass(frozen=True)
class GapRow:
    """One skill of the goal. own, wanted: depths. left: what stays open after all steps.

    learned: how far finished things have brought the member, where that is further than the depth that is shown."""

    skill: Any
    own: float
    wanted: float
    left: float
    learned: float = 0

    @property
    def gap(self) -> float:
        return max(0.0, self.wanted - self.own)


@dataclass(frozen=True)
class Step:
    number: int
    thing: Thing
    reason: str


@dataclass(frozen=True)
class Advice:
    goal: Goal
    rows: list[GapRow]
    steps: list[Step] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        return not any(row.gap for row in self.rows)

    @property
    def open_rows(self) -> list[GapRow]:
        return [row for row in self.rows if row.gap]

    @property
    def left(self) -> list[GapRow]:
        """What stays open after all steps."""
        return [row for row in self.rows if row.left]

    @property
    def is_learned(self) -> bool:
        """Finished things have taught what the goal asks for; what is open is shown depth."""
        return not self.is_met and not self.steps and not self.left

    @property
    def minutes(self) -> int:
        return sum(step.thing.minutes for step in self.steps)

    @property
    def teachable(self) -> list[GapRow]:
        """Skills of the goal that the member is deep in; who does not say so yet may offer help with them."""
        return [row for row in self.rows if row.own >= LEADS] or [row for row in self.rows if row.own >= row.wanted]


def goal_of(path: Path) -> Goal:
    return Goal(path.slug, path.role, path.goal, path)


def wishes(skills: Iterable[Any]) -> Goal:
    """What the member says to wish for in their list of skills."""
    return Goal("wishes", "What I wish to learn", {one.slug: one.own_wants for one in skills if one.own_wants})


def skills_for(member: Member, slugs: Collection[str], *, with_wishes: bool = False) -> list[Any]:
    """The skills of these slugs, and those the member wishes for, with `own_depth`, `own_wants` and `own_helps`."""
    own = FilteredRelation("members", condition=Q(members__member=member))
    wanted = Q(slug__in=slugs) | Q(own__wants__gt=0) if with_wishes else Q(slug__in=slugs)
    found: QuerySet[Any] = Skill.objects.accepted().annotate(own=own).filter(wanted)
    return list(found.annotate(own_depth=F("own__depth"), own_wants=F("own__wants"), own_helps=F("own__helps")))


def dismissed(member: Member) -> set[str]:
    """Keys of things that the member does not want to see among the recommendations for now."""
    now = timezone.now()
    return {row.object_key for row in Suggestion.objects.filter(member=member, kind=KIND) if is_away(row, now)}


def advise(
    goal: Goal, things: Things, skills: Iterable[Any], *, items: Iterable[Any] = (), ceiling: Ceiling,
    away: Collection[str] = (),
) -> Advice:  # fmt: skip
    """things: with what teaches, as read for the skills of the goal. items: of the goal's path, with `needed`.

    What finished things teach counts as learned, so that no other one teaches it again. away: keys of dismissed things;
    they are proposed no more, but still come along before what needs them. No query."""
    by_slug = {one.slug: one for one in skills}
    own = {slug: one.own_depth or 0.0 for slug, one in by_slug.items()}
    wanted = {slug: float(depth) for slug, depth in goal.depths.items() if slug in by_slug}
    finished = [one for one in things.found.values() if one.state == ItemProgress.State.DONE]
    learned = taught_by(finished)
    plan = recommend(
        wanted, {slug: max(depth, learned.get(slug, 0)) for slug, depth in own.items()},
        candidates(things, items, away=away), finished=[one.key for one in finished], allows=ceiling.allows,
    )  # fmt: skip
    rows = [
        GapRow(one, own[slug], wanted[slug], plan.left.get(slug, 0), taught if taught > own[slug] else 0)
        for slug, one in by_slug.items() if slug in wanted for taught in [learned.get(slug, 0)]
    ]  # fmt: skip
    return Advice(goal, sorted(rows, key=lambda row: (-row.gap, row.skill.title)), steps_of(plan, things, by_slug))


def taught_by(things: Iterable[Thing]) -> dict[str, int]:
    """By skill the furthest depth to which one of these things brings."""
    found: dict[str, int] = {}
    for one in things:
        for slug, depth in one.teaches.items():
            found[slug] = max(found.get(slug, 0), depth)
    return found


def candidates(things: Things, items: Iterable[Any], *, away: Collection[str] = ()) -> list[Candidate]:
    """Things of the goal's path need what the path says; other labs need the Concepts of their module."""
    on_path = path_needs(items, things)
    concepts: dict[int | None, list[str]] = {}
    for one in things.found.values():
        if one.kind == PathItem.Kind.ARTICLE:
            concepts.setdefault(one.module, []).append(one.key)
    return [
        Candidate(
            one.key, one.minutes, {} if one.key in away else one.teaches,
            on_path[one.key] if one.key in on_path
            else tuple(concepts.get(one.module, ())) if one.kind == PathItem.Kind.LAB else (),
            one.usefulness, one.exposure,
        )
        for one in things.found.values()
    ]  # fmt: skip


def path_needs(items: Iterable[Any], things: Things) -> dict[str, tuple[str, ...]]:
    """By key of a thing the keys of those that its path puts before it. What is no thing to learn from, as a talk, is
    stepped over: what comes before it comes before what needs it."""
    by_key = {item.key: item for item in items}
    needs: dict[str, tuple[str, ...]] = {}
    for item in by_key.values():
        if (thing := things.of(item)) is None:
            continue
        waiting, found = list(item.needed), dict[str, None]()
        while waiting:
            before = by_key[waiting.pop(0)]
            if (other := things.of(before)) is None:
                waiting += before.needed
            elif other.key != thing.key:
                found[other.key] = None
        needs[thing.key] = (*needs.get(thing.key, ()), *found)
    return needs


def steps_of(plan: Plan, things: Things, skills: Mapping[str, Any]) -> list[Step]:
    by_key = {one.key: one for one in things.found.values()}
    return [
        Step(number, by_key[pick.candidate.key], reason_of(pick, by_key, skills))
        for number, pick in enumerate(plan.picks, start=1)
    ]


def reason_of(pick: Pick, things: Mapping[str, Thing], skills: Mapping[str, Any]) -> str:
    """For instance `Closes 1 of 2 in Retrieval pipelines.`"""
    if not pick.closes:
        return f"Comes before “{things[pick.for_key].title}”."
    closed = [f"{plain(one.depth)} of {plain(one.gap)} in {skills[one.skill].title}" for one in pick.closes]
    return f"Closes {in_words(closed)}."


def plain(depth: float) -> str:
    """For instance `2` or `1.4`."""
    return f"{depth:.1f}".removesuffix(".0")
