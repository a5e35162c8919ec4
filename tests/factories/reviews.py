"""Work that was handed in and reviewed, made by the operations."""

from datetime import timedelta

from django.utils import timezone

from labs.models import Lab, LabRun, Review, Submission
from labs.operations import reviewing, submissions
from labs.rubric import criteria
from members.models import Member
from tests.factories.members import MemberFactory, VerbFactory
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
    VerbFactory(slug="work-accepted", points=3)
    VerbFactory(slug="review-given", kind="interaction", points=3)
