"""A buddy for each newcomer: a willing member of the same community with the fewest newcomers to look after."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from communities.models import Community, Membership
from members.models import Buddy, Member
from members.operations.notices import notify
from members.queries.rules import member_rules

NEWCOMER = timedelta(days=30)


@transaction.atomic
def assign(newcomer: Member, community: Community, *, now: datetime | None = None) -> Buddy | None:
    """Find a buddy for somebody in their first 30 days, once. None where nobody is willing or free, or none is needed.

    Of several who look after equally few newcomers, who belongs to the community longest is asked.
    """
    now = now or timezone.now()
    if now - newcomer.joined_at > NEWCOMER or Buddy.objects.filter(newcomer=newcomer).exists():
        return None
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)  # so that two at once ask different people
    willing = _willing(community, newcomer, now).first()
    if willing is None:
        return None
    pair, is_new = Buddy.objects.get_or_create(newcomer=newcomer, defaults={"buddy": willing.member, "at": now})
    if is_new:
        _tell(pair, community)
    return pair


def _willing(community: Community, newcomer: Member, now: datetime) -> QuerySet[Any]:
    looks_after = Count("member__newcomers", filter=Q(member__newcomers__ended_at=None))
    found = Membership.objects.filter(
        community=community, status=Membership.Status.ACTIVE, member__open_to_buddy=True, member__is_active=True
    )
    rests = Q(member__paused_until__gt=timezone.localdate(now))
    free = found.exclude(rests).exclude(member=newcomer).annotate(looks_after=looks_after)
    free = free.filter(looks_after__lt=member_rules().newcomers_each).select_related("member")
    return free.order_by("looks_after", "joined_at", "pk")


def _tell(pair: Buddy, community: Community) -> None:
    notify(
        pair.newcomer, "buddy-assigned", title=f"{pair.buddy.name} is your buddy",
        text=f"Ask {pair.buddy.first_name} whatever you would not ask in front of everybody. You both belong to "
        f"{community.name}.",
        address=pair.buddy.get_absolute_url(), key=f"buddy:{pair.pk}",
    )  # fmt: skip
    notify(
        pair.buddy, "buddy-assigned", title=f"{pair.newcomer.name} is new, and you are the buddy",
        text=f"{pair.newcomer.first_name} joined {community.name}. Say hello within two days, and ask after a week "
        "how it goes.",
        address=pair.newcomer.get_absolute_url(), key=f"buddy:{pair.pk}",
    )  # fmt: skip


def end_old(now: datetime | None = None) -> int:
    """End what has lasted 60 days; returns how many ended."""
    now, lasts = now or timezone.now(), timedelta(days=member_rules().buddy_days)
    return Buddy.objects.filter(ended_at=None, at__lt=now - lasts).update(ended_at=now)
