"""Computing the depth of every skill of every member from claims, ledger and endorsements, in one statement.

The rule stands in `members.expertise`, in Python and with its reasons; this is the same in SQL, for any number of
members at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from members.models import MemberSkill
from members.operations import directory
from members.queries.rules import rule_of_depth

# Claim and evidence of everybody who is looked at, and of those whose word counts for them.
OWN = """
    pair AS (
        SELECT DISTINCT skill.id AS skill_id, topic
        FROM members_skill skill, unnest(array_append(skill.topics, skill.slug)) topic
    ),
    faded AS (
        SELECT act.actor_id, act.topic, sum(act.points * power(0.5::float8,
            extract(epoch FROM %(now)s::timestamptz - act.occurred_at)::float8 / 86400 / %(half_life)s)) AS points
        FROM members_activity act
        WHERE act.topic <> '' AND act.points <> 0 AND act.reverses_id IS NULL AND act.occurred_at <= %(now)s
          AND NOT EXISTS (SELECT 1 FROM members_activity back WHERE back.reverses_id = act.id)
          {among_actors}
        GROUP BY act.actor_id, act.topic
    ),
    own AS (
        SELECT mine.id, mine.member_id, mine.skill_id, mine.claimed,
               greatest(coalesce(sum(faded.points), 0), 0)::float8 AS points
        FROM members_memberskill mine
        JOIN pair ON pair.skill_id = mine.skill_id
        LEFT JOIN faded ON faded.actor_id = mine.member_id AND faded.topic = pair.topic
        WHERE true {among_owners}
        GROUP BY mine.id
    ),
    shown AS (SELECT own.*, 4 * (1 - exp(-own.points / %(scale)s)) AS evidence FROM own),
    giver AS (
        SELECT member_id, skill_id,
               (%(claimed)s * claimed + %(evidence)s * evidence) / (%(claimed)s + %(evidence)s) AS depth
        FROM shown
    ),
"""
# The words of others with their weights; the newest validation of a person stands for their earlier ones.
SAID = """
    validation AS (
        SELECT DISTINCT ON (member_id, skill_id, by_id) member_id, skill_id, by_id, level, decision
        FROM members_validation
        WHERE at <= %(now)s AND expires_at > %(now)s
        ORDER BY member_id, skill_id, by_id, at DESC, id DESC
    ),
    word AS (
        SELECT judged.member_id, judged.skill_id, judged.level,
               greatest(coalesce(giver.depth, 0), %(deep)s) AS full_weight, 1.0::float8 AS part
        FROM validation judged
        LEFT JOIN giver ON giver.member_id = judged.by_id AND giver.skill_id = judged.skill_id
        WHERE judged.decision = 'shown'
        UNION ALL
        SELECT said.member_id, said.skill_id, said.level, giver.depth,
               CASE WHEN EXISTS (
                   SELECT 1 FROM members_endorsement back
                   WHERE back.member_id = said.by_id AND back.by_id = said.member_id
                     AND back.at BETWEEN said.at - %(pay_back_days)s * interval '1 day'
                                     AND said.at + %(pay_back_days)s * interval '1 day'
               ) THEN %(pay_back)s::float8 ELSE 1.0 END
        FROM members_endorsement said
        JOIN giver ON giver.member_id = said.by_id AND giver.skill_id = said.skill_id
        WHERE NOT EXISTS (
            SELECT 1 FROM validation judged
            WHERE judged.decision = 'shown' AND judged.member_id = said.member_id
              AND judged.skill_id = said.skill_id AND judged.by_id = said.by_id)
    ),
    said AS (
        SELECT member_id, skill_id, sum(level * full_weight * part) / sum(full_weight * part) AS endorsed,
               sum(full_weight * part) / sum(full_weight) AS voice
        FROM word WHERE full_weight > 0
        GROUP BY member_id, skill_id
    ),
"""
# Rows that others are writing at this moment are left to them: they compute their own.
WRITE = """
    result AS (
        SELECT shown.id, shown.points, shown.evidence, said.endorsed,
               (%(claimed)s * claimed + %(evidence)s * evidence
                    + coalesce(%(endorsed)s * said.voice * said.endorsed, 0))
               / (%(claimed)s + %(evidence)s + coalesce(%(endorsed)s * said.voice, 0)) AS depth
        FROM shown LEFT JOIN said USING (member_id, skill_id)
    ),
    changing AS (
        SELECT mine.id, mine.depth AS before
        FROM members_memberskill mine JOIN result USING (id)
        WHERE (mine.computed_at IS NULL OR (mine.endorsed IS NULL) <> (result.endorsed IS NULL)
            OR abs(mine.points - result.points) > 1e-9 OR abs(coalesce(mine.evidence, -1) - result.evidence) > 1e-9
            OR abs(mine.endorsed - result.endorsed) > 1e-9 OR abs(mine.depth - result.depth) > 1e-9)
            {only_members}
        ORDER BY mine.id FOR UPDATE OF mine {skip}
    ),
    changed AS (
        UPDATE members_memberskill mine
        SET points = result.points, evidence = result.evidence, endorsed = result.endorsed, depth = result.depth,
            computed_at = %(now)s
        FROM changing JOIN result USING (id)
        WHERE mine.id = changing.id
        RETURNING mine.member_id, changing.before, mine.depth AS after
    )
    SELECT count(*), coalesce(array_agg(DISTINCT member_id)
        FILTER (WHERE floor(before + 0.5) <> floor(after + 0.5)), '{{}}')
    FROM changed
"""
INVOLVED = """
    involved AS (
        SELECT unnest(%(members)s::bigint[]) AS id
        UNION SELECT by_id FROM members_endorsement WHERE member_id = ANY(%(members)s)
        UNION SELECT by_id FROM members_validation WHERE member_id = ANY(%(members)s)
    ),
"""
EVERYBODY = "WITH" + OWN.format(among_actors="", among_owners="") + SAID
OF_INVOLVED = OWN.format(
    among_actors="AND act.actor_id IN (SELECT id FROM involved)",
    among_owners="AND mine.member_id IN (SELECT id FROM involved)",
)
SOME = "WITH" + INVOLVED + OF_INVOLVED + SAID


@transaction.atomic
def recompute(members: Sequence[int] | None = None, *, now: datetime | None = None) -> dict[str, int]:
    """Bring points, evidence, endorsement and depth of skills up to date; safe to repeat.

    members: numbers of the members to look at; everybody if left out. now: the moment to which acts have faded.
    One statement for any number of members. Those who have another depth now, rounded, are marked for the directory.
    Returns how many skills there are, and how many of them changed.
    """
    values: dict[str, Any] = {"now": now or timezone.now(), "members": list(members or []), **asdict(rule_of_depth())}
    if members is None:
        statement = EVERYBODY + WRITE.format(only_members="", skip="SKIP LOCKED")
    else:
        statement = SOME + WRITE.format(only_members="AND mine.member_id = ANY(%(members)s)", skip="")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        changed, moved = cursor.fetchone()
    if moved:
        directory.mark(moved)
    rows = MemberSkill.objects.all() if members is None else MemberSkill.objects.filter(member__in=members)
    return {"skills": rows.count(), "changed": changed, "moved": len(moved)}
