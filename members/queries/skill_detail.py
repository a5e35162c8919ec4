"""One skill of one member, opened: the rule, the three parts with their weights, and every row behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cop.lib import words
from members import expertise
from members.audience import may_know, may_see
from members.expertise import Endorsed, Rule, Weights, Word
from members.models import Activity, Endorsement, Member, MemberSkill, Skill, Validation, Verb
from members.queries.skills import Strength

ACTS_SHOWN = 20
DAY = timedelta(days=1)


@dataclass(frozen=True)
class CountedAct:
    """An act on the skill, and what is left of its points."""

    act: Activity
    left: float


@dataclass(frozen=True)
class Voice:
    """An endorsement or a validation, with what it weighs. giver: None where the viewer may not know who it is."""

    given: Endorsement | Validation
    giver: Member | None
    word: Word
    counts: bool
    rule: Rule
    is_over: bool = False

    @property
    def weight(self) -> float:
        return expertise.weight(self.word, self.rule)[1] if self.counts else 0.0

    @property
    def is_validation(self) -> bool:
        return isinstance(self.given, Validation)

    @property
    def has_address(self) -> bool:
        return self.is_validation and self.given.evidence.startswith("https://")  # type: ignore[union-attr]

    @property
    def level(self) -> str:
        return expertise.DEPTHS[self.given.level]


@dataclass(frozen=True)
class Summand:
    """One of the three strengths in the sum."""

    name: str
    word: str
    number: str
    weight: float
    adds: float


@dataclass(frozen=True)
class Detail:
    strength: Strength
    acts: list[CountedAct]
    open_acts: list[CountedAct]
    points: float
    evidence: float
    voices: list[Voice]
    endorsed: Endorsed | None
    weights: Weights
    depth: float

    @property
    def first_acts(self) -> list[CountedAct]:
        """Those that the viewer sees one by one; the others are only counted."""
        return self.open_acts[:ACTS_SHOWN]

    @property
    def other_acts(self) -> int:
        return len(self.acts) - len(self.first_acts)

    @property
    def other_points(self) -> float:
        return sum(one.left for one in self.acts) - sum(one.left for one in self.first_acts)

    @property
    def keeps_some(self) -> bool:
        return len(self.open_acts) < len(self.acts)

    @property
    def summands(self) -> list[Summand]:
        """What each strength adds to the depth."""
        claimed, share, said = self.strength.row.claimed, self.weights, self.endorsed
        voices = sum(voice.counts and voice.weight > 0 for voice in self.voices)
        return [
            Summand("Claimed", expertise.DEPTHS[claimed], str(claimed), share.claimed, share.claimed * claimed),
            Summand("Shown", words.count(len(self.acts), "act"), f"{self.evidence:.2f}", share.evidence,
                    share.evidence * self.evidence),
            Summand("Endorsed", f"by {words.count(voices, 'person', 'people')}", f"{said.level:.2f}" if said else "–",
                    share.endorsed, share.endorsed * said.level if said else 0.0),
        ]  # fmt: skip

    @property
    def is_not_yet_shown(self) -> bool:
        return expertise.is_not_yet_shown(self.strength.row.claimed, self.evidence, self.strength.rule)


def detail(strength: Strength, person: Member, viewer: Any, *, now: datetime | None = None) -> Detail:
    """The skill as it stands at this moment, computed from the rows that are shown: five queries."""
    now = now or timezone.now()
    rule = strength.rule
    acts = acts_on(strength.skill, person, now, rule)
    points = max(0.0, sum(one.left for one in acts))
    evidence = expertise.evidence(points, rule)
    voices = voices_on(strength.skill, person, viewer, now, rule)
    endorsed = expertise.endorsed((voice.word for voice in voices if voice.counts), rule)
    return Detail(
        strength=strength, acts=acts, open_acts=open_to(viewer, person, acts), points=points,
        evidence=evidence, voices=voices, endorsed=endorsed, weights=expertise.weights(endorsed, rule),
        depth=expertise.depth(strength.row.claimed, evidence, endorsed, rule),
    )  # fmt: skip


def acts_on(skill: Skill, person: Member, now: datetime, rule: Rule) -> list[CountedAct]:
    """The acts that show the skill, not taken back, newest first; one query."""
    acts = Activity.objects.filter(
        actor=person, topic__in=[*skill.topics, skill.slug], reversed_by=None, reverses=None, occurred_at__lte=now
    ).exclude(points=0)
    return [
        CountedAct(act, expertise.faded(act.points, (now - act.occurred_at) / DAY, rule))
        for act in acts.select_related("verb").order_by("-occurred_at", "-pk")
    ]


def open_to(viewer: Any, person: Member, acts: list[CountedAct]) -> list[CountedAct]:
    """What was given to others is seen with the portfolio; what somebody learned and visited with their acts."""
    sees_all, sees_given = may_see(person, "acts", viewer), may_see(person, "portfolio", viewer)
    given = (Verb.Kind.CONTRIBUTION, Verb.Kind.INTERACTION)
    return [one for one in acts if sees_all or (sees_given and one.act.verb.kind in given)]


def voices_on(skill: Skill, person: Member, viewer: Any, now: datetime, rule: Rule) -> list[Voice]:
    """What others say on the skill, validations first. Only the newest validation of a person counts."""
    about = {"member": person, "skill": skill}
    validations = list(Validation.objects.filter(**about, at__lte=now).select_related("by").order_by("-at", "-pk"))
    endorsements = list(Endorsement.objects.filter(**about).select_related("by"))
    depths = _depths(rule, skill, {one.by_id for one in validations} | {one.by_id for one in endorsements})
    newest: dict[int, Validation] = {}
    for one in validations:
        if one.expires_at > now:
            newest.setdefault(one.by_id, one)
    judging = {giver for giver, one in newest.items() if one.decision == Validation.Decision.SHOWN}
    paid_back = _pay_backs(rule, person, endorsements)
    judged = [
        Voice(
            one, _named(one, viewer), Word(one.level, depths.get(one.by_id, 0.0), validates=True),
            counts=one.by_id in judging and newest.get(one.by_id) == one, rule=rule, is_over=one.expires_at <= now,
        )
        for one in validations
    ]  # fmt: skip
    said = [
        Voice(
            one, _named(one, viewer), Word(one.level, depths.get(one.by_id, 0.0), paid_back=one.pk in paid_back),
            counts=one.by_id not in judging, rule=rule,
        )
        for one in endorsements
    ]  # fmt: skip
    return judged + said


def _named(given: Endorsement | Validation, viewer: Any) -> Member | None:
    """The giver, where the viewer may know them."""
    return given.by if given.by.erased_at or may_know(given.by, viewer) else None


def _depths(rule: Rule, skill: Skill, givers: set[int]) -> dict[int, float]:
    rows = MemberSkill.objects.filter(skill=skill, member__in=givers)
    return {row.member_id: expertise.depth(row.claimed, row.evidence or 0.0, None, rule) for row in rows}


def _pay_backs(rule: Rule, person: Member, endorsements: Iterable[Endorsement]) -> set[int]:
    """Endorsements whose giver was endorsed by the person, for any skill, within seven days."""
    endorsements = list(endorsements)
    returned = Endorsement.objects.filter(by=person, member__in={one.by_id for one in endorsements})
    moments: dict[int, list[datetime]] = {}
    for giver, at in returned.values_list("member", "at"):
        moments.setdefault(giver, []).append(at)
    return {
        one.pk
        for one in endorsements
        if any(abs(one.at - at) <= rule.pay_back_days * DAY for at in moments.get(one.by_id, []))
    }
