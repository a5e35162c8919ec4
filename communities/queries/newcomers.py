"""First posts of newcomers, who is on duty for them, and how often the promise to them was kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from communities import rules
from communities.models import Community, DutyTurn, FirstPost, Membership
from communities.queries.charter import charter_of
from communities.queries.group_rules import group_rules
from communities.queries.motions import shown
from communities.queries.people import Viewer, carriers_to_ask, membership_of, not_paused
from cop.lib.figures import FEWEST_COUNTED
from members.models import Member

SHOWN = 3  # answered posts on the community's page
AHEAD = timedelta(weeks=4)


class Median(Aggregate):
    """The value in the middle, between two values where their number is even."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Promise:
    """What a community promises to newcomers, and how often that was kept."""

    hours: int | None
    days: int
    kept: int
    due: int
    median: timedelta | None

    @property
    def is_counted(self) -> bool:
        return self.due >= FEWEST_COUNTED

    @property
    def median_minutes(self) -> int | None:
        return round(self.median.total_seconds() / 60) if self.median is not None else None


@dataclass(frozen=True)
class Post:
    """A first post as one viewer sees it; members who are not in the directory stand there without a name."""

    row: FirstPost
    author: Member | None
    answerer: Member | None
    is_own: bool
    is_overdue: bool


@dataclass(frozen=True)
class Corner:
    """The newcomers' part of a community's page."""

    promise: Promise
    may_write: bool
    new_until: datetime | None
    waiting: list[Post]
    answered: list[Post]
    on_duty: list[Member]
    is_inside: bool

    @property
    def has_something(self) -> bool:
        return bool(self.promise.hours or self.may_write or self.waiting or self.answered)


@dataclass(frozen=True)
class Turn:
    row: DutyTurn
    person: Member | None
    is_own: bool
    is_now: bool


@dataclass(frozen=True)
class Roster:
    turns: list[Turn]
    free: list[tuple[date, date]]
    last_day: date


def corner_of(
    community: Community, viewer: Viewer, *, every: bool = False, now: datetime | None = None
) -> Corner | None:
    """What the page shows about newcomers; None where nothing is promised and the viewer is outside.

    every: also answered posts of long ago."""
    now = now or timezone.now()
    mine = membership_of(community, viewer)
    is_inside = mine is not None or (isinstance(viewer, Member) and viewer.is_staff)
    if not is_inside and not charter_of(community).newcomer_hours:
        return None
    rule = group_rules()
    posts = posts_of(community, viewer, now=now, every=every) if is_inside and isinstance(viewer, Member) else []
    until = new_until(mine, rule.newcomer_days)
    return Corner(
        promise=promise_of(community, days=rule.promise_days, now=now),
        may_write=not community.is_archived and may_write(mine, rule.newcomer_days, now),
        new_until=until,
        waiting=[post for post in posts if not post.row.answered_at],
        answered=[post for post in posts if post.row.answered_at],
        on_duty=on_duty(community, timezone.localdate(now)) if is_inside else [],
        is_inside=is_inside,
    )


def new_until(mine: Membership | None, days: int) -> datetime | None:
    return mine.joined_at + timedelta(days=days) if mine else None


def may_write(mine: Membership | None, days: int, now: datetime) -> bool:
    """Newcomers write one first post; those who lead need none."""
    until = new_until(mine, days)
    if mine is None or until is None or now >= until or rules.carries(mine):
        return False
    return not FirstPost.objects.filter(community=mine.community_id, member=mine.member_id).exists()


def posts_of(community: Community, viewer: Member, *, now: datetime, every: bool = False) -> list[Post]:
    """Those that wait, longest first, then the last answered ones; two queries."""
    found = visible_posts(community).select_related("member", "answered_by", "community")
    waiting = found.filter(answered_at=None).order_by("at", "pk")
    answered = found.exclude(answered_at=None).order_by("-answered_at", "-pk")
    rows = [*waiting, *answered[: 50 if every else SHOWN]]
    return [post_for(row, viewer, now) for row in rows]


def visible_posts(community: Community) -> QuerySet[FirstPost]:
    """Answered posts, and waiting ones of people who are still here."""
    return FirstPost.objects.filter(community=community).filter(
        Q(answered_at__isnull=False) | Q(member__is_active=True)
    )


def post_for(row: FirstPost, viewer: Member, now: datetime) -> Post:
    answerer = row.answered_by
    return Post(
        row=row,
        author=row.member if shown(row.member, viewer) else None,
        answerer=answerer if answerer and shown(answerer, viewer) else None,
        is_own=row.member_id == viewer.pk,
        is_overdue=row.answered_at is None and row.due_at is not None and now > row.due_at,
    )


def waiting_posts(now: datetime) -> QuerySet[FirstPost]:
    """Posts in open communities that nobody has answered, of people who are still here and still in it."""
    gone = Membership.objects.filter(status=Membership.Status.LEFT)
    return (
        FirstPost.objects.filter(
            answered_at=None, due_at__isnull=False, at__lte=now, member__is_active=True, community__is_archived=False
        )
        .exclude(member__memberships__in=gone.filter(community=F("community")))
        .select_related("community", "member")
        .order_by("due_at", "pk")
    )


def promise_of(community: Community, *, days: int, now: datetime) -> Promise:
    """How the promise was kept in the last days: posts that were due or answered by now; one query.

    A post counts as kept when it was answered until the moment that was promised when it was written."""
    since = now - timedelta(days=days)
    due = Q(due_at__isnull=False) & (Q(answered_at__isnull=False) | Q(due_at__lte=now))
    took = ExpressionWrapper(F("answered_at") - F("at"), output_field=DurationField())
    counts: Any = FirstPost.objects.filter(community=community, at__gt=since, at__lte=now).aggregate(
        due=Count("pk", filter=due),
        kept=Count("pk", filter=Q(answered_at__lte=F("due_at"))),
        median=Median(took, filter=Q(answered_at__isnull=False)),
    )
    return Promise(charter_of(community).newcomer_hours, days, counts["kept"], counts["due"], counts["median"])


def promise_now(community: Community, *, now: datetime | None = None) -> Promise:
    return promise_of(community, days=group_rules().promise_days, now=now or timezone.now())


def on_duty(community: Community, day: date) -> list[Member]:
    """Who looks after newcomers on that day, but for those who paused or left meanwhile."""
    turns = DutyTurn.objects.filter(community=community, first_day__lte=day, last_day__gte=day)
    inside = Membership.objects.filter(community=community).current()
    return list(not_paused(day).filter(duty_turns__in=turns, memberships__in=inside).distinct().order_by("name", "pk"))


def to_alert(community: Community, day: date) -> list[Member]:
    """Those on duty; where nobody is, those who lead, and at last the organizers."""
    return on_duty(community, day) or carriers_to_ask(community, today=day)


def roster_of(community: Community, viewer: Member, *, today: date) -> Roster:
    """The turns of this day and later, and the days of the next four weeks on which nobody is on duty; two queries."""
    inside = Membership.objects.filter(community=community).current().values("member")
    rows = list(
        DutyTurn.objects.filter(community=community, last_day__gte=today, member__is_active=True, member__in=inside)
        .select_related("member").order_by("first_day", "pk")
    )  # fmt: skip
    turns = [
        Turn(row, row.member if shown(row.member, viewer) else None, row.member_id == viewer.pk, row.first_day <= today)
        for row in rows
    ]
    last = today + AHEAD - timedelta(days=1)
    return Roster(turns, spans(free_days(rows, today, last)), last)


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days in order as runs of neighbours: the first and the last of each."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def free_days(turns: Iterable[DutyTurn], first: date, last: date) -> list[date]:
    """The days from first to last, both included, that lie in no turn."""
    taken = [(turn.first_day, turn.last_day) for turn in turns]
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if not any(begin <= day <= end for begin, end in taken)]
