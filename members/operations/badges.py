"""Badges: awarded by rule from the ledger, in bulk; their owner decides whether they are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import BadgeAward, BadgeRule, Member
from members.operations import awards
from members.operations.reached import Rule, read

NOT_HELD = """
    NOT EXISTS (SELECT 1 FROM members_badgeaward held
                WHERE held.member_id = standing.actor_id AND held.badge_id = standing.owner)
"""
AWARD = """
    INSERT INTO members_badgeaward (member_id, badge_id, reason, at, is_hidden)
    SELECT new.member, badge.slug, badge.text, new.at, false
    FROM unnest(%(members)s::bigint[], %(badges)s::text[], %(at)s::timestamptz[]) new (member, badge, at)
    JOIN members_badgerule badge ON badge.slug = new.badge
    ORDER BY new.member, badge.slug
    ON CONFLICT (member_id, badge_id) DO NOTHING
    RETURNING member_id, badge_id
"""


@transaction.atomic(savepoint=False)
def award(members: Sequence[int] | None = None, *, now: datetime | None = None) -> dict[str, int]:
    """Award every badge whose rule is met and that is not held yet; none is ever taken away.

    members: numbers of those to look at; everybody if left out. Returns how often each badge was awarded now. The
    statements do not grow with the members.
    """
    active = BadgeRule.objects.filter(is_active=True).annotate(slugs=ArrayAgg("verbs", default=[])).order_by("pk")
    rules = [Rule(row.slug, row.measure, row.at_least, row.within_days, tuple(row.slugs)) for row in active]
    new = read(rules, only=[NOT_HELD], members=members, now=now or timezone.now())
    if not new:
        return {}
    columns: dict[str, Any] = {
        "members": [one.member for one in new], "badges": [one.owner for one in new],
        "at": [one.at for one in new],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AWARD, columns)
        awarded: list[tuple[int, str]] = cursor.fetchall()
    awards.tell_badges(awarded)
    return dict(sorted(Counter(slug for _, slug in awarded).items()))


@transaction.atomic
def show(badge: BadgeAward, *, seen: bool, by: Member) -> None:
    """Let others see one's badge, or not."""
    if badge.member_id != by.pk:
        raise Refused("Only its owner hides or shows a badge.")
    badge.is_hidden = not seen
    badge.save(update_fields=["is_hidden"])
