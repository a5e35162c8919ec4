"""A newcomer's first post: writing it, answering it in time, and the duty that keeps the promise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from communities import rules
from communities.models import Community, DutyTurn, FirstPost
from communities.operations.membership import locked, wake
from communities.queries.charter import charter_of
from communities.queries.group_rules import group_rules
from communities.queries.newcomers import may_write, to_alert, waiting_posts
from communities.queries.people import carriers_to_ask, membership_of
from cop.lib import words
from cop.lib.errors import Refused
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify, notify_many

LONGEST_TURN = 31  # days
FURTHEST = timedelta(days=366)


@transaction.atomic
def write(community: Community, *, text: str, by: Member, now: datetime | None = None) -> FirstPost:
    """Write one's first post in a community. Whoever is on duty hears of it at once; where nobody is, those who lead.

    Refuses who is not new there (any more), a second post, and an empty one."""
    community, now = locked(community), now or timezone.now()
    mine, rule = membership_of(community, by), group_rules()
    if community.is_archived:
        raise Refused(f"“{community.name}” is closed. Nobody answers there any more.")
    if FirstPost.objects.filter(community=community, member=by).exists():
        raise Refused("You have written your first post here already.")
    if not may_write(mine, rule.newcomer_days, now):
        days = words.count(rule.newcomer_days, "day")
        raise Refused(f"This is for newcomers, in their first {days} in “{community.name}”.")
    if not text.strip():
        raise Refused("Write a question or a hello, one sentence is enough.")
    hours = charter_of(community).newcomer_hours
    post = FirstPost.objects.create(
        community=community,
        member=by,
        text=text.strip(),
        at=now,
        due_at=now + timedelta(hours=hours) if hours else None,
    )
    wake(community, by=by)
    ledger.record(
        "newcomer-wrote", by=by, kind="first-post", key=str(post.pk), title=f"First words in {community.name}",
        address=post.get_absolute_url(), community=community.slug,
    )  # fmt: skip
    _alert(post, to_alert(community, timezone.localdate(now)), "A newcomer wrote", stage="new")
    return post


@transaction.atomic
def answer(post: FirstPost, *, text: str, by: Member, now: datetime | None = None) -> FirstPost:
    """Answer a first post; the first answer wins, and the newcomer is told.

    Refuses who does not belong to the community, one's own post, an empty answer and, as a lost race, a post that has
    an answer."""
    post = FirstPost.objects.select_for_update(of=("self",)).select_related("community", "member").get(pk=post.pk)
    now = now or timezone.now()
    if membership_of(post.community, by) is None and not by.is_staff:
        raise Refused(f"The members of “{post.community.name}” answer here.")
    if post.member_id == by.pk:
        raise Refused("Somebody else answers your first post.")
    if post.answered_at:
        raise Refused("Somebody answered a moment ago. Your words are still in the field below.", lost_race=True)
    if not text.strip():
        raise Refused("Write an answer first.")
    post.answer, post.answered_by, post.answered_at = text.strip(), by, now
    post.save(update_fields=["answer", "answered_by", "answered_at"])
    wake(post.community, by=by)
    ledger.record(
        "newcomer-answered", by=by, kind="first-post", key=str(post.pk), title=f"A newcomer in {post.community.name}",
        address=post.get_absolute_url(), other=post.member, community=post.community.slug,
    )  # fmt: skip
    notify(
        post.member, "first-answer", title=f"You have an answer in {post.community.name}", text=post.answer,
        address=post.get_absolute_url(), key=f"answered:{post.pk}",
    )  # fmt: skip
    return post


def escalate(*, now: datetime | None = None) -> dict[str, int]:
    """Remind those on duty when half of the time is over, and tell those who lead when all of it is.

    Each post once for each; repeating changes nothing."""
    now = now or timezone.now()
    counts = {"reminded": 0, "escalated": 0}
    for post in waiting_posts(now).filter(escalated_at=None):
        outcome = _escalate(post, now)
        if outcome:
            counts[outcome] += 1
    return counts


@transaction.atomic
def _escalate(post: FirstPost, now: datetime) -> str:
    row = FirstPost.objects.select_for_update(skip_locked=True).filter(pk=post.pk, answered_at=None).first()
    if row is None or row.due_at is None or row.escalated_at:
        return ""
    today = timezone.localdate(now)
    if now >= row.due_at:
        row.escalated_at = now
        row.save(update_fields=["escalated_at"])
        _alert(post, carriers_to_ask(post.community, today=today), "A newcomer waits too long", stage="late")
        return "escalated"
    if row.reminded_at is None and now >= row.at + (row.due_at - row.at) / 2:
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        _alert(post, to_alert(post.community, today), "A newcomer still waits", stage="half")
        return "reminded"
    return ""


@transaction.atomic
def take_turn(
    community: Community, *, member: Member, first_day: date, last_day: date, by: Member, today: date | None = None
) -> DutyTurn:
    """Put a member on duty for some days, both included. Members do so for themselves, those who lead for everybody.

    Refuses who is not in the community, days in the past or too many, days on which the member paused, and days that
    they have already."""
    community, today = locked(community), today or timezone.localdate()
    own = membership_of(community, by)
    if membership_of(community, member) is None:
        raise Refused(f"{member.name} does not belong to “{community.name}”.")
    if member.pk != by.pk and not rules.may_look_after(own, by):
        raise Refused("Those who lead plan the turns of others. You can take one yourself.")
    _refuse_days(member, first_day, last_day, today)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # two plans for one person wait for each other
    if DutyTurn.objects.filter(
        community=community, member=member, first_day__lte=last_day, last_day__gte=first_day
    ).exists():
        raise Refused(f"{member.name} is on duty on some of these days already.")
    turn = DutyTurn.objects.create(community=community, member=member, first_day=first_day, last_day=last_day)
    if member.pk != by.pk:
        _tell_turn(turn, f"You are on duty in {community.name} from {first_day:%-d %B}")
    return turn


@transaction.atomic
def leave_turn(turn: DutyTurn, *, by: Member) -> None:
    """Give a turn back, or take it from somebody as a lead. Those who lead are told when days become free by it."""
    community = locked(turn.community)
    if turn.member_id != by.pk and not rules.may_look_after(membership_of(community, by), by):
        raise Refused("Those who lead change the turns of others.")
    if turn.member_id == by.pk:
        leads = {one.pk for one in carriers_to_ask(community)} - {by.pk}
        notify_many(
            leads, "duty", title=f"A duty in {community.name} is free from {turn.first_day:%-d %B}",
            text="Somebody gave their turn back.", address=f"{community.get_absolute_url()}duty/",
            key=f"duty-free:{turn.pk}",
        )  # fmt: skip
    DutyTurn.objects.filter(pk=turn.pk).delete()


def tell_of_turns(*, today: date | None = None) -> dict[str, int]:
    """Remind everybody whose turn begins tomorrow; for once a day."""
    tomorrow = (today or timezone.localdate()) + timedelta(days=1)
    turns = DutyTurn.objects.filter(first_day=tomorrow, community__is_archived=False, member__is_active=True)
    told = 0
    for turn in turns.select_related("community", "member").order_by("pk"):
        if turn.member.paused_until is None or turn.member.paused_until < tomorrow:
            told += bool(_tell_turn(turn, f"Your duty in {turn.community.name} begins tomorrow"))
    return {"told": told}


def _refuse_days(member: Member, first_day: date, last_day: date, today: date) -> None:
    if first_day < today or first_day > today + FURTHEST:
        raise Refused("Choose days from today on, at most a year ahead.")
    if last_day < first_day:
        raise Refused("The last day must not lie before the first.")
    if (last_day - first_day).days >= LONGEST_TURN:
        raise Refused(f"A turn has at most {LONGEST_TURN} days, so that nobody carries too much.")
    if member.paused_until and member.paused_until >= first_day:
        raise Refused(f"{member.name} cannot be asked until {member.paused_until:%-d %B}. Choose later days.")


def _tell_turn(turn: DutyTurn, title: str) -> object:
    days = f"Until {turn.last_day:%-d %B}: " if turn.last_day > turn.first_day else ""
    return notify(
        turn.member, "duty", title=title, key=f"duty:{turn.pk}:{title}"[:160],
        text=f"{days}When a newcomer writes, you get a notice at once. If it does not suit, give the turn back there.",
        address=f"{turn.community.get_absolute_url()}duty/",
    )  # fmt: skip


def _alert(post: FirstPost, told: Iterable[Member], title: str, *, stage: str) -> None:
    due = f" The promise ends on {words.day_and_clock(post.due_at)}." if post.due_at else ""
    notify_many(
        {one.pk for one in told} - {post.member_id}, "newcomer-waits", title=f"{title} in {post.community.name}",
        text=f"{post.text[:400]}\n\nOne friendly sentence is enough.{due}", address=post.get_absolute_url(),
        key=f"first-post:{post.pk}:{stage}",
    )  # fmt: skip
