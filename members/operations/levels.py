"""Awarding participation levels from the ledger, in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Level, LevelAward, Member

# One member meets one rule when their acts of the rule's verbs, not taken back and inside its window, reach its number.
MET = """
    SELECT rule.level_id, rule.id AS rule_id, act.actor_id, max(act.occurred_at) AS latest
    FROM members_levelrule rule
    JOIN members_levelrule_verbs chosen ON chosen.levelrule_id = rule.id
    JOIN members_activity act ON act.verb_id = chosen.verb_id
    WHERE (rule.within_days IS NULL OR act.occurred_at > %(now)s - rule.within_days * interval '1 day')
      AND act.occurred_at <= %(now)s
      AND NOT EXISTS (SELECT 1 FROM members_activity back WHERE back.reverses_id = act.id)
      {who}
    GROUP BY rule.level_id, rule.id, rule.measure, rule.at_least, act.actor_id
    HAVING CASE rule.measure WHEN 'people' THEN count(DISTINCT act.other_id) ELSE count(*) END >= rule.at_least
"""
AWARD = """
    INSERT INTO members_levelaward (member_id, level_id, reason, at)
    SELECT met.actor_id, level.slug, 'All conditions met: ' || level.rule_text, max(met.latest)
    FROM ({met}) met
    JOIN members_level level ON level.slug = met.level_id
    JOIN members_member person ON person.id = met.actor_id AND person.is_active
    WHERE NOT level.confirmed_by_organizer
      AND (NOT level.needs_opt_in OR EXISTS (
            SELECT 1 FROM members_levelwish wish WHERE wish.member_id = met.actor_id AND wish.level_id = level.slug))
    GROUP BY met.actor_id, level.slug, level.rule_text
    HAVING count(*) = (SELECT count(*) FROM members_levelrule rule WHERE rule.level_id = level.slug)
    ON CONFLICT (member_id, level_id) DO NOTHING
"""


def recompute(members: Sequence[Member] | None = None, *, now: datetime | None = None) -> int:
    """Award every level whose rules are met and that is not held yet; nothing is ever taken away.

    members: whom to look at; everybody if left out. now: the end of every window. Returns the number of new awards.
    One statement, whatever the number of members.
    """
    who = "AND act.actor_id = ANY(%(members)s)" if members is not None else ""
    values: dict[str, Any] = {"now": now or timezone.now(), "members": [member.pk for member in members or []]}
    with connection.cursor() as cursor:
        cursor.execute(AWARD.format(met=MET.format(who=who)), values)
        return int(cursor.rowcount)


@transaction.atomic
def award(level: Level, *, to: Member, by: Member, reason: str) -> LevelAward:
    """Give a level by hand; asks for a reason. Giving it twice changes nothing."""
    if not reason.strip():
        raise Refused("Write why this level is given.")
    given, _ = LevelAward.objects.get_or_create(member=to, level=level, defaults={"reason": reason, "given_by": by})
    return given
