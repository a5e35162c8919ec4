"""Skills of members: their list, the section on a profile, what two people could learn from each other, totals."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from cop.lib.figures import FEWEST_COUNTED
from members.audience import audience_of, may_see
from members.expertise import DEPTHS, RULE, Rule, is_not_yet_shown
from members.models import Endorsement, Member, MemberSkill, Skill, Validation
from members.queries.complements import Match, match_of
from members.queries.rules import rule_of_depth

CLAIMS_FOR_WELCOME, WISHES_FOR_WELCOME = 3, 1


@dataclass(frozen=True)
class Part:
    """One of the three strengths, as it is shown: in a number, in a word and as a bar of 100."""

    name: str
    number: str
    word: str
    width: str


@dataclass(frozen=True)
class Strength:
    """One skill of a member with its three strengths, each for itself."""

    row: MemberSkill
    address: str
    is_endorsed_or_judged: bool = False
    rule: Rule = RULE

    @property
    def skill(self) -> Skill:
        return self.row.skill

    @property
    def claim(self) -> str:
        return DEPTHS[self.row.claimed]

    @property
    def wish(self) -> str:
        return DEPTHS[self.row.wants] if self.row.wants else ""

    @property
    def evidence(self) -> float:
        return self.row.evidence or 0.0

    @property
    def is_not_yet_shown(self) -> bool:
        return is_not_yet_shown(self.row.claimed, self.evidence, self.rule)

    @property
    def parts(self) -> list[Part]:
        said = self.row.endorsed
        return [
            Part("Claimed", str(self.row.claimed), self.claim, f"{25 * self.row.claimed}"),
            Part(
                "Shown",
                f"{self.evidence:.1f}",
                "by acts" if self.evidence else "not yet",
                f"{25 * self.evidence:.1f}",
            ),
            Part("Endorsed", "–", "not yet", "0")
            if said is None
            else Part("Endorsed", f"{said:.1f}", "by others", f"{25 * said:.1f}"),
        ]

    @property
    def is_wish_only(self) -> bool:
        """A wish without any depth yet: it stands among the wishes, not among what somebody can do."""
        return bool(self.row.wants) and not self.row.claimed and self.row.depth < 1


@dataclass(frozen=True)
class ProfileSkills:
    """The skills on a member's page. Nothing is in it that this viewer may not see."""

    person: Member
    is_self: bool
    is_visible: bool
    audience: str
    known: list[Strength] = field(default_factory=list)
    wishes: list[Strength] = field(default_factory=list)
    match: Match | None = None
    asks_for_consent: bool = False

    @property
    def first(self) -> list[Strength]:
        return self.known[:SHOWN_AT_ONCE]

    @property
    def more(self) -> list[Strength]:
        return self.known[SHOWN_AT_ONCE:]


SHOWN_AT_ONCE = 6


@dataclass(frozen=True)
class SkillTotal:
    """How many members have and want a skill; None for a number that would point to few people."""

    skill: Skill
    members: int | None
    deep: int | None
    wishes: int | None
    helpers: int | None


def key_of(name: str) -> str:
    """The form in which names of skills are compared: no matter how they are written and spaced."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def find(name: str) -> Skill | None:
    """The skill with this title or alias, accepted ones first; also one that waits or was refused."""
    wanted = key_of(name)
    order = {Skill.State.ACCEPTED: 0, Skill.State.PROPOSED: 1, Skill.State.REFUSED: 2}
    for skill in sorted(Skill.objects.all(), key=lambda skill: order[Skill.State(skill.state)]):
        if wanted in {key_of(skill.title), skill.slug, *map(key_of, skill.aliases)}:
            return skill
    return None


def rows_of(member: Member, *, for_owner: bool) -> list[Strength]:
    """The member's skills, the deepest first; one query. Proposals that still wait are for the owner's eyes."""
    said = {"member": OuterRef("member"), "skill": OuterRef("skill")}
    rows = MemberSkill.objects.filter(member=member).select_related("skill").annotate(
        has_words=Exists(Endorsement.objects.filter(**said)) | Exists(Validation.objects.filter(**said))
    )  # fmt: skip
    if not for_owner:
        rows = rows.filter(skill__state=Skill.State.ACCEPTED)
    rule = rule_of_depth()
    return [
        Strength(row, reverse("members:skill", args=[member.handle, row.skill.slug]), row.has_words, rule)
        for row in rows.order_by("-depth", "-claimed", "skill__title")
    ]


def profile_skills(person: Member, viewer: Any) -> ProfileSkills:
    """What the page of a member shows of their skills to this viewer: five queries at the most."""
    is_self = viewer.is_authenticated and viewer.pk == person.pk
    audience = audience_of(person, "skills")
    if not may_see(person, "skills", viewer):
        return ProfileSkills(person, is_self, is_visible=False, audience=audience)
    strengths = rows_of(person, for_owner=is_self)
    match, asks = None, False
    if not is_self and viewer.pk:
        match, asks = match_of(viewer, person, [one.row for one in strengths])
    return ProfileSkills(
        person, is_self, is_visible=True, audience=audience,
        known=[one for one in strengths if not one.is_wish_only], wishes=[one for one in strengths if one.row.wants],
        match=match, asks_for_consent=asks,
    )  # fmt: skip


def areas_for(member: Member) -> list[tuple[str, list[Skill]]]:
    """The accepted skills that the member has not named, by area; one query."""
    free = Skill.objects.accepted().exclude(members__member=member)
    areas: dict[str, list[Skill]] = {}
    for skill in free:
        areas.setdefault(skill.area, []).append(skill)
    return list(areas.items())


def named_enough(member: Member) -> bool:
    """Whether three claims and one wish stand, as the Welcome Kit asks."""
    counts = MemberSkill.objects.filter(member=member).aggregate(
        claims=Count("pk", filter=Q(claimed__gte=1)), wishes=Count("pk", filter=Q(wants__gte=1))
    )
    return bool(counts["claims"] >= CLAIMS_FOR_WELCOME and counts["wishes"] >= WISHES_FOR_WELCOME)


def with_totals(skills: QuerySet[Skill]) -> QuerySet[Any]:
    """Adds how many active members have, lead or teach, wish for and help with each skill."""
    active = Q(members__member__is_active=True)
    return skills.annotate(
        people=Count("members", filter=active & Q(members__claimed__gte=1)),
        deep_people=Count("members", filter=active & Q(members__depth__gte=rule_of_depth().deep)),
        wishing_people=Count("members", filter=active & Q(members__wants__gte=1)),
        helping_people=Count("members", filter=active & Q(members__helps=True)),
    )


def totals(*, for_organizers: bool = False) -> list[SkillTotal]:
    """Per accepted skill, how many active members claim it, are deep in it, wish for it and help with it.

    Organizers see every number; for others a number below five is left out. One query."""

    def shown(number: int) -> int | None:
        return number if for_organizers or number >= FEWEST_COUNTED else None

    return [
        SkillTotal(
            skill, shown(skill.people), shown(skill.deep_people), shown(skill.wishing_people),
            shown(skill.helping_people),
        )
        for skill in with_totals(Skill.objects.accepted())
    ]  # fmt: skip
