"""The queue of work that waits for a review, as one reviewer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, Value

from cop.lib import words
from cop.lib.rounds import Asks, answer
from labs.models import ReviewClaim, Submission
from labs.queries import reviewing, reviews
from labs.queries.rules import lab_rules
from members.models import Member

A_PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """One piece of work in the queue. claim: while it holds."""

    submission: Submission
    days: int
    promised: int
    claim: ReviewClaim | None
    is_mine: bool

    @property
    def is_late(self) -> bool:
        return self.days >= self.promised

    @property
    def said(self) -> str:
        """For instance `waits 3 days of 5 promised`."""
        if not self.days:
            return f"came in within the last day, {words.count(self.promised, 'day')} are promised"
        if self.days > self.promised:
            return f"waits {words.count(self.days, 'day')}, {self.promised} were promised"
        return f"waits {words.count(self.days, 'day')} of {self.promised} promised"


@dataclass(frozen=True)
class ModuleChoice:
    slug: str
    title: str
    number: int


@dataclass(frozen=True)
class Queue:
    """rows: those of the page. modules: with what waits in each. in_hand: reviews that the member may still use."""

    page: Page[Submission]
    rows: list[Waiting]
    modules: list[ModuleChoice]
    usual: str
    promised: int
    minutes: int
    in_hand: int


def queue(member: Member, *, module: str = "", number: str | None = None, now: datetime) -> Queue:
    """Oldest first; five queries, whatever waits. module: slug of one; an unknown one matches nothing."""
    waits = reviewing.reviewable(member)
    groups = waits.order_by("lab__module__order").values_list("lab__module__slug", "lab__module__title")
    modules = [ModuleChoice(*row) for row in groups.annotate(number=Count("pk"))]
    if module:
        waits = waits.filter(lab__module__slug=module)
    found = waits.select_related("member", "lab__module", "claim__by").order_by("waiting_since", "pk")
    page = Paginator(found, A_PAGE).get_page(number)
    rules = lab_rules()
    rows = [_waiting(row, member, rules.review_days, now) for row in page]
    return Queue(
        page, rows, modules, reviews.wait_in_words(reviews.usual_wait()),
        rules.review_days, rules.claim_minutes, reviews.reviews_in_hand(member),
    )  # fmt: skip


def _waiting(row: Submission, member: Member, promised: int, now: datetime) -> Waiting:
    claim = claim_on(row, now)
    return Waiting(row, (now - row.waiting_since).days, promised, claim, bool(claim and claim.by_id == member.pk))


def claim_on(submission: Submission, now: datetime) -> ReviewClaim | None:
    """The claim on it, while it holds."""
    claim: ReviewClaim | None = getattr(submission, "claim", None)
    return claim if claim and claim.until > now else None


@dataclass(frozen=True)
class ForMe:
    """What waits for a member in reviews: work they may look at now, and own work with changes asked."""

    to_review: int
    changes: int
    number: int | None
    title: str


def for_me(member: Member, *, now: datetime) -> ForMe:
    return answer(ask_for_me(member, now=now))


def ask_for_me(member: Member, *, now: datetime) -> Asks[ForMe]:
    """One round. Who takes a break is asked for no review; what somebody else looks at does not wait."""
    rests = member.paused_until is not None and member.paused_until >= now.date()
    free = Q(claim=None) | Q(claim__until__lte=now) | Q(claim__by=member)
    waits = Q(pk__in=[]) if rests else Q(pk__in=reviewing.reviewable(member).filter(free).values("pk"))
    own = Q(member=member, status=Submission.Status.CHANGES_ASKED)
    all_of_it = Submission.objects.filter(waits | own).order_by().values(one=Value(1))
    [rows] = yield [
        all_of_it.annotate(
            to_review=Count("pk", filter=waits), changes=Count("pk", filter=own), number=Min("pk", filter=own),
            title=Min("lab__title", filter=own),
        )
    ]  # fmt: skip
    found: Any = rows[0] if rows else {"to_review": 0, "changes": 0, "number": None, "title": ""}
    return ForMe(found["to_review"], found["changes"], found["number"], found["title"] or "")
