"""Making the whole demo in one transaction, and the manifest of what was planted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop.home.demo import (
    certificates,
    committee,
    contributing,
    editing,
    finder,
    founding,
    groups,
    learning,
    letters,
    meetings,
    newcomers,
    notices,
    opinions,
    paths,
    people,
    reading,
    recognition,
    reviews,
    runs,
    skills,
)
from cop.home.demo.programme import PLANS
from cop.lib.errors import Refused
from events.models import Event
from members.models import Member, Verb
from members.operations import expertise
from members.operations.directory_rebuild import rebuild
from newsletters.models import Issue

DEMO_DOMAIN = "@demo.invalid"


@dataclass(frozen=True)
class Wish:
    members: int
    seed: int = 7
    events: int = 0
    force: bool = False


@transaction.atomic
def make(wish: Wish, *, now: datetime | None = None) -> bool:
    """Make the demo community; False where it is there already.

    Refused without members, without starter content, and beside real members unless forced."""
    now = now or timezone.now()
    if wish.members < 1:
        raise Refused("A community needs at least one member: give --members 1 or more.")
    if not Verb.objects.exists():
        raise Refused("There is no starter content yet: run load_starter_content first.")
    if Member.objects.filter(email__endswith=DEMO_DOMAIN).exists():
        return False
    if not wish.force and Member.objects.exclude(email__endswith=DEMO_DOMAIN).exists():
        raise Refused("There are real members here. A demo beside them needs --force.")
    chance = random.Random(wish.seed)  # noqa: S311 - a demo, not a secret
    everybody = people.make_people(max(wish.members, len(people.ACCOUNTS)), chance=chance, now=now)
    diary = learning.Diary(now)
    learning.make_learning(everybody, diary, chance=chance, now=now)
    learning.make_contributions(everybody, diary, chance=chance, now=now)
    meetings.make_meetings(everybody, diary, chance=chance, now=now)
    meetings.make_more(wish.events, everybody, chance=chance, now=now)
    skills.make_skills(everybody, diary, chance=chance, now=now)
    groups.make_groups(everybody, diary, chance=chance, now=now)
    founding.make_founding(everybody, diary, now=now)
    newcomers.make_newcomers(everybody, diary, chance=chance, now=now)
    recognition.make_recognition(everybody, diary, chance=chance, now=now)
    _learn(everybody, diary, wish.seed, now)
    diary.close()
    expertise.recompute(now=now)
    recognition.make_signs(everybody, chance=chance, now=now)
    learning.make_levels(everybody, now=now)
    committee.make_committee(everybody, now=now)
    reading.make_reading(everybody, now=now)
    certificates.make_certificates(everybody, chance=random.Random(wish.seed + 8208), now=now)  # noqa: S311
    paths.settle_paths()
    notices.make_notices(everybody, now=now)
    letters.make_letters(everybody, now=now - timedelta(minutes=1))
    rebuild()
    return True


def _learn(everybody: list[Member], diary: learning.Diary, seed: int, now: datetime) -> None:
    """Each part has a chance of its own, so that a change of one leaves the others as they are."""
    paths.make_paths(everybody, diary, chance=random.Random(seed + 8207), now=now)  # noqa: S311
    reviews.make_reviews(everybody, diary, chance=random.Random(seed + 8205), now=now)  # noqa: S311
    runs.make_runs(everybody, diary, chance=random.Random(seed + 8204), now=now)  # noqa: S311
    editing.make_editing(everybody, diary, now=now)
    contributing.make_contributing(everybody, now=now)
    opinions.make_opinions(everybody, diary, chance=random.Random(seed + 8206), now=now)  # noqa: S311


def manifest() -> dict[str, Any]:
    """What stands in the demo, without dates: the same for the same seed and number of members."""
    demo = Member.objects.filter(email__endswith=DEMO_DOMAIN)
    levels = {
        handle: sorted(award.level_id for award in member.awards.all())
        for handle, member in ((one.handle, one) for one in demo.filter(is_active=True).order_by("pk")[:6])
    }
    planned = Event.objects.filter(slug__in=[plan.slug for plan in PLANS])
    return {
        "members": demo.count(),
        "in_directory": demo.filter(in_directory=True).count(),
        "search": finder.rare_skill(),
        "accounts": {account.handle: account.role for account in people.ACCOUNTS},
        "levels": levels,
        "events": {event.slug: event.seats_taken for event in planned.order_by("slug")},
        "more_events": Event.objects.filter(slug__startswith="reading-circle-").count(),
        "newsletters": dict(Issue.objects.order_by("number").values_list("slug", "status")),
    }
