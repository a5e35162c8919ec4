"""Life in the communities: who carries them, who waits at a door, what was voted on, hours that were given."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from communities.models import (
    Boundary,
    Charter,
    Community,
    Criterion,
    JoinRequest,
    Membership,
    Motion,
    MotionVote,
    VolunteerHours,
)
from communities.queries.motions import votes_needed
from cop.home.demo.learning import Diary
from members.models import Member

BATCH = 2000
Role = Membership.Role
CARRIERS = {
    "devops-platform": {"bart": Role.LEAD, "adrian": Role.DEPUTY},
    "sre-observability": {"sayed": Role.LEAD, "bart": Role.CORE},
    "data-science-ml": {"maria": Role.LEAD, "kim": Role.CORE},
    "software-engineering": {"leo": Role.LEAD, "adrian": Role.CORE},
    "oss-contributors": {"adrian": Role.LEAD, "sayed": Role.DEPUTY},
    "ethics-security": {"maria": Role.LEAD, "kim": Role.DEPUTY},
    "startup-spark": {"leo": Role.LEAD},
    "evaluation-circle": {"maria": Role.LEAD, "kim": Role.CORE},
}
SHARES = {  # of all members who belong beside their primary community
    "software-engineering": 0.12, "oss-contributors": 0.2, "ethics-security": 0.15, "startup-spark": 0.1,
}  # fmt: skip
CIRCLE, MODULE = "evaluation-circle", "ai-foundations"
QUESTION = "What do you want to measure, and what would change your mind?"
ANSWERS = [
    "Whether our summaries of incidents leave something out. Readers who miss nothing for a month would convince me.",
    "How often a drafted alert rule fires for nothing. One quiet week with it would convince me.",
]
REASONS = [
    "A day is long when one is new",
    "We can keep this",
    "",
    "",
    "I was answered within the hour",
    "",
]
TASKS = [
    "Prepared the monthly call", "Answered first questions", "Reviewed a lab", "Wrote up the sprint",
    "Sorted the open tasks", "Looked after newcomers",
]  # fmt: skip


def make_groups(people: list[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Everything in bulk; the same chance gives the same life."""
    make_circle()
    communities = {community.slug: community for community in Community.objects.all()}
    make_members(people, communities, chance=chance, now=now)
    make_carriers({one.handle: one for one in people}, communities, now=now)
    make_circle_alive(people, diary, communities[CIRCLE], now=now)
    make_votes(people, communities, diary, now=now)
    make_hours(people, communities, chance=chance, now=now)


def make_circle() -> None:
    """A research group with a boundary: it asks for a module and an answer, and a lead decides."""
    circle = Community.objects.create(
        slug=CIRCLE, order=8, kind=Community.Kind.RESEARCH_DOMAIN, name="Evaluation Research Circle",
        why="To find out what a model is worth before it is used, and to say how sure we are",
        brings=["questions that can be answered by measuring", "data that may be shown", "an hour every second week"],
        success="Measurements that others repeat with the same result",
        description="A small group that measures. Each round takes one claim about a model, writes down beforehand "
        "what would speak against it, measures, and publishes what came out.",
        parent=Community.objects.filter(slug="data-science-ml").first(), rhythm="Every second Tuesday",
        has_objectives=True, exposure_ceiling="on-premises", checklists=["Privacy", "Bias"],
    )  # fmt: skip
    Charter.objects.create(
        community=circle, quorum_percent=40, voting_days=10, lead_level="explorer", most_hours_a_week=5,
        text="Everybody measures something once a quarter. Results are published whatever they say.",
    )  # fmt: skip
    boundary = Boundary.objects.create(
        community=circle, door=Boundary.Door.ASK, in_scope="Measuring what models do on real tasks.",
        out_of_scope="Choosing tools for somebody, and numbers without a method.",
    )  # fmt: skip
    Criterion.objects.create(boundary=boundary, order=1, kind=Criterion.Kind.MODULE, value=MODULE)
    Criterion.objects.create(boundary=boundary, order=2, kind=Criterion.Kind.QUESTION, value=QUESTION)


def make_members(
    people: list[Member], communities: dict[str, Community], *, chance: random.Random, now: datetime
) -> None:
    """Some belong to more than their primary community; a few of these memberships rest."""
    taken = set(Membership.objects.values_list("member", "community"))
    rows = []
    for one in people[6:]:
        for slug, share in SHARES.items():
            joins, rests = chance.random() < share, chance.random() < 0.06
            if not joins or slug not in communities or (one.pk, communities[slug].pk) in taken:
                continue
            rests = rests and now - one.joined_at > timedelta(days=150)
            rows.append(
                Membership(
                    member=one, community=communities[slug], joined_at=min(one.joined_at + timedelta(days=2), now),
                    status=Membership.Status.DORMANT if rests else Membership.Status.ACTIVE,
                    dormant_since=now - timedelta(days=5) if rests else None,
                )
            )  # fmt: skip
    Membership.objects.bulk_create(rows, batch_size=BATCH)


def make_carriers(by_handle: dict[str, Member], communities: dict[str, Community], *, now: datetime) -> None:
    """The named accounts lead, and stand in for each other."""
    rows = [
        Membership(
            member=by_handle[handle], community=communities[slug], role=role, joined_at=by_handle[handle].joined_at,
            confirmed_at=now - timedelta(days=95) if role == Role.LEAD else None,
        )
        for slug, carriers in CARRIERS.items() if slug in communities
        for handle, role in carriers.items()
    ]  # fmt: skip
    Membership.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["member", "community"], update_fields=["role", "confirmed_at"]
    )


def make_circle_alive(people: list[Member], diary: Diary, circle: Community, *, now: datetime) -> None:
    """Those who finished the module take part; the last two of them wait at the door."""
    finished = {row.actor_id for row in diary.rows if row.verb_id == "module-completed" and row.object_key == MODULE}
    known = [one for one in people[6:] if one.pk in finished and one.in_directory][:9]
    inside, waiting = (known[:-2], known[-2:]) if len(known) > 2 else (known, [])
    since = now - timedelta(days=70)
    Membership.objects.bulk_create(
        Membership(member=one, community=circle, joined_at=max(since, one.joined_at)) for one in inside
    )
    JoinRequest.objects.bulk_create(
        JoinRequest(
            community=circle, member=one, asked_at=now - timedelta(days=1 + n, hours=3),
            answers=[{"question": QUESTION, "answer": ANSWERS[n]}],
        )
        for n, one in enumerate(waiting)
    )  # fmt: skip


def make_votes(people: list[Member], communities: dict[str, Community], diary: Diary, *, now: datetime) -> None:
    """An open vote in one community, and decided ones in others."""
    by_handle = {one.handle: one for one in people}
    plans = [
        ("data-science-ml", "kim", 3, {"newcomer_hours": {"from": 48, "to": 24}},
         "Change of the charter: promise to newcomers",
         "Who asks a first question should not wait two days. We are enough people to answer within one.", 5),
        ("devops-platform", "adrian", 90, {"quorum_percent": {"from": 25, "to": 20}}, "Change of the charter: quorum",
         "Two votes failed by one vote. A fifth of us is enough to know what we want.", 9),
        ("evaluation-circle", "kim", 40, {"voting_days": {"from": 7, "to": 10}}, "Change of the charter: time to vote",
         "We meet every second week; a vote should span one meeting.", 5),
    ]  # fmt: skip
    for slug, handle, days, changes, title, reason, votes in plans:
        if slug not in communities:
            continue
        opened = now - timedelta(days=days)
        motion = Motion.objects.create(
            community=communities[slug], kind=Motion.Kind.CHARTER, title=title, reason=reason, changes=changes,
            by=by_handle[handle], opened_at=opened, closes_at=opened + timedelta(days=7),
        )  # fmt: skip
        _vote(motion, votes, diary)
        if motion.closes_at <= now:
            _close(motion)


def _vote(motion: Motion, most: int, diary: Diary) -> None:
    may = Membership.objects.filter(community=motion.community, joined_at__lte=motion.opened_at).select_related(
        "member"
    )
    voters = [one.member for one in may.order_by("member")[: 4 * most] if one.member_id != motion.by_id][:most]
    rows = []
    for n, one in enumerate(voters):
        at = min(motion.opened_at + timedelta(hours=5 + 11 * n), diary.now)
        yes = n % 4 != 3
        rows.append(
            MotionVote(motion=motion, member=one, yes=yes, reason=REASONS[n % len(REASONS)] if yes else "", at=at)
        )
        diary.note(
            one, "motion-voted", "motion", str(motion.pk), motion.title, at, address=motion.get_absolute_url(),
            community=motion.community.slug,
        )  # fmt: skip
    MotionVote.objects.bulk_create(rows)


def _close(motion: Motion) -> None:
    electorate = Membership.objects.filter(community=motion.community, joined_at__lte=motion.opened_at).count()
    motion.yes, motion.no = (motion.votes.filter(yes=yes).count() for yes in (True, False))
    motion.needed = votes_needed(electorate, 20)
    enough = motion.yes + motion.no >= motion.needed
    accepted = Motion.State.ACCEPTED if motion.yes > motion.no else Motion.State.REFUSED
    motion.state = accepted if enough else Motion.State.NO_QUORUM
    motion.closed_at = motion.closes_at
    motion.save(update_fields=["yes", "no", "needed", "state", "closed_at"])


def make_hours(
    people: list[Member], communities: dict[str, Community], *, chance: random.Random, now: datetime
) -> None:
    """Four weeks of hours; Bart gave more this week than the charter names."""
    by_handle = {one.handle: one for one in people}
    givers: Iterable[tuple[str, str, int, str]] = [
        *[("devops-platform", "bart", 0, hours) for hours in ("4", "3.5", "2.5")],
        *[(slug, handle, 3 + 5 * n, f"{1 + chance.randrange(6) / 2:g}")
          for slug, carriers in CARRIERS.items() for handle in carriers for n in range(4)],
    ]  # fmt: skip
    VolunteerHours.objects.bulk_create(
        VolunteerHours(
            community=communities[slug], member=by_handle[handle], day=(now - timedelta(days=days)).date(),
            hours=Decimal(hours), task=TASKS[n % len(TASKS)],
        )
        for n, (slug, handle, days, hours) in enumerate(givers) if slug in communities
    )  # fmt: skip
