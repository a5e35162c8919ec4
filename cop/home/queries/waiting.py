"""What waits for a member's word: requests, work, claims, votes and invitations, each with where it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from communities.models import Community, JoinRequest, Membership
from communities.queries.motions import to_vote_on
from communities.rules import CARRIERS
from cop.lib import words
from cop.lib.rounds import Asks, answer, side_by_side
from labs.queries.review_queue import ask_for_me
from members.models import Member
from members.queries.claims import waiting_for

MOST = 6


@dataclass(frozen=True)
class Waiting:
    """Something that goes on only with the member's word."""

    title: str
    text: str
    address: str
    is_own_work: bool = False


def waiting_on(member: Member, *, now: datetime | None = None) -> list[Waiting]:
    return answer(ask_waiting(member, now=now))


def ask_waiting(member: Member, *, now: datetime | None = None) -> Asks[list[Waiting]]:
    """At most six, people who wait before matters; one round, whatever there is."""
    sources = (_requests(member), _work(member, now), _claims(member), _invitations(member), _votes(member, now))
    found = yield from side_by_side(*sources)
    return [one for each in found for one in each][:MOST]


def _requests(member: Member) -> Asks[list[Waiting]]:
    """Requests to join the communities that the member carries, counted by community."""
    carried = Membership.objects.current().filter(member=member, role__in=CARRIERS).values("community")
    [rows] = yield [
        JoinRequest.objects.filter(community__in=carried, state=JoinRequest.State.OPEN, member__is_active=True)
        .select_related("community").order_by("asked_at")
    ]  # fmt: skip
    waits: dict[Community, int] = {}
    for row in rows:
        waits[row.community] = waits.get(row.community, 0) + 1
    return [
        Waiting(
            f"Answer {words.count(number, 'request')} to join", f"{community}, which you look after.",
            reverse("communities:requests", args=[community.slug]),
        )
        for community, number in waits.items()
    ]  # fmt: skip


def _work(member: Member, now: datetime | None) -> Asks[list[Waiting]]:
    """Work of others that the member may review, and own work with changes asked."""
    found = yield from ask_for_me(member, now=now or timezone.now())
    waits = []
    if found.to_review:
        title = f"{words.count(found.to_review, 'piece')} of work {'waits' if found.to_review == 1 else 'wait'}"
        text = "Somebody finished a lab and wants to know whether it is right. It takes about 15 minutes."
        waits.append(Waiting(f"{title} for your review", text, reverse("labs:reviews")))
    if found.changes:
        one = reverse("labs:submission", args=[found.number]) if found.changes == 1 else ""
        about = f"“{found.title}”" if one else words.count(found.changes, "lab")
        address = one or reverse("labs:submissions")
        waits.append(Waiting("Changes asked on your work", f"{about}, with the reasons.", address, is_own_work=True))
    return waits


def _claims(member: Member) -> Asks[list[Waiting]]:
    [states] = yield [waiting_for(member).order_by().values("state").annotate(number=Count("pk"))]
    number = sum(state["number"] for state in states)
    text = "Work done elsewhere that counts once you say that it was done."
    title = f"Look at {words.count(number, 'claim')}"
    return [Waiting(title, text, reverse("members:claims_to_decide"))] if number else []


def _invitations(member: Member) -> Asks[list[Waiting]]:
    open_ones = member.community_invitations.filter(answered_at=None, community__is_archived=False)
    [rows] = yield [open_ones.select_related("community").order_by("at")]
    return [
        Waiting(f"You are invited to {row.community}", row.community.why, row.community.get_absolute_url())
        for row in rows
    ]


def _votes(member: Member, now: datetime | None) -> Asks[list[Waiting]]:
    [motions] = yield [to_vote_on(member, now=now)]
    return [
        Waiting(
            f"Vote: {motion.title}", f"{motion.community}, open until {words.day_and_clock(motion.closes_at)}.",
            motion.get_absolute_url(),
        )
        for motion in motions
    ]  # fmt: skip
