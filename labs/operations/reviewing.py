"""Looking at work: a claim for half an hour, then a decision by the rubric with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cop.lib import words
from cop.lib.errors import Refused
from cop.lib.markdown import render
from labs import rubric
from labs.models import Review, ReviewClaim, Submission
from labs.operations import certificates
from labs.operations.submissions import hold
from labs.queries import reviewing
from labs.queries.rules import lab_rules
from members.audience import name_for
from members.models import Member
from members.operations import expertise, ledger
from members.operations.notices import notify

LONGEST_COMMENT = 4000
Status, Decision = Submission.Status, Review.Decision


@transaction.atomic
def claim(submission: Submission, *, by: Member, now: datetime | None = None) -> ReviewClaim:
    """Keep work for oneself while one looks at it; it ends by itself. Claiming again extends it.

    Refused: who may not review it, work that does not wait, work that somebody else is looking at (a lost race), and a
    second piece of work beside one that is claimed."""
    now = now or timezone.now()
    locked = hold(submission)
    _check_reviewer(locked, by)
    _check_waiting(locked)
    # One piece of work at a time, also from two windows. Members are locked behind the work everywhere.
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    other = claim_of_others(locked, by, now)
    if other:
        raise Refused(_taken(other, by), lost_race=True)
    busy = ReviewClaim.objects.filter(by=by, until__gt=now).exclude(submission=locked).select_related("submission__lab")
    if first := busy.first():
        raise Refused(f"You are looking at work for “{first.submission.lab.title}”. Decide it or let it go first.")
    until = now + timedelta(minutes=lab_rules().claim_minutes)
    held, _ = ReviewClaim.objects.update_or_create(submission=locked, defaults={"by": by, "until": until})
    return held


@transaction.atomic
def release(submission: Submission, *, by: Member) -> None:
    """Let work go that one claimed, so that others may look at it at once. Repeating changes nothing."""
    locked = hold(submission)
    ReviewClaim.objects.filter(submission=locked, by=by).delete()


@transaction.atomic
def review(
    submission: Submission, *, by: Member, of_round: int, scores: Mapping[str, int], comment: str, decision: str,
    now: datetime | None = None,
) -> Review:  # fmt: skip
    """Decide one round. Accepted work goes into the ledger for all who made it, the review for who gave it.

    scores: by the names of the lab's rubric, 0 to 3. A claim that ran out does no harm while nobody else looks at it.
    Refused: who may not review it, marks outside the rubric, no comment, accepting what is not there yet; as lost races
    an older round, work that does not wait any more, and work that somebody else is looking at.
    """
    now = now or timezone.now()
    locked = hold(submission)
    _check_reviewer(locked, by)
    _check_round(locked, of_round)
    other = claim_of_others(locked, by, now)
    if other:
        raise Refused(_taken(other, by), lost_race=True)
    comment = comment.replace("\r\n", "\n").strip()
    _check_words(locked, scores, comment, decision)
    made = Review.objects.create(
        submission=locked, round=of_round, by=by, scores=dict(scores), comment=comment, html=render(comment).html,
        decision=decision, as_peer=not reviewing.is_keeper(locked, by), at=now,
    )  # fmt: skip
    locked.status, locked.decided_at = Status(decision), now
    locked.save(update_fields=["status", "decided_at"])
    ReviewClaim.objects.filter(submission=locked).delete()
    _record(locked, made)
    _tell(locked, made)
    if made.decision == Decision.ACCEPTED:
        for maker in _makers(locked):
            certificates.award_due(maker, now=now)
    return made


def claim_of_others(submission: Submission, by: Member, now: datetime) -> ReviewClaim | None:
    claims = ReviewClaim.objects.filter(submission=submission, until__gt=now).exclude(by=by)
    return claims.select_related("by").first()


def _taken(claim: ReviewClaim, by: Member) -> str:
    return f"{name_for(claim.by, by)} is looking at it until {words.clock(claim.until)}. Take another one."


def _check_reviewer(submission: Submission, by: Member) -> None:
    if reviewing.is_in_team(submission, by):
        raise Refused("Nobody reviews their own work or that of their team. Somebody else will.")
    if not reviewing.may_review(submission, by):
        raise Refused("Mentors and the stewards of the module review this, and peers once they are asked.")


def _check_waiting(submission: Submission) -> None:
    said = {
        Status.WITHDRAWN: "Its author has taken this work back.",
        Status.ACCEPTED: "This work is accepted already.",
        Status.CHANGES_ASKED: "Changes are asked already; its author works on them.",
    }
    if submission.status != Status.WAITING:
        raise Refused(said[Status(submission.status)], lost_race=True)


def _check_round(submission: Submission, of_round: int) -> None:
    if submission.status == Status.WAITING and submission.round != of_round:
        raise Refused("Its author has handed in anew meanwhile. Look at the newest round.", lost_race=True)
    _check_waiting(submission)


def _check_words(submission: Submission, scores: Mapping[str, int], comment: str, decision: str) -> None:
    if wrong := rubric.faults(scores, submission.lab.rubric):
        raise Refused(" ".join(wrong))
    if not comment:
        raise Refused("Write why: what is good, and what would make it better.")
    if len(comment) > LONGEST_COMMENT:
        raise Refused(f"The comment has {len(comment):,} characters and {LONGEST_COMMENT:,} fit. Shorten it.")
    if decision not in Decision.values:
        raise Refused("Choose whether you accept it or ask for changes.")
    if decision == Decision.ACCEPTED and (left := rubric.not_yet(scores)):
        raise Refused(f"“{left[0]}” is not there yet, so ask for changes. Accepted work meets every criterion in part.")


def _record(submission: Submission, made: Review) -> None:
    """The review counts once for each piece of work, however many rounds it took, and whatever was decided."""
    _write("review-given", submission, made, by=made.by, other=submission.member)
    people = [made.by]
    if made.decision == Decision.ACCEPTED:
        makers = _makers(submission)
        for maker in makers:
            _write("work-accepted", submission, made, by=maker, other=made.by)
        people += makers
    expertise.recompute([one.pk for one in people])


def _write(verb: str, submission: Submission, made: Review, *, by: Member, other: Member) -> None:
    """Work is accepted once for each lab and member, so a team's and an own piece of it count once."""
    lab, is_review = submission.lab, verb == "review-given"
    ledger.record(
        verb, by=by, kind="submission" if is_review else "lab", key=str(submission.pk) if is_review else lab.slug,
        title=lab.title, address=lab.get_absolute_url(), topic=lab.module.slug, other=other, at=made.at,
    )  # fmt: skip


def _makers(submission: Submission) -> list[Member]:
    """In one order everywhere, because each of them is locked when a certificate is due."""
    makers = [submission.member, *Member.objects.filter(worked_on__submission=submission)]
    return sorted(makers, key=lambda maker: maker.pk)


def _tell(submission: Submission, made: Review) -> None:
    title = f"Your work on “{submission.lab.title}” is accepted"
    if made.decision == Decision.CHANGES_ASKED:
        title = f"Changes asked for your work on “{submission.lab.title}”"
    for one in _makers(submission):
        notify(
            one, "review-given", title=title, text=f"{name_for(made.by, one)}: {made.comment}",
            address=submission.get_absolute_url(), key=f"review:{made.pk}",
        )  # fmt: skip
