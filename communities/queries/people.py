"""Who belongs to a community, and who carries it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from communities.models import Community, Membership
from communities.rules import CARRIERS
from members.models import Member

FACES = 12
RANKS = [Membership.Role.LEAD, Membership.Role.DEPUTY, Membership.Role.CORE]

Viewer = Member | AnonymousUser


def primary_of(member: Member) -> Community | None:
    return primary(member).first()


def primary(member: Member) -> QuerySet[Community]:
    return Community.objects.filter(memberships__member=member, memberships__is_primary=True)


def own_memberships(viewer: Viewer) -> dict[int, Membership]:
    if not isinstance(viewer, Member):
        return {}
    return {mine.community_id: mine for mine in Membership.objects.filter(member=viewer).current()}


def leads_of(community: Community) -> list[Membership]:
    found = community.memberships.current().filter(role__in=CARRIERS, member__is_active=True).select_related("member")
    return sorted(found, key=lambda one: (CARRIERS.index(one.role), one.joined_at))


def faces_of(community: Community, viewer: Member, *, but_not: Iterable[int]) -> list[Member]:
    """Up to twelve members who are in the directory, those who came last first."""
    shown = Member.objects.visible_to(viewer).exclude(pk__in=but_not)
    belong = Membership.objects.filter(community=community, member__in=shown).current().select_related("member")
    return [one.member for one in belong.order_by("-joined_at")[:FACES]]


def membership_of(community: Community, viewer: Viewer) -> Membership | None:
    """The viewer's own membership in this community, unless they left or are a visitor."""
    if not isinstance(viewer, Member):
        return None
    return Membership.objects.filter(community=community, member=viewer).current().first()


def carriers_to_ask(community: Community, *, today: date | None = None) -> list[Member]:
    """Leads and deputies who have not asked for a pause; where there is none, the organizers."""
    carriers = not_paused(today).filter(
        memberships__in=community.memberships.current().filter(role__in=CARRIERS).values("pk")
    )
    return list(carriers) or organizers(today=today)


def organizers(*, today: date | None = None) -> list[Member]:
    return list(not_paused(today).filter(is_staff=True))


def not_paused(today: date | None = None) -> QuerySet[Member]:
    """Active members who may be asked for something today."""
    day = today or timezone.localdate()
    found: QuerySet[Member] = Member.objects.active().filter(Q(paused_until=None) | Q(paused_until__lt=day))
    return found


def sole_lead_of(member: Member) -> list[Community]:
    """Open communities that nobody would carry without this member: they lead, with no other lead or deputy."""
    mine = Membership.objects.filter(member=member, role=Membership.Role.LEAD).current()
    others = (
        Membership.objects.filter(community=OuterRef("pk"), role__in=CARRIERS, member__is_active=True)
        .current().exclude(member=member)
    )  # fmt: skip
    led = Community.objects.live().filter(pk__in=mine.values("community"))
    return list(led.exclude(Exists(others)).order_by("order", "name"))


def members_of(community: Community, viewer: Member, words: str = "") -> QuerySet[Membership]:
    """Who is in it, for those who look after it: those with a task first, then by name.

    Who is not in the directory stands there only with a task. words: a part of name or handle."""
    shown = Q(member__in_directory=True) | Q(member=viewer) | ~Q(role=Membership.Role.MEMBER)
    found = community.memberships.current().filter(shown, member__is_active=True)
    found = found.select_related("member", "community")
    if words:
        found = found.filter(Q(member__name__icontains=words) | Q(member__handle__icontains=words))
    ordered: QuerySet[Membership] = found.annotate(
        rank=Case(*(When(role=role, then=n) for n, role in enumerate(RANKS)), default=len(RANKS))
    ).order_by("rank", "member__name", "pk")
    return ordered


def hidden_members(community: Community) -> int:
    """How many are in it who are not in the directory and have no task."""
    found = community.memberships.current().filter(member__is_active=True, member__in_directory=False)
    return found.filter(role=Membership.Role.MEMBER).count()
