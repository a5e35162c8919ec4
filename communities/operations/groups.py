"""Ordering communities below each other, closing and opening them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from communities.models import LOOP, Community, CommunityInvitation, JoinRequest, Motion
from cop.lib.errors import Refused
from members.operations.directory import mark


@transaction.atomic
def put_under(community: Community, *, parent: Community | None) -> None:
    """Move a community below another, or to the top. Refuses a circle, also one that two moves at once would make."""
    list(Community.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    community.parent = parent
    if community.makes_a_loop():
        raise Refused(LOOP.format(parent=parent, name=community.name))
    community.save(update_fields=["parent"])


@transaction.atomic
def archive(community: Community) -> None:
    """Close a community: it stays readable, nobody joins any more, and what was open in it ends. Repeats safely."""
    now = timezone.now()
    row = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    row.is_archived = community.is_archived = True
    row.save(update_fields=["is_archived"])
    JoinRequest.objects.filter(community=row, state=JoinRequest.State.OPEN).update(
        state=JoinRequest.State.DECLINED, decided_at=now, note="The community was closed."
    )
    CommunityInvitation.objects.filter(community=row, answered_at=None).update(answered_at=now, accepted=False)
    Motion.objects.filter(community=row, state=Motion.State.OPEN).update(state=Motion.State.WITHDRAWN, closed_at=now)
    note_in_directory(row)


@transaction.atomic
def reopen(community: Community) -> None:
    """Open a closed community again; what ended when it was closed stays ended."""
    Community.objects.filter(pk=community.pk).update(is_archived=False)
    community.is_archived = False
    note_in_directory(community)


def note_in_directory(community: Community) -> None:
    """Its name, who sees it, or whether it is open has changed; the directory searches by it. Part of a transaction."""
    mark(community.memberships.current().values_list("member", flat=True))
