"""What waits for a member's word: requests, claims, votes and invitations, each with where it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from communities.models import Community, JoinRequest, Membership
from communities.queries.motions import open_for
from communities.rules import CARRIERS
from cop.lib import words
from members.models import Member
from members.queries.claims import waiting_for

MOST = 6


@dataclass(frozen=True)
class Waiting:
    """Something that goes on only with the member's word."""

    title: str
    text: str
    address: str


def waiting_on(member: Member, *, now: datetime | None = None) -> list[Waiting]:
    """At most six, people who wait before matters; five queries, whatever there is."""
    found = [*_requests(member), *_claims(member), *_invitations(member), *_votes(member, now)]
    return found[:MOST]


def _requests(member: Member) -> list[Waiting]:
    """Requests to join the communities that the member carries, counted by community."""
    carried = Membership.objects.current().filter(member=member, role__in=CARRIERS).values("community")
    rows = JoinRequest.objects.filter(
        community__in=carried, state=JoinRequest.State.OPEN, member__is_active=True
    ).select_related("community")  # fmt: skip
    waits: dict[Community, int] = {}
    for row in rows.order_by("asked_at"):
        waits[row.community] = waits.get(row.community, 0) + 1
    return [
        Waiting(
            f"Answer {words.count(number, 'request')} to join", f"{community}, which you look after.",
            reverse("communities:requests", args=[community.slug]),
        )
        for community, number in waits.items()
    ]  # fmt: skip


def _claims(member: Member) -> list[Waiting]:
    number = waiting_for(member).count()
    text = "Work done elsewhere that counts once you say that it was done."
    title = f"Look at {words.count(number, 'claim')}"
    return [Waiting(title, text, reverse("members:claims_to_decide"))] if number else []


def _invitations(member: Member) -> list[Waiting]:
    rows = member.community_invitations.filter(answered_at=None, community__is_archived=False)
    return [
        Waiting(f"You are invited to {row.community}", row.community.why, row.community.get_absolute_url())
        for row in rows.select_related("community").order_by("at")
    ]


def _votes(member: Member, now: datetime | None) -> list[Waiting]:
    return [
        Waiting(
            f"Vote: {motion.title}", f"{motion.community}, open until {words.day_and_clock(motion.closes_at)}.",
            motion.get_absolute_url(),
        )
        for motion in open_for(member, now=now)
    ]  # fmt: skip
