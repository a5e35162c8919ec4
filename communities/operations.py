"""Joining, leaving, choosing a community as one's own, and ordering communities below each other."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from communities.models import LOOP, Community, Membership
from cop.lib.errors import Refused
from members.models import Member
from members.operations import ledger


@transaction.atomic
def join(community: Community, *, by: Member) -> Membership:
    """Make the member part of the community. Joining twice changes nothing; coming back wakes the old membership.

    Refuses an archived community to those who are not in it."""
    mine = Membership.objects.filter(community=community, member=by).first()
    if mine and mine.status != Membership.Status.LEFT:
        return mine
    if community.is_archived:
        raise Refused(f"“{community.name}” is closed. It stays readable, but nobody joins it any more.")
    if mine is None:
        mine, _ = Membership.objects.get_or_create(community=community, member=by)
    else:
        mine.status, mine.joined_at, mine.left_at = Membership.Status.ACTIVE, timezone.now(), None
        mine.save(update_fields=["status", "joined_at", "left_at"])
    ledger.record(
        "community-joined", by=by, kind="community", key=community.slug, title=community.name,
        address=community.get_absolute_url(), community=community.slug,
    )  # fmt: skip
    return mine


@transaction.atomic
def leave(community: Community, *, by: Member) -> None:
    """End the membership, whatever its role; always possible. The row stays, and leaving twice changes nothing."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # choosing a primary community waits for us
    Membership.objects.filter(community=community, member=by).current().update(
        status=Membership.Status.LEFT, left_at=timezone.now(), is_primary=False, role=Membership.Role.MEMBER
    )


@transaction.atomic
def choose_primary(community: Community, *, by: Member) -> Membership:
    """Join the community and make it the member's primary one; the mark moves from another. Repeats safely.

    Refuses what is no target community, and an archived one."""
    if community.kind != Community.Kind.TARGET:
        raise Refused(f"“{community.name}” is not one of the target communities. Only those can be your primary one.")
    if community.is_archived:
        raise Refused(f"“{community.name}” is closed. Choose another primary community.")
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # two choices at once wait for each other
    mine = join(community, by=by)
    Membership.objects.filter(member=by, is_primary=True).exclude(pk=mine.pk).update(is_primary=False)
    Membership.objects.filter(pk=mine.pk).update(is_primary=True)
    mine.is_primary = True
    return mine


@transaction.atomic
def put_under(community: Community, *, parent: Community | None) -> None:
    """Move a community below another, or to the top. Refuses a circle, also one that two moves at once would make."""
    list(Community.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    community.parent = parent
    if community.makes_a_loop():
        raise Refused(LOOP.format(parent=parent, name=community.name))
    community.save(update_fields=["parent"])
