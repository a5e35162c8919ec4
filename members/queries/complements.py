"""What two members could learn from each other, for those who both said yes to matching."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from members.complementarity import Lesson, Offer, comp, cosine_distance, lessons
from members.models import Consent, Member, MemberSkill, Skill


@dataclass(frozen=True)
class Match:
    """What two people could learn from each other, as the viewer sees it, with the numbers behind it."""

    person: Member
    teach: list[tuple[Lesson, Skill]]
    learn: list[tuple[Lesson, Skill]]
    comp: float | None
    distance: float | None
    wanted: float
    met: float

    @property
    def has_data(self) -> bool:
        return self.comp is not None


def match_of(viewer: Member, person: Member, theirs: Iterable[MemberSkill]) -> tuple[Match | None, bool]:
    """The match of two people who both said yes to matching, else None; and whether the viewer has yet to say yes.

    Whether the other one said yes is not given away. Who has asked for a pause is not matched."""
    given = set(
        Consent.objects.filter(member__in=[viewer, person], purpose=Consent.Purpose.MATCHING, given=True)
        .values_list("member", flat=True)
    )  # fmt: skip
    if viewer.pk not in given:
        return None, True
    is_paused = person.paused_until is not None and person.paused_until >= timezone.localdate()
    if person.pk not in given or is_paused:
        return None, False
    own = MemberSkill.objects.filter(member=viewer, skill__state=Skill.State.ACCEPTED).select_related("skill")
    return matched(person, list(own), list(theirs)), False


def matched(person: Member, mine: list[MemberSkill], theirs: list[MemberSkill]) -> Match:
    viewer, other = offer_of(mine), offer_of(theirs)
    skills = {row.skill.slug: row.skill for row in (*mine, *theirs)}
    wanted = sum([*viewer.want.values(), *other.want.values()])
    result = comp(viewer, other)
    return Match(
        person=person,
        teach=[(lesson, skills[lesson.skill]) for lesson in worthwhile(other, viewer)],
        learn=[(lesson, skills[lesson.skill]) for lesson in worthwhile(viewer, other)],
        comp=result, distance=cosine_distance(viewer.depth, other.depth), wanted=wanted, met=(result or 0.0) * wanted,
    )  # fmt: skip


def offer_of(rows: Iterable[MemberSkill]) -> Offer:
    rows = list(rows)
    return Offer(
        depth={row.skill.slug: row.depth for row in rows if row.depth > 0},
        want={row.skill.slug: float(row.wants) for row in rows if row.wants},
    )


def worthwhile(learner: Offer, teacher: Offer) -> list[Lesson]:
    """Lessons in which the teacher is deeper than the learner is already."""
    return [one for one in lessons(learner, teacher) if one.depth > learner.depth.get(one.skill, 0.0)]
