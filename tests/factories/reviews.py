"""Work that was handed in and reviewed: by the operations, or as rows where only what waits counts."""

from datetime import timedelta

from django.utils import timezone

from cop.lib.markdown import render
from labs.models import HandIn, Lab, LabRun, Review, Submission, TeamMate
from labs.operations import reviewing, submissions
from labs.rubric import criteria
from members.models import Member
from tests.factories.members import MemberFactory, add_verbs
from tests.factories.skills import make_mentor


def finished_run(made: Lab, member: Member, **fields) -> LabRun:
    now = timezone.now()
    times = {"started_at": now - timedelta(hours=1), "finished_at": now}
    return LabRun.objects.create(lab=made, member=member, **times | fields)


def handed_in(made: Lab, member: Member, **fields) -> Submission:
    """Work of somebody who has finished the lab, handed in by the operation."""
    if not LabRun.objects.filter(lab=made, member=member).exists():
        finished_run(made, member)
    words = {"link": "https://code.example.org/mine", "reflection": "Redacting is harder than it looks."}
    return submissions.hand_in(made, by=member, **words | fields)


def waiting(made: Lab, member: Member, *, team=(), text="", is_shown=False) -> Submission:
    """Work in its first round that nobody was told of; `handed_in` is the operation."""
    run = finished_run(made, member)
    work = Submission.objects.create(lab=made, member=member, is_shown=is_shown, waiting_since=run.finished_at)
    words = {"link": "https://code.example.org/mine", "text": text, "reflection": "Redacting is harder than it looks."}
    HandIn.objects.create(submission=work, html=render(text).html, at=run.finished_at, **words)
    TeamMate.objects.bulk_create(TeamMate(submission=work, member=mate) for mate in team)
    return work


def mentor(**fields) -> Member:
    member = MemberFactory(**fields)
    make_mentor(member)
    return member


def reviewed(work: Submission, by: Member, *, decision="accepted", score=2, comment="It works.", **fields) -> Review:
    """A review with the same mark for each criterion."""
    scores = {one.name: score for one in criteria(work.lab.rubric)}
    return reviewing.review(
        work, by=by, of_round=work.round, scores=scores, comment=comment, decision=decision, **fields
    )  # fmt: skip


def review_verbs() -> None:
    add_verbs({"work-accepted": 3})
    add_verbs({"review-given": 3}, kind="interaction")
