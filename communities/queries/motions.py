"""Who votes on a motion, how it stands, and the rule by which it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from communities.models import Community, Membership, Motion, MotionVote
from communities.models.groups import MembershipQuerySet
from communities.queries.charter import Change, changes_of
from communities.queries.people import membership_of
from cop.lib.figures import FEWEST_COUNTED
from members.models import Member


@dataclass(frozen=True)
class Tally:
    """The numbers of a motion. electorate: active members who may vote; needed: votes that the quorum asks for."""

    yes: int
    no: int
    electorate: int
    needed: int

    @property
    def votes(self) -> int:
        return self.yes + self.no

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.votes)

    @property
    def outcome(self) -> Motion.State:
        if self.missing:
            return Motion.State.NO_QUORUM
        return Motion.State.ACCEPTED if self.yes > self.no else Motion.State.REFUSED


@dataclass(frozen=True)
class Vote:
    """One row behind the result; members who are not in the directory stand there without a name."""

    row: MotionVote
    person: Member | None
    is_own: bool


@dataclass(frozen=True)
class MotionPage:
    motion: Motion
    changes: list[Change]
    tally: Tally
    votes: list[Vote]
    mine: MotionVote | None
    is_inside: bool
    may_vote: bool
    may_withdraw: bool

    @property
    def shows_numbers(self) -> bool:
        """Those outside see figures only about five votes or more."""
        return self.is_inside or self.tally.votes >= FEWEST_COUNTED


def electorate(motion: Motion) -> MembershipQuerySet:
    """The active memberships that were there when the motion opened. Who rests votes too, but is not waited for."""
    found: MembershipQuerySet = Membership.objects.filter(
        community=motion.community_id, joined_at__lte=motion.opened_at, member__is_active=True
    )
    return found.filter(status=Membership.Status.ACTIVE)


def votes_needed(active: int, percent: int) -> int:
    """The number of votes that is at least `percent` of `active` members; never fewer than one."""
    return max(1, -(-active * percent // 100))


def tally_of(motion: Motion, percent: int) -> Tally:
    """The votes of those who may vote, as they stand now; two queries."""
    voters = electorate(motion)
    active = voters.count()
    counts = motion.votes.filter(member__in=voters.values("member")).aggregate(
        in_favour=Count("pk", filter=Q(yes=True)), against=Count("pk", filter=Q(yes=False))
    )
    return Tally(counts["in_favour"], counts["against"], active, votes_needed(active, percent))


def page_of(motion: Motion, viewer: Member | None, percent: int) -> MotionPage:
    """Everything the page of one motion shows; names to members of the community only."""
    mine = membership_of(motion.community, viewer) if viewer else None
    is_open = motion.state == Motion.State.OPEN
    tally = tally_of(motion, percent)
    if not is_open:
        tally = Tally(motion.yes, motion.no, tally.electorate, motion.needed)
    votes = votes_of(motion, viewer) if viewer and (mine or viewer.is_staff) else []
    return MotionPage(
        motion=motion,
        changes=changes_of(motion.changes),
        tally=tally,
        votes=votes,
        mine=next((vote.row for vote in votes if vote.is_own), None),
        is_inside=bool(votes) or mine is not None or bool(viewer and viewer.is_staff),
        may_vote=is_open and mine is not None and mine.joined_at <= motion.opened_at,
        may_withdraw=is_open and viewer is not None and (viewer.is_staff or viewer.pk == motion.by_id),
    )


def votes_of(motion: Motion, viewer: Member) -> list[Vote]:
    rows = motion.votes.select_related("member").order_by("-at", "-pk")
    return [
        Vote(row, row.member if shown(row.member, viewer) else None, row.member_id == viewer.pk) for row in rows
    ]  # fmt: skip


def shown(member: Member, viewer: Member) -> bool:
    return member.pk == viewer.pk or (member.in_directory and member.is_active)


def motions_of(community: Community) -> list[Motion]:
    """Every motion, newest first."""
    return list(community.motions.select_related("by", "candidate"))


def open_for(member: Member, *, now: datetime | None = None) -> list[Motion]:
    """Open motions on which the member may vote and has not voted yet, soonest end first. One query."""
    return list(to_vote_on(member, now=now))


def to_vote_on(member: Member, *, now: datetime | None = None) -> QuerySet[Motion]:
    found = Motion.objects.filter(state=Motion.State.OPEN, closes_at__gt=now or timezone.now())
    belongs = Membership.objects.filter(
        member=member, community=OuterRef("community"), joined_at__lte=OuterRef("opened_at")
    )
    mine = found.exclude(votes__member=member).filter(Exists(belongs.current()))
    return mine.select_related("community").order_by("closes_at")
