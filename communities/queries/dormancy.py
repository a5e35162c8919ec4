"""Whose membership is silent, and who has come back.

An act counts for a community when the ledger says that it was done there. Where the community has no such acts at all
in that time, beside people joining and coming back, its life happens in places that the ledger does not know: there any
act on the site counts. Hours that somebody logged count too."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from communities.models import Community, Membership, VolunteerHours
from communities.models.groups import MembershipQuerySet
from communities.queries.charter import charter_of
from members.models import Activity

COMING = ["community-joined", "community-woken"]


def silent_in(community: Community, *, now: datetime) -> list[int]:
    """The active memberships without an act for as long as the charter allows; two queries."""
    since = now - timedelta(days=charter_of(community).dormant_days)
    here = Membership.objects.filter(community=community, status=Membership.Status.ACTIVE, joined_at__lt=since)
    if not here.exists():
        return []
    hours = VolunteerHours.objects.filter(community=community, member=OuterRef("member"), day__gte=since.date())
    acts = _acts(community, since, now).filter(actor=OuterRef("member"))
    return list(here.exclude(Exists(acts)).exclude(Exists(hours)).order_by("pk").values_list("pk", flat=True))


def woken_in(community: Community, *, now: datetime) -> list[int]:
    """The resting memberships whose owners have acted since they began to rest."""
    resting: MembershipQuerySet = Membership.objects.filter(community=community, status=Membership.Status.DORMANT)
    first = resting.order_by("dormant_since").values_list("dormant_since", flat=True).first()
    if first is None:
        return []
    acts = _acts(community, first, now).filter(actor=OuterRef("member"), occurred_at__gt=OuterRef("dormant_since"))
    hours = VolunteerHours.objects.filter(
        community=community, member=OuterRef("member"), day__gte=OuterRef("dormant_since__date")
    )
    return list(resting.filter(Q(Exists(acts)) | Q(Exists(hours))).values_list("pk", flat=True))


def _acts(community: Community, since: datetime, now: datetime) -> QuerySet[Activity]:
    acts = Activity.objects.filter(occurred_at__gte=since, occurred_at__lte=now)
    own = acts.filter(community=community.slug)
    is_known = own.exclude(verb__in=COMING).exists()
    return own if is_known else acts
