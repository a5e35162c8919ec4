"""Asking for reviews: first who keeps the module, after the promised days a few Mentors more and peers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cop.lib import words
from labs.models import Submission
from labs.queries import reviewing
from labs.queries.rules import lab_rules
from members.models import Member
from members.operations.notices import notify_many

FIRST = 3  # Mentors who are asked where the module has no steward
MORE_MENTORS = 2
PEERS = 3
AT_ONCE = 500


def ask_first(submission: Submission, *, now: datetime) -> int:
    """Tell of new work whoever reviewed it before and the stewards of the module; without any, a few Mentors."""
    free = reviewing.to_ask(submission)
    found = numbers(free.filter(reviewing.earlier_reviewers(submission) | reviewing.stewards(submission)))
    found = found or numbers(free.filter(reviewing.mentors()), FIRST)
    days = words.count(lab_rules().review_days, "day")
    return _tell(submission, found, f"Somebody handed it in just now and is promised an answer within {days}.", now)


def ask_peers(submission: Submission, *, now: datetime) -> int:
    """Tell a few who passed the lab themselves, those first whose last review lies longest back."""
    said = "You passed this lab yourself, so you may review it. It takes about 15 minutes."
    free = reviewing.to_ask(submission)
    return _tell(submission, numbers(free.filter(reviewing.peers(submission)), PEERS), said, now)


@transaction.atomic
def offer_due(*, now: datetime | None = None) -> dict[str, int]:
    """Offer work that waits longer than promised to peers who passed the lab, and tell of it a few Mentors more.

    Safe to repeat: each round is offered once. Returns how many pieces of work were offered, and to how many people."""
    now = now or timezone.now()
    since = now - timedelta(days=lab_rules().review_days)
    due = Submission.objects.filter(status=Submission.Status.WAITING, offered_at=None, waiting_since__lte=since)
    due = due.filter(member__is_active=True).select_related("lab__module").order_by("waiting_since", "pk")
    counts = {"offered": 0, "told": 0}
    for submission in due.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE]:
        submission.offered_at = now
        submission.save(update_fields=["offered_at"])
        counts["offered"] += 1
        counts["told"] += ask_peers(submission, now=now) + _ask_more_mentors(submission, now)
    return counts


def _ask_more_mentors(submission: Submission, now: datetime) -> int:
    waits = words.count((now - submission.waiting_since).days, "day")
    found = numbers(reviewing.to_ask(submission).filter(reviewing.mentors()), MORE_MENTORS)
    return _tell(submission, found, f"It waits for {waits}, longer than was promised.", now)


def numbers(people: QuerySet[Member], most: int | None = None) -> set[int]:
    return set(people.values_list("pk", flat=True)[:most])


def _tell(submission: Submission, members: set[int], text: str, now: datetime) -> int:
    """No name stands in it: the same words go to several people, and not all of them may know who it is."""
    return notify_many(
        members, reviewing.KIND, title=f"Work for “{submission.lab.title}” waits for a review", text=text,
        address=review_address(submission), key=reviewing.key_of(submission), now=now,
    )  # fmt: skip


def review_address(submission: Submission) -> str:
    return reverse("labs:review", args=[submission.pk])
