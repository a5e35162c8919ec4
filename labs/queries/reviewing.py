"""Who may look at which work: Mentors, stewards of the module, and peers once they are asked; never who made it."""

from __future__ import annotations

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from labs.models import Submission, TeamMate
from members.models import LevelAward, Member, Notice
from members.queries.endorsing import VALIDATING_LEVEL
from modules.models import Module

Status = Submission.Status
KIND = "review-waits"


def keepers(member: Member) -> Q:
    """Submissions that the member may review by their level or as a steward of the module."""
    level = LevelAward.objects.filter(member=member, level=VALIDATING_LEVEL, revoked_at=None)
    stewards = Module.stewards.through.objects.filter(member_id=member.pk, module_id=OuterRef("lab__module"))
    return Q(Exists(level)) | Q(Exists(stewards))


def as_peer(member: Member) -> Q:
    """Submissions offered to peers, of labs of which the member had own work accepted."""
    passed = made_by(member).filter(lab=OuterRef("lab"), status=Status.ACCEPTED)
    return Q(offered_at__isnull=False) & Q(Exists(passed))


def made_by(member: Member) -> QuerySet[Submission]:
    """Work of the member, alone or in a team."""
    together = TeamMate.objects.filter(member=member).values("submission")
    return Submission.objects.filter(Q(member=member) | Q(pk__in=together))


def same_team(member: Member) -> Q:
    """Submissions by people with whom the member handed something in for the same lab; the own ones among them."""
    mates = TeamMate.objects.filter(submission=OuterRef(OuterRef("pk"))).values("member")
    shared = made_by(member).filter(lab=OuterRef("lab")).filter(
        Q(member=OuterRef("member")) | Q(member__in=mates)
        | Q(team__member=OuterRef("member")) | Q(team__member__in=mates)
    )  # fmt: skip
    return Q(Exists(shared))


def suits(member: Member) -> Q:
    """Submissions that the member may review, whatever their state."""
    return (keepers(member) | as_peer(member)) & ~same_team(member)


def reviewable(member: Member) -> QuerySet[Submission]:
    """Work that waits for a review that the member may give. One query, whatever there is."""
    return Submission.objects.filter(suits(member), status=Status.WAITING, member__is_active=True)


def may_review(submission: Submission, member: Member) -> bool:
    return Submission.objects.filter(suits(member), pk=submission.pk).exists()


def is_keeper(submission: Submission, member: Member) -> bool:
    return Submission.objects.filter(keepers(member), pk=submission.pk).exists()


def is_in_team(submission: Submission, member: Member) -> bool:
    """Whether the work is the member's own or their team's, or by somebody of their team for the same lab."""
    return Submission.objects.filter(same_team(member), pk=submission.pk).exists()


def team_of(submission: Submission) -> set[int]:
    """The numbers of all who are on one team with the people of the submission, for its lab; two queries."""
    people = {submission.member_id, *TeamMate.objects.filter(submission=submission).values_list("member", flat=True)}
    shared = Submission.objects.filter(lab=submission.lab_id).filter(Q(member__in=people) | Q(team__member__in=people))
    known = Submission.objects.filter(pk__in=shared.values("pk")).values_list("member", "team__member")
    return people | {number for row in known for number in row if number}


def to_ask(submission: Submission) -> QuerySet[Member]:
    """Who can be asked for a review at all: not the team, nobody who takes a break, nobody who was asked before.

    Those whose last review lies longest back come first."""
    asked = Notice.objects.filter(kind=KIND, key=key_of(submission)).values("member")
    free: QuerySet[Member] = Member.objects.active().exclude(pk__in=team_of(submission)).exclude(pk__in=asked)
    free = free.exclude(paused_until__gte=timezone.localdate()).annotate(last=Max("reviews_given__at"))
    return free.order_by(F("last").asc(nulls_first=True), "pk")


def stewards(submission: Submission) -> Q:
    kept = Module.stewards.through.objects.filter(module_id=submission.lab.module_id)
    return Q(pk__in=kept.values("member"))


def mentors() -> Q:
    held = LevelAward.objects.filter(level=VALIDATING_LEVEL, revoked_at=None)
    return Q(pk__in=held.values("member"))


def peers(submission: Submission) -> Q:
    """Members who had own work on the same lab accepted, alone or in a team."""
    passed = Submission.objects.filter(lab=submission.lab_id, status=Status.ACCEPTED)
    mates = TeamMate.objects.filter(submission__in=passed).values("member")
    return Q(pk__in=passed.values("member")) | Q(pk__in=mates)


def earlier_reviewers(submission: Submission) -> Q:
    return Q(pk__in=submission.reviews.values("by"))


def key_of(submission: Submission) -> str:
    """Names one round in the notices."""
    return f"submission:{submission.pk}:{submission.round}"
