"""Awarding participation levels from the ledger, in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Level, LevelAward, LevelRule, Member
from members.operations import awards
from members.operations.directory import touch
from members.operations.reached import Reached, Rule, read

NOT_HELD = """
    NOT EXISTS (SELECT 1 FROM members_levelaward held
                WHERE held.member_id = standing.actor_id AND held.level_id = standing.owner)
"""
BY_ITSELF = """
    EXISTS (SELECT 1 FROM members_level level WHERE level.slug = standing.owner AND NOT level.confirmed_by_organizer
        AND (NOT level.needs_opt_in OR EXISTS (SELECT 1 FROM members_levelwish wish
            WHERE wish.member_id = standing.actor_id AND wish.level_id = level.slug)))
"""
BY_AN_ORGANIZER = """
    EXISTS (SELECT 1 FROM members_level level WHERE level.slug = standing.owner AND level.confirmed_by_organizer)
"""
AGED = """
    UNION ALL
    SELECT award.member_id, award.level_id, award.at, standing.latest, false
    FROM standing JOIN members_levelaward award
        ON award.member_id = standing.actor_id AND award.level_id = standing.owner
    WHERE award.renewed_at IS DISTINCT FROM standing.latest
"""
AWARD = """
    INSERT INTO members_levelaward (member_id, level_id, reason, at, renewed_at)
    SELECT new.member, level.slug, left('All conditions met: ' || level.rule_text, 300), new.at, new.latest
    FROM unnest(%(members)s::bigint[], %(levels)s::text[], %(at)s::timestamptz[], %(latest)s::timestamptz[])
        new (member, level, at, latest)
    JOIN members_level level ON level.slug = new.level
    ORDER BY new.member, level.slug
    ON CONFLICT (member_id, level_id) DO NOTHING
    RETURNING member_id, level_id
"""
# Locked in one order, so that a single member's act and the night's run never wait for each other in a circle.
RENEW = """
    WITH aged AS (
        SELECT award.id, new.latest
        FROM unnest(%(members)s::bigint[], %(levels)s::text[], %(latest)s::timestamptz[]) new (member, level, latest)
        JOIN members_levelaward award ON award.member_id = new.member AND award.level_id = new.level
        ORDER BY award.id FOR NO KEY UPDATE OF award
    )
    UPDATE members_levelaward award SET renewed_at = aged.latest FROM aged WHERE aged.id = award.id
"""


@dataclass(frozen=True)
class Outcome:
    """awarded: pairs of a member's number and a level's slug. renewed: awards whose newest act is another one now."""

    awarded: list[tuple[int, str]]
    renewed: int


def recompute(members: Sequence[Member] | None = None, *, now: datetime | None = None, tell: bool = True) -> int:
    """As `settle`; returns the number of new awards."""
    return len(settle([member.pk for member in members] if members is not None else None, now=now, tell=tell).awarded)


@transaction.atomic(savepoint=False)
def settle(members: Sequence[int] | None = None, *, now: datetime | None = None, tell: bool = True) -> Outcome:
    """Award every level whose rules are met and that is not held yet, and note for those held which act is the newest
    that counts; nothing is ever taken away.

    members: numbers of those to look at; everybody if left out. now: the end of every window. tell: also write
    notices to those who reached a level. Repeating changes nothing. The statements do not grow with the members.
    """
    found = read(_rules(), only=[BY_ITSELF, NOT_HELD], also=AGED, members=members, now=now or timezone.now())
    awarded: list[tuple[int, str]] = []
    with connection.cursor() as cursor:
        if new := [one for one in found if one.is_met]:
            cursor.execute(AWARD, _columns(new))
            awarded = cursor.fetchall()
        if aged := [one for one in found if not one.is_met]:
            cursor.execute(RENEW, _columns(aged))
    if awarded:
        touch(*{member for member, _ in awarded})
    if awarded and tell:
        awards.tell(awarded)
    return Outcome(awarded, renewed=len(aged))


def waiting(members: Sequence[int] | None = None, *, now: datetime | None = None) -> list[tuple[int, str]]:
    """Who meets the rules of a level that an organizer confirms, and does not hold it: member's number, level's slug.
    The longest waiting first."""
    found = read(_rules(), only=[BY_AN_ORGANIZER, NOT_HELD], members=members, now=now or timezone.now())
    return [(one.member, one.owner) for one in sorted(found, key=lambda one: (one.latest, one.member))]


def _rules() -> list[Rule]:
    """One query."""
    rows = LevelRule.objects.annotate(slugs=ArrayAgg("verbs", default=[])).order_by("level", "pk")
    return [Rule(row.level_id, row.measure, row.at_least, row.within_days, tuple(row.slugs)) for row in rows]


def _columns(found: Iterable[Reached]) -> dict[str, list[Any]]:
    rows = [(one.member, one.owner, one.at, one.latest) for one in found]
    return dict(zip(("members", "levels", "at", "latest"), map(list, zip(*rows, strict=True)), strict=True))


@transaction.atomic
def award(level: Level, *, to: Member, by: Member, reason: str) -> LevelAward:
    """Give a level by hand; asks for a reason. Giving it twice changes nothing."""
    if not reason.strip():
        raise Refused("Write why this level is given.")
    given, is_new = LevelAward.objects.get_or_create(
        member=to, level=level, defaults={"reason": reason.strip(), "given_by": by}
    )
    if is_new:
        touch(to.pk)
        awards.tell([(to.pk, level.slug)])
        settle([to.pk])
    return given


@transaction.atomic
def confirm(member: Member, *, by: Member) -> list[LevelAward]:
    """Give every level that waits only for an organizer. Refused for oneself, and where none waits."""
    if by.pk == member.pk:
        raise Refused("Nobody confirms their own level. Ask another organizer.")
    if not by.is_staff:
        raise Refused("Only organizers confirm a level.")
    levels = Level.objects.filter(slug__in=[slug for _, slug in waiting([member.pk])])
    if not levels:
        raise Refused(f"No level of {member} waits for an organizer.")
    return [
        award(level, to=member, by=by, reason=f"All conditions met and confirmed: {level.rule_text}"[:300])
        for level in levels
    ]
