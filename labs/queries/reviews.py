"""Work that was handed in, as its member sees it: where it stands, what was said of it, how long answers take."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cop.lib import words
from labs import rubric
from labs.models import HandIn, Lab, LabRun, Review, Submission
from labs.queries import reviewing
from labs.queries.rules import lab_rules
from members.models import Member

LAST, FEWEST = 20, 5  # decided rounds behind the published wait, and from how many on it is published
Status = Submission.Status
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def usual_wait() -> timedelta | None:
    """The median wait of the last twenty rounds that were decided; None while there are fewer than five. One query."""
    rounds = Review.objects.filter(submission__rounds__round=F("round")).order_by("-at", "-pk")
    moments = rounds.values_list("at", "submission__rounds__at")[:LAST]
    waits = [(at - handed_in).total_seconds() for at, handed_in in moments]
    return timedelta(seconds=median(waits)) if len(waits) >= FEWEST else None


def wait_in_words(wait: timedelta | None) -> str:
    """For instance `in 2 days`; rounded up, so that it promises nothing too early. Empty where nothing is known."""
    if wait is None:
        return ""
    if wait <= DAY:
        return f"in {words.count(max(1, math.ceil(wait / HOUR)), 'hour')}"
    return f"in {words.count(math.ceil(wait / DAY), 'day')}"


@dataclass(frozen=True)
class HandInStanding:
    """What a lab says about one member's work.

    state: not-finished, open, waiting, changes-asked or accepted. number: of the submission, where there is one.
    before: how many wait longer. usual: the published wait, in words. solutions: of others, to be seen.
    """

    state: str
    lab: Lab
    promised: int
    number: int = 0
    before: int = 0
    waiting_since: datetime | None = None
    is_looked_at: bool = False
    usual: str = ""
    review: Review | None = None
    solutions: int = 0
    taken_back: bool = False

    @property
    def asks(self) -> bool:
        """Whether handing in, for the first time or again, is what the member can do now."""
        return self.state in {"open", Status.CHANGES_ASKED}

    @property
    def marks(self) -> list[rubric.Mark]:
        return rubric.marks(self.review.scores, self.lab.rubric) if self.review else []


def hand_in_of(lab: Lab, member: Member | None, *, now: datetime | None = None) -> HandInStanding | None:
    """Where a member stands with handing in; None for visitors. Two queries."""
    if member is None:
        return None
    found: Any = _run_with_work(lab, member, now or timezone.now())
    promised = lab_rules().review_days
    if found is None or found["finished_at"] is None:
        return HandInStanding("not-finished", lab, promised, usual=wait_in_words(usual_wait()))
    state, number = found["work__status"], found["work__pk"] or 0
    if state in (None, Status.WITHDRAWN):
        usual = wait_in_words(usual_wait())
        return HandInStanding("open", lab, promised, number, usual=usual, taken_back=bool(state))
    if state == Status.WAITING:
        return HandInStanding(
            state, lab, promised, number, found["before"], found["work__waiting_since"], found["looked_at"],
            wait_in_words(usual_wait()),
        )  # fmt: skip
    last = Review.objects.filter(submission=number).select_related("by").order_by("-round").first()
    return HandInStanding(state, lab, promised, number, review=last, solutions=found["solutions"])


def _run_with_work(lab: Lab, member: Member, now: datetime) -> Any:
    longer = Submission.objects.filter(status=Status.WAITING, member__is_active=True).filter(
        Q(waiting_since__lt=OuterRef("work__waiting_since"))
        | Q(waiting_since=OuterRef("work__waiting_since"), pk__lt=OuterRef("work__pk"))
    )  # fmt: skip
    rows = LabRun.objects.filter(lab=lab, member=member).annotate(
        work=FilteredRelation("lab__submissions", condition=Q(lab__submissions__member=member)),
        before=_counted(longer),
        looked_at=Exists(Submission.objects.filter(pk=OuterRef("work__pk"), claim__until__gt=now)),
        solutions=_counted(solutions(lab, member)),
    )  # fmt: skip
    columns = (
        "finished_at", "work__pk", "work__status", "work__waiting_since", "before", "looked_at", "solutions"
    )  # fmt: skip
    return next(iter(rows.values(*columns)), None)


def _counted(rows: QuerySet[Any]) -> Coalesce:
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(one), 0)


def solutions(lab: Lab, member: Member) -> QuerySet[Submission]:
    """Accepted work of others that they show to members."""
    shown = Submission.objects.filter(lab=lab, status=Status.ACCEPTED, is_shown=True, member__is_active=True)
    return shown.exclude(member=member).order_by("-decided_at", "-pk")


def accepted_of(member: Member) -> QuerySet[Submission]:
    """Work of the member that was accepted, alone or in a team, the newest first."""
    mine = reviewing.made_by(member).filter(status=Status.ACCEPTED)
    return mine.select_related("lab__module").order_by("-decided_at", "-pk")


def has_passed(lab: Lab, member: Member) -> bool:
    return accepted_of(member).filter(lab=lab).exists()


def reviews_in_hand(member: Member) -> int:
    """Reviews that the member gave, less those they used to have peers asked at once. One query."""
    used = HandIn.objects.filter(submission__member=member, peers_asked_at__isnull=False)
    given = Review.objects.filter(by=member)
    counts = Member.objects.filter(pk=member.pk).annotate(given=_counted(given), used=_counted(used))
    ((has_given, has_used),) = counts.values_list("given", "used")
    return max(0, int(has_given) - int(has_used))


def visible_to(viewer: Member) -> QuerySet[Submission]:
    """Own work and that of one's teams; what one may review, or has reviewed; what is accepted and shown to members."""
    own = Q(pk__in=reviewing.made_by(viewer).values("pk"))
    shown = Q(status=Status.ACCEPTED, is_shown=True, member__is_active=True)
    looks = (reviewing.suits(viewer) | Q(reviews__by=viewer)) & ~Q(status=Status.WITHDRAWN)
    seen = Submission.objects.filter(own | shown | looks).distinct()
    return seen.select_related("lab__module", "member")


def own_list(member: Member) -> QuerySet[Submission]:
    """Everything that the member handed in, alone or in a team; what needs them first."""
    mine = reviewing.made_by(member).select_related("lab__module", "member")
    return mine.annotate(needs=Q(status=Status.CHANGES_ASKED, member=member)).order_by(
        "-needs", "-waiting_since", "-pk"
    )


@dataclass(frozen=True)
class Round:
    """One round with what was said of it."""

    words: HandIn
    review: Review | None
    marks: list[rubric.Mark] = field(default_factory=list)


def rounds(submission: Submission) -> list[Round]:
    """All rounds, the newest first; two queries."""
    said = {review.round: review for review in submission.reviews.select_related("by")}
    return [
        Round(one, said.get(one.round), _marks(said.get(one.round), submission.lab))
        for one in submission.rounds.order_by("-round")
    ]


def _marks(review: Review | None, lab: Lab) -> list[rubric.Mark]:
    return rubric.marks(review.scores, lab.rubric) if review else []


def team(submission: Submission) -> list[Member]:
    return list(Member.objects.filter(worked_on__submission=submission).order_by("name", "pk"))


def place_of(submission: Submission) -> int:
    """How many pieces of work wait longer than this one."""
    longer = Submission.objects.filter(status=Status.WAITING, member__is_active=True)
    return longer.filter(
        Q(waiting_since__lt=submission.waiting_since) | Q(waiting_since=submission.waiting_since, pk__lt=submission.pk)
    ).count()
