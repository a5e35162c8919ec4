"""What the list of communities and the page of one show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from communities import rules
from communities.models import Channel, Community, JoinRequest, Membership, Motion
from communities.queries.boundary import WayIn, boundary_of, way_in
from communities.queries.charter import Line, charter_of, formal_parts, lines_of, values_of
from communities.queries.dormancy import COMING
from communities.queries.people import Viewer, faces_of, leads_of, own_memberships
from communities.sections import Filled, sections_of
from cop.lib.figures import FEWEST_COUNTED
from members.models import Activity, Member

HEALTH = timedelta(days=90)
# How far data may go, as the labs say it.
EXPOSURES = {
    "none": "Nothing is sent anywhere", "local-only": "Your own machine", "on-premises": "Your own organisation",
    "vendor-cloud": "A vendor under contract", "public-service": "A public service",
}  # fmt: skip
IN_THE_BOX = ("door", "quorum_percent", "voting_days", "newcomer_hours")
IN_IT = Q(
    memberships__status__in=[Membership.Status.ACTIVE, Membership.Status.DORMANT], memberships__member__is_active=True
)


@dataclass(frozen=True)
class Entry:
    """A community in the list, with the viewer's own membership."""

    community: Community
    people: int
    mine: Membership | None

    @property
    def counted(self) -> bool:
        return self.people >= FEWEST_COUNTED


@dataclass(frozen=True)
class Health:
    """How a community is doing, as far as everybody may know: nothing about fewer than five people."""

    took_part: int
    joined: int

    @property
    def shown(self) -> list[tuple[str, int]]:
        figures = [("took part in the last 90 days", self.took_part), ("came in the last 90 days", self.joined)]
        return [(words, number) for words, number in figures if number >= FEWEST_COUNTED]


@dataclass(frozen=True)
class CommunityPage:
    entry: Entry
    parent: Community | None
    leads: list[Membership]
    faces: list[Member]
    others: int
    channels: list[Channel]
    children: list[Community]
    has_other_primary: bool
    way: WayIn | None
    charter: list[Line]
    in_scope: str
    out_of_scope: str
    formal: list[str]
    exposure: str
    sections: list[Filled]
    health: Health
    motions: list[Motion]
    looks_after: bool
    waiting: int

    @property
    def leads_alone(self) -> bool:
        """Whether nobody would carry the community without the viewer."""
        mine = self.entry.mine
        return mine is not None and mine.role == Membership.Role.LEAD and [one.pk for one in self.leads] == [mine.pk]


def with_people(communities: QuerySet[Community]) -> QuerySet[Any]:
    """Adds `people`, the number of members that are in it now."""
    return communities.annotate(people=Count("memberships", filter=IN_IT))


def entries(viewer: Viewer) -> list[Entry]:
    """All open communities that the viewer may know of, in order; two queries for members, one for visitors."""
    mine = own_memberships(viewer)
    found = with_people(Community.objects.live().visible_to(viewer)).order_by("order", "name")
    return [Entry(community, community.people, mine.get(community.pk)) for community in found]


def page_of(community: Community, viewer: Viewer, people: int, *, now: datetime | None = None) -> CommunityPage:
    """Everything that the page of one community shows; names of people to signed-in members only."""
    now = now or timezone.now()
    member = viewer if isinstance(viewer, Member) else None
    memberships = own_memberships(viewer)
    mine = memberships.get(community.pk)
    leads = leads_of(community) if member else []
    faces = faces_of(community, member, but_not=[lead.member_id for lead in leads]) if member else []
    boundary = boundary_of(community)
    lines = lines_of(values_of(charter_of(community), boundary))
    looks_after = member is not None and rules.may_look_after(mine, member)
    return CommunityPage(
        entry=Entry(community, people, mine),
        parent=shown_parent(community, viewer, memberships),
        leads=leads,
        faces=faces,
        others=max(0, people - len(leads) - len(faces)),
        channels=list(community.channels.select_related("owner")),
        children=list(community.children.live().visible_to(viewer)),
        has_other_primary=any(one.is_primary and one.community_id != community.pk for one in memberships.values()),
        way=way_in(community, member) if member and not mine else None,
        charter=[line for line in lines if line.field.name in IN_THE_BOX],
        in_scope=boundary.in_scope,
        out_of_scope=boundary.out_of_scope,
        formal=formal_parts(community),
        exposure=EXPOSURES.get(community.exposure_ceiling, ""),
        sections=sections_of(community, viewer),
        health=health_of(community, now=now),
        motions=list(community.motions.filter(state=Motion.State.OPEN, closes_at__gt=now)),
        looks_after=looks_after,
        waiting=community.requests.filter(state=JoinRequest.State.OPEN).count() if looks_after else 0,
    )


def shown_parent(community: Community, viewer: Viewer, mine: dict[int, Membership]) -> Community | None:
    """The community above, unless the viewer may not know of it."""
    parent = community.parent
    if parent is None or parent.visibility == Community.Visibility.PUBLIC or parent.pk in mine:
        return parent
    if parent.visibility == Community.Visibility.MEMBERS:
        return parent if viewer.is_authenticated else None
    return parent if isinstance(viewer, Member) and viewer.is_staff else None


def health_of(community: Community, *, now: datetime) -> Health:
    """People who acted here by the ledger, and who came; two queries."""
    since = now - HEALTH
    acts = Activity.objects.filter(community=community.slug, occurred_at__gt=since, actor__is_active=True)
    joined = community.memberships.current().filter(joined_at__gt=since, member__is_active=True)
    took_part = acts.exclude(verb__in=COMING).aggregate(people=Count("actor", distinct=True))["people"]
    return Health(took_part, joined.count())
