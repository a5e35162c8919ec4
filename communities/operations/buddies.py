"""A buddy for each newcomer: a willing member of the same community with the fewest newcomers to look after."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from communities.models import Community, Membership
from communities.queries.group_rules import group_rules
from members.models import Buddy, Member
from members.operations.notices import notify
from members.queries.rules import member_rules


@transaction.atomic
def assign(newcomer: Member, community: Community, *, now: datetime | None = None) -> Buddy | None:
    """Find a buddy for somebody in their first 30 days, once. None where nobody is willing or free, or none is needed.

    Of several who look after equally few newcomers, who belongs to the community longest is asked.
    """
    now = now or timezone.now()
    is_new = now - newcomer.joined_at <= timedelta(days=group_rules().newcomer_days)
    if not is_new or Buddy.objects.filter(newcomer=newcomer).exists():
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
        community=community, status=Membership.Status.ACTIVE, member__open_to_buddy=True, member__is_active=True,
        member__in_directory=True,
    )  # fmt: skip
    rests = Q(member__paused_until__gte=timezone.localdate(now))
    free = found.exclude(rests).exclude(member=newcomer).annotate(looks_after=looks_after)
    free = free.filter(looks_after__lt=member_rules().newcomers_each).select_related("member")
    return free.order_by("looks_after", "joined_at", "pk")


def _tell(pair: Buddy, community: Community) -> None:
    """Who is not in the directory is named to nobody, not to the buddy either; then the newcomer begins."""
    notify(
        pair.newcomer, "buddy-assigned", title=f"{pair.buddy.name} is your buddy",
        text=f"Ask {pair.buddy.first_name} whatever you would not ask in front of everybody. You both belong to "
        f"{community.name}.",
        address=pair.buddy.get_absolute_url(), key=f"buddy:{pair.pk}",
    )  # fmt: skip
    is_named = pair.newcomer.in_directory
    notify(
        pair.buddy, "buddy-assigned", key=f"buddy:{pair.pk}",
        title=f"{pair.newcomer.name if is_named else 'Somebody'} is new, and you are the buddy",
        text=f"{pair.newcomer.first_name} joined {community.name}. Say hello within two days, and ask after a week "
        "how it goes." if is_named else
        f"They joined {community.name} and know your name. You see theirs once they are in the directory.",
        address=pair.newcomer.get_absolute_url() if is_named else "/dashboard/",
    )  # fmt: skip


def end_old(now: datetime | None = None) -> int:
    """End what has lasted 60 days; returns how many ended."""
    now, lasts = now or timezone.now(), timedelta(days=member_rules().buddy_days)
    return Buddy.objects.filter(ended_at=None, at__lt=now - lasts).update(ended_at=now)
