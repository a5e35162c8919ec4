"""Where a member stands: levels held, and what is missing for the next one, with the rows behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from members.models import Activity, Level, LevelAward, LevelRule, LevelWish, Member


@dataclass(frozen=True)
class Condition:
    """One rule of a level, as it stands for one member."""

    rule: LevelRule
    done: int
    acts: list[Activity]

    @property
    def met(self) -> bool:
        return self.done >= self.rule.at_least

    @property
    def missing(self) -> int:
        return max(0, self.rule.at_least - self.done)


@dataclass(frozen=True)
class Standing:
    """A member's levels: the highest one held, and the gap to the next."""

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


def standing(member: Member) -> Standing:
    awards = LevelAward.objects.filter(member=member, revoked_at=None).select_related("level")
    held = sorted(awards, key=lambda award: award.level.order)
    top = max((award.level.order for award in held), default=0)
    next_level = Level.objects.filter(order__gt=top).prefetch_related("rules__verbs").first()
    if next_level is None:
        return Standing(held, None, [], opted_in=False)
    opted_in = LevelWish.objects.filter(member=member, level=next_level).exists()
    acts = acts_for(member, next_level)
    conditions = [condition(rule, acts) for rule in next_level.rules.all()]
    return Standing(held, next_level, conditions, opted_in)


def acts_for(member: Member, level: Level) -> list[Activity]:
    """The member's acts, not taken back, whose verbs any rule of the level counts; newest first."""
    verbs = {verb.slug for rule in level.rules.all() for verb in rule.verbs.all()}
    found = Activity.objects.filter(actor=member, verb__in=verbs).filter(Q(reversed_by=None))
    return list(found.select_related("other").order_by("-occurred_at"))


def condition(rule: LevelRule, acts: list[Activity]) -> Condition:
    verbs = {verb.slug for verb in rule.verbs.all()}
    since = timezone.now() - timedelta(days=rule.within_days) if rule.within_days else None
    counted = [act for act in acts if act.verb_id in verbs and (since is None or act.occurred_at > since)]
    people = {act.other_id for act in counted if act.other_id}
    return Condition(rule, len(people) if rule.measure == LevelRule.Measure.PEOPLE else len(counted), counted)
