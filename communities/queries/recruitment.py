"""What a community is short of, and who could bring it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from communities.models import Community, CommunityInvitation, JoinRequest, Membership, RecruitmentCampaign
from communities.queries.boundary import DEPTHS
from communities.queries.people import not_paused
from cop.lib.figures import FEWEST_COUNTED
from members.audience import MEMBERS, PUBLIC
from members.models import Member, MemberSkill, Skill
from members.queries.consents import consenting

LEADS_WITH_IT = 3  # the depth from which somebody can carry a skill in a community
HAS_IT = 2  # by what is known of them, or by their own word
MOST = 60  # people on the page of a campaign
SUGGESTED = 8


@dataclass(frozen=True)
class Shortage:
    """A skill that is missing. wished: members who want to learn it; known: those who could lead with it."""

    skill: Skill
    wished: int
    known: int

    @property
    def why(self) -> str:
        """In words, without figures about fewer than five people."""
        wish = f"{self.wished} members want to learn it" if self.wished >= FEWEST_COUNTED else ""
        wish = wish or ("some members want to learn it" if self.wished else "the whole community wants more of it")
        known = f"{self.known} can lead with it" if self.known >= FEWEST_COUNTED else "hardly anybody can lead with it"
        return f"{wish[0].upper()}{wish[1:]}, {known if self.known else 'nobody can lead with it yet'}."


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be invited, with the reasons; `has_skill` for those who have what is missing."""

    member: Member
    reasons: list[str]
    has_skill: bool
    is_invited: bool
    has_asked: bool


def shortages(community: Community, *, most: int = SUGGESTED) -> list[Shortage]:
    """Skills that more members wish for than can lead with, and strategic ones that nobody has; widest gap first."""
    inside = Membership.objects.filter(community=community, member__is_active=True).current().values("member")
    here = Q(members__member__in=inside)
    counted: Any = Skill.objects.accepted().annotate(
        wished=Count("members", filter=here & Q(members__wants__gt=0, members__depth__lt=LEADS_WITH_IT)),
        known=Count("members", filter=here & Q(members__depth__gte=LEADS_WITH_IT)),
    )
    found = [
        Shortage(skill, skill.wished, skill.known)
        for skill in counted
        if skill.wished > skill.known or (skill.is_strategic and not skill.known)
    ]
    found.sort(key=lambda one: (one.known - one.wished, not one.skill.is_strategic, one.skill.title))
    return found[:most]


def candidates(campaign: RecruitmentCampaign, viewer: Member, *, today: date) -> list[Candidate]:
    """Members of the directory who fit the campaign and agreed to be matched: those with a missing skill first.

    Nobody who is in the community, has asked for a pause, or does not show to members what would be the reason. At
    most sixty; eight queries, whatever their number."""
    skills = list(campaign.skills.all())
    open_to_it = _reachable(campaign.community, viewer, today)
    holders = _holders(skills, open_to_it)
    people = list(open_to_it.filter(pk__in=holders))
    people.sort(key=lambda one: (*holders[one.pk], -len(_fits(one, campaign)), one.name))
    others = _others(campaign, open_to_it, but_not=holders, most=MOST - len(people))
    said = _said([one.pk for one in people], skills)
    invited = _numbers(CommunityInvitation.objects.filter(community=campaign.community, answered_at=None))
    asked = _numbers(JoinRequest.objects.filter(community=campaign.community, state=JoinRequest.State.OPEN))
    return [
        Candidate(
            one, said.get(one.pk, []) + _fits(one, campaign), one.pk in holders, one.pk in invited, one.pk in asked
        )
        for one in [*people, *others]
    ]


def campaigns_of(community: Community) -> list[RecruitmentCampaign]:
    """Open campaigns first, each with its skills; two queries."""
    found = community.campaigns.select_related("by").prefetch_related("skills").order_by("-opened_at", "-pk")
    return sorted(found, key=lambda one: one.closed_at is not None)


def labels(codes: Iterable[str], choices: Any) -> list[str]:
    """The words for stored codes; a code that is gone is left out."""
    known = dict(choices)
    return [str(known[code]) for code in codes if code in known]


def _reachable(community: Community, viewer: Member, today: date) -> QuerySet[Member]:
    inside = Membership.objects.filter(community=community, member=OuterRef("pk")).current()
    return (
        not_paused(today).filter(in_directory=True, pk__in=consenting("matching").values("pk"))
        .exclude(pk=viewer.pk).exclude(Exists(inside))
    )  # fmt: skip


def shows(field: str) -> Q:
    """Members who let other members see this field of their profile."""
    return Q(**{f"audiences__{field}__isnull": True}) | Q(**{f"audiences__{field}__in": [PUBLIC, MEMBERS]})


def has_it() -> Q:
    return Q(depth__gte=HAS_IT) | Q(claimed__gte=HAS_IT)


def _holders(skills: list[Skill], reachable: QuerySet[Member]) -> dict[int, tuple[int, float]]:
    """Those who have one of the skills, with what they are sorted by: how many of them, and how deep."""
    if not skills:
        return {}
    showing = reachable.filter(shows("skills")).values("pk")
    rows: Any = (
        MemberSkill.objects.filter(has_it(), skill__in=skills, member__in=showing)
        .values("member").annotate(number=Count("pk"), deepest=Max("depth"), sum=Sum("depth"))
        .order_by("-number", "-sum", "member")[:MOST]
    )  # fmt: skip
    return {row["member"]: (-row["number"], -row["sum"]) for row in rows}


def _others(
    campaign: RecruitmentCampaign, reachable: QuerySet[Member], *, but_not: Iterable[int], most: int
) -> list[Member]:
    """Those who fit by their work alone; both function and sector before one of them."""
    by_function = Q(function__in=campaign.functions) & shows("function") if campaign.functions else None
    by_sector = Q(sector__in=campaign.sectors) & shows("sector") if campaign.sectors else None
    wanted = [one for one in (by_function, by_sector) if one is not None]
    if not wanted or most <= 0:
        return []
    either = wanted[0] | wanted[-1]
    both = wanted[0] & wanted[-1]
    found = reachable.exclude(pk__in=list(but_not)).filter(either).annotate(
        fits=Count("pk", filter=both)
    )  # fmt: skip
    return list(found.order_by("-fits", "name", "pk")[:most])


def _fits(member: Member, campaign: RecruitmentCampaign) -> list[str]:
    """Function and sector as reasons, as far as the member shows them."""
    found = []
    if member.function in campaign.functions and _is_shown(member, "function"):
        found.append(f"Works in {member.get_function_display().lower()}")
    if member.sector in campaign.sectors and _is_shown(member, "sector"):
        found.append(f"Comes from {member.get_sector_display().lower()}")
    return found


def _is_shown(member: Member, field: str) -> bool:
    return member.audiences.get(field, MEMBERS) in (PUBLIC, MEMBERS)


def _said(numbers: list[int], skills: list[Skill]) -> dict[int, list[str]]:
    """The missing skills of each person in words, deepest first."""
    rows = MemberSkill.objects.filter(has_it(), member__in=numbers, skill__in=skills).select_related("skill")
    found: dict[int, list[str]] = {}
    for row in rows.order_by("-depth", "skill__title"):
        found.setdefault(row.member_id, []).append(f"{row.skill.title}: {_depth(row)}")
    return found


def _depth(row: MemberSkill) -> str:
    """What is known of it; where that is less than their own word, their word as such."""
    is_known = row.depth >= HAS_IT
    depth = DEPTHS[min(4, int(row.depth) if is_known else row.claimed)]
    return f"{'' if is_known else 'by their own word, '}{depth}{', and helps others' if row.helps else ''}"


def _numbers(rows: QuerySet[Any]) -> set[int]:
    return set(rows.values_list("member", flat=True))
