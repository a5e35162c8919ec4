"""Where a member stands: levels held, and what is missing for the others, with the acts behind each number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cop.lib.rounds import Asks, answer
from members.models import Activity, Level, LevelAward, LevelRule, LevelWish, Member

SOMEBODY = "a member"
SHOWN = 10


@dataclass(frozen=True)
class Condition:
    """One rule of a level, as it stands for one member. done: what was reached of `rule.at_least`. acts: those that
    count, the newest first."""

    rule: LevelRule
    done: int
    acts: list[Activity]

    @property
    def met(self) -> bool:
        return self.done >= self.rule.at_least

    @property
    def missing(self) -> int:
        return max(0, self.rule.at_least - self.done)

    @property
    def unit(self) -> str:
        """What is counted, in words that stand behind “2 of 3”."""
        if self.rule.at_least == 1:
            return {"people": "person helped", "organisations": "organisation reached"}.get(self.rule.measure, "done")
        units = {"people": "people helped", "organisations": "organisations reached", "acts": "acts"}
        return units.get(self.rule.measure, "done")

    @property
    def shown_acts(self) -> list[Activity]:
        return self.acts[:SHOWN]

    @property
    def people(self) -> list[str]:
        """Who was helped, each once, the newest first; by name only who is to be seen by other members."""
        if self.rule.measure != LevelRule.Measure.PEOPLE:
            return []
        each = {act.other_id: name_of(act.other) for act in self.acts if act.other}
        named = [name for name in each.values() if name != SOMEBODY]
        others = len(each) - len(named)
        return [*named, f"{others} {'more ' * bool(named)}who are not in the directory"] if others else named


@dataclass(frozen=True)
class Gap:
    """A level as it stands for one member. award: where it is held."""

    level: Level
    conditions: list[Condition]
    opted_in: bool
    award: LevelAward | None = None

    @property
    def missing(self) -> int:
        return sum(condition.missing for condition in self.conditions)

    @property
    def is_open(self) -> bool:
        """All rules are met, so that only the member's wish or an organizer's word is missing."""
        return self.award is None and not self.missing


@dataclass(frozen=True)
class Standing:
    """A member's levels: those held, and the gap to the next."""

    held: list[LevelAward]
    next_level: Level | None
    conditions: list[Condition]
    opted_in: bool

    @property
    def highest(self) -> LevelAward | None:
        return self.held[-1] if self.held else None

    @property
    def missing(self) -> int:
        return sum(condition.missing for condition in self.conditions)


def name_of(person: Member | None) -> str:
    """The name, where every member may see it; erased members are “Former member”."""
    if person is None:
        return ""
    return str(person) if person.erased_at or (person.in_directory and person.is_active) else SOMEBODY


def standing(member: Member) -> Standing:
    return answer(ask_standing(member))


def ask_standing(member: Member) -> Asks[Standing]:
    """Two rounds."""
    mine = LevelAward.objects.filter(member=member, revoked_at=None)
    top = mine.order_by("-level__order").values("level__order")[:1]
    held, following, wishes = yield [
        mine.select_related("level").order_by("level__order"),
        Level.objects.filter(order__gt=Coalesce(Subquery(top), 0))[:1],
        LevelWish.objects.filter(member=member),
    ]
    if not following:
        return Standing(held, None, [], opted_in=False)
    [next_level] = following
    counted = LevelRule.verbs.through.objects.filter(levelrule__level=next_level)
    rules, verbs, acts = yield [
        LevelRule.objects.filter(level=next_level),
        counted,
        acts_with(member, counted.values("verb")),
    ]
    opted_in = any(wish.level_id == next_level.slug for wish in wishes)
    by_rule = {rule.pk: {row.verb_id for row in verbs if row.levelrule_id == rule.pk} for rule in rules}
    conditions = [condition(rule, acts, member, verbs=by_rule[rule.pk]) for rule in rules]
    return Standing(held, next_level, conditions, opted_in)


def gaps(member: Member | None) -> list[Gap]:
    """All levels in their order, each with what the member has done for it and what is missing; six queries at most.

    For visitors the levels alone."""
    levels = list(Level.objects.prefetch_related("rules__verbs"))
    if member is None:
        return [Gap(level, [], opted_in=False) for level in levels]
    awards = {one.level_id: one for one in LevelAward.objects.filter(member=member, revoked_at=None)}
    wishes = set(LevelWish.objects.filter(member=member).values_list("level", flat=True))
    acts = acts_for(member, levels)
    return [
        Gap(level, conditions_of(level, acts, member), level.slug in wishes, awards.get(level.slug)) for level in levels
    ]


def acts_for(member: Member, levels: Sequence[Level]) -> list[Activity]:
    """The member's acts, not taken back, whose verbs any rule of the levels counts; newest first."""
    return list(
        acts_with(member, {verb.slug for level in levels for rule in level.rules.all() for verb in rule.verbs.all()})
    )


def acts_with(member: Member, verbs: Any) -> QuerySet[Activity]:
    found = Activity.objects.filter(actor=member, verb__in=verbs, reversed_by=None)
    return found.select_related("other", "verb", "claim").order_by("-occurred_at", "-pk")


def conditions_of(level: Level, acts: Sequence[Activity], member: Member) -> list[Condition]:
    return [condition(rule, acts, member) for rule in level.rules.all()]


def condition(
    rule: LevelRule, acts: Sequence[Activity], member: Member, *, verbs: Collection[str] | None = None,
    now: datetime | None = None,
) -> Condition:  # fmt: skip
    """The rule counted as the job counts it. verbs: those of the rule, where the caller has them."""
    now = now or timezone.now()
    verbs = {verb.slug for verb in rule.verbs.all()} if verbs is None else verbs
    since = now - timedelta(days=rule.within_days) if rule.within_days is not None else None
    counted = [act for act in acts if act.verb_id in verbs and (since is None or act.occurred_at >= since)]
    if rule.measure == LevelRule.Measure.PEOPLE:
        counted = [act for act in counted if act.other_id]
        return Condition(rule, len({act.other_id for act in counted}), counted)
    if rule.measure == LevelRule.Measure.ORGANISATIONS:
        own = house(member.organisation)
        counted = [act for act in counted if act.other and house(act.other.organisation) not in ("", own)]
        return Condition(rule, len({house(act.other.organisation) for act in counted if act.other}), counted)
    return Condition(rule, len(counted), counted)


def house(organisation: str) -> str:
    """The organisation as it is compared: case and doubled spaces do not count; as in members.operations.reached."""
    return " ".join(organisation.split()).lower()
