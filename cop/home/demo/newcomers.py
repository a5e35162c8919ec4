"""First words of newcomers in the communities, the answers they had, and who is on duty for the next ones."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.utils import timezone

from communities.models import Charter, Community, DutyTurn, FirstPost, Membership
from cop.home.demo.learning import Diary
from members.models import Member

BATCH = 2000
MOST_POSTS = 400  # in one community
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Role = Membership.Role
# First words of newcomers, and what a member answered.
WORDS = [
    ("Hello. I keep two clusters running in a hospital. What do you do when a vendor says its AI needs admin rights?",
     "Welcome. Begin with what it may read, not with what it may do: a read-only account for a week told us enough."),
    ("I am new and write no code. Which lab shows most without a terminal?",
     "Welcome. “Map your use case” needs a pen and half an hour, and you can show the result to your manager."),
    ("We have 900 alerts a day. Did anybody get that below 50 without missing the one that counts?",
     "We grouped them by what was done about them last time. Half had never led to anything, so we began there."),
    ("Hello from the night shift. Is there somebody in another time zone to compare notes with?",
     "You are not alone: two of us are seven hours behind you. The directory has a filter for overlapping hours."),
    ("Which small model reads log lines well enough on a laptop without a graphics card?",
     "Three billion parameters are enough for sorting. The lab on a first local model has the numbers."),
    ("Our lawyers ask where the prompts go. Has anybody a page that answered that for good?",
     "We wrote one page with a drawing. Change the names and it is yours; I bring it to the next call."),
    ("I lead a team of five and want to try one thing this month. What was your first?",
     "One runbook, read aloud to a model, and the question what is missing. It cost an hour and found two gaps."),
    ("Can I try the search lab with our own documents without copying them anywhere?",
     "Yes, it runs on your machine from the second step on. Take twenty documents first, not two thousand."),
    ("Hello. I am between two jobs and would like to help with something small.",
     "Good to have you. Read one lab as if you knew nothing and tell us where you stopped. That is the best help."),
    ("How do you review a playbook that a model wrote? Line by line, or by running it somewhere first?",
     "Line by line, then on a machine that may break. What we cannot explain does not get in."),
]  # fmt: skip
# Those who take turns of a week, the first from this week on; a gap stays for whoever wants to take it.
TURNS = {
    "devops-platform": ("adrian", "bart", "", "adrian"), "sre-observability": ("sayed", "", "bart", "sayed"),
    "data-science-ml": ("kim", "maria", "kim", ""), "software-engineering": ("adrian", "leo", "", ""),
    "oss-contributors": ("sayed", "adrian", "sayed", "adrian"),
}  # fmt: skip


def make_newcomers(people: list[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Everything in bulk; the same chance gives the same life."""
    make_first_posts(diary, chance=chance, now=now)
    make_duty({one.handle: one for one in people}, now=now)


def make_first_posts(diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Newcomers of the last hundred days: most had an answer in time, one still waits in each community."""
    answerers = _answerers()
    rows: list[FirstPost] = []
    promises = Charter.objects.filter(newcomer_hours__isnull=False, community__kind=Community.Kind.TARGET)
    for charter in promises.select_related("community").order_by("community__order"):
        community, hours = charter.community, charter.newcomer_hours or 24
        came = Membership.objects.filter(community=community, joined_at__gt=now - 100 * DAY, role=Role.MEMBER)
        newest = list(came.select_related("member").order_by("-joined_at", "pk")[:MOST_POSTS])
        for n, mine in enumerate(newest):
            if n and chance.random() < 0.3:
                continue
            at = max(mine.joined_at + HOUR, now - 5 * HOUR) if n == 0 else mine.joined_at + chance.random() * 2 * DAY
            words = WORDS[(n + community.pk) % len(WORDS)]
            post = FirstPost(
                community=community, member=mine.member, text=words[0], at=min(at, now - HOUR),
                due_at=min(at, now - HOUR) + hours * HOUR,
            )  # fmt: skip
            helpers = [one for one in answerers.get(community.pk, []) if one != mine.member]
            if n and helpers:
                _answer(post, words[1], by=chance.choice(helpers), hours=hours, chance=chance, now=now)
            rows.append(post)
    FirstPost.objects.bulk_create(rows, batch_size=BATCH)
    for post in rows:
        _note(post, diary)


def _answerers() -> dict[int, list[Member]]:
    """Who carries each community."""
    found: dict[int, list[Member]] = {}
    carriers = Membership.objects.exclude(role=Role.MEMBER).select_related("member").order_by("pk")
    for mine in carriers:
        found.setdefault(mine.community_id, []).append(mine.member)
    return found


def _answer(post: FirstPost, answer: str, *, by: Member, hours: int, chance: random.Random, now: datetime) -> None:
    took = hours * (1.2 if chance.random() < 0.07 else 0.03 + 0.5 * chance.random() ** 2)
    at = post.at + took * HOUR
    if at < now:
        post.answer, post.answered_by, post.answered_at = answer, by, at
        post.escalated_at = post.due_at if post.due_at and at > post.due_at else None


def _note(post: FirstPost, diary: Diary) -> None:
    community, address = post.community, post.get_absolute_url()
    title = f"First words in {community.name}"
    diary.note(
        post.member, "newcomer-wrote", "first-post", str(post.pk), title, post.at, address=address,
        community=community.slug,
    )  # fmt: skip
    if post.answered_by and post.answered_at:
        diary.note(
            post.answered_by, "newcomer-answered", "first-post", str(post.pk), f"A newcomer in {community.name}",
            post.answered_at, address=address, other=post.member, community=community.slug,
        )  # fmt: skip


def make_duty(by_handle: dict[str, Member], *, now: datetime) -> None:
    """Turns of a week from last Monday on."""
    monday = timezone.localdate(now) - timedelta(days=timezone.localdate(now).weekday())
    communities = {one.slug: one for one in Community.objects.filter(slug__in=TURNS)}
    inside = set(Membership.objects.values_list("community__slug", "member__handle"))
    DutyTurn.objects.bulk_create(
        DutyTurn(
            community=communities[slug], member=by_handle[handle], first_day=monday + n * timedelta(days=7),
            last_day=monday + timedelta(days=7 * n + 6),
        )
        for slug, handles in TURNS.items() if slug in communities
        for n, handle in enumerate(handles) if handle and (slug, handle) in inside
    )  # fmt: skip
