"""What the pages about communities show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from communities.models import Channel, Community, Membership
from members.models import Member

SHOWN_FROM = 5  # smaller groups are not counted in public: who is in them could be guessed
FACES = 12
CARRIERS: list[str] = [Membership.Role.LEAD, Membership.Role.DEPUTY]
IN_IT = Q(
    memberships__status__in=[Membership.Status.ACTIVE, Membership.Status.DORMANT], memberships__member__is_active=True
)

Viewer = Member | AnonymousUser


@dataclass(frozen=True)
class Entry:
    """A community in the list, with the viewer's own membership."""

    community: Community
    people: int
    mine: Membership | None

    @property
    def counted(self) -> bool:
        return self.people >= SHOWN_FROM


@dataclass(frozen=True)
class CommunityPage:
    entry: Entry
    leads: list[Membership]
    faces: list[Member]
    others: int
    channels: list[Channel]
    children: list[Community]
    has_other_primary: bool


def primary_of(member: Member) -> Community | None:
    return Community.objects.filter(memberships__member=member, memberships__is_primary=True).first()


def with_people(communities: QuerySet[Community]) -> QuerySet[Any]:
    """Adds `people`, the number of members that are in it now."""
    return communities.annotate(people=Count("memberships", filter=IN_IT))


def entries(viewer: Viewer) -> list[Entry]:
    """All communities that can be joined, in order; two queries for members, one for visitors."""
    mine = own_memberships(viewer)
    found = with_people(Community.objects.live()).order_by("order", "name")
    return [Entry(community, community.people, mine.get(community.pk)) for community in found]


def own_memberships(viewer: Viewer) -> dict[int, Membership]:
    if not isinstance(viewer, Member):
        return {}
    return {mine.community_id: mine for mine in Membership.objects.filter(member=viewer).current()}


def page_of(community: Community, viewer: Viewer, people: int) -> CommunityPage:
    """Everything that the page of one community shows; names of people to signed-in members only."""
    mine = own_memberships(viewer)
    leads = leads_of(community) if isinstance(viewer, Member) else []
    faces = (
        faces_of(community, viewer, but_not=[lead.member_id for lead in leads]) if isinstance(viewer, Member) else []
    )
    return CommunityPage(
        entry=Entry(community, people, mine.get(community.pk)),
        leads=leads,
        faces=faces,
        others=max(0, people - len(leads) - len(faces)),
        channels=list(community.channels.all()),
        children=list(community.children.live()),
        has_other_primary=any(one.is_primary and one.community_id != community.pk for one in mine.values()),
    )


def leads_of(community: Community) -> list[Membership]:
    found = community.memberships.current().filter(role__in=CARRIERS, member__is_active=True).select_related("member")
    return sorted(found, key=lambda one: (CARRIERS.index(one.role), one.joined_at))


def faces_of(community: Community, viewer: Member, *, but_not: Iterable[int]) -> list[Member]:
    """Up to twelve members who are in the directory, those who came last first."""
    shown = Member.objects.visible_to(viewer).exclude(pk__in=but_not)
    belong = Membership.objects.filter(community=community, member__in=shown).current().select_related("member")
    return [one.member for one in belong.order_by("-joined_at")[:FACES]]


def channels() -> list[Channel]:
    """Every place where the community meets, those in use first."""
    found = Channel.objects.select_related("community")
    return sorted(found, key=lambda channel: channel.status != Channel.Status.ACTIVE)
