"""The person of the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import connection, transaction
from django.utils import timezone

from members.models import Member, Spotlight

MONTHS_BETWEEN = 12
# Most different people helped; then most helps; then whose last turn is longest ago; then who came first.
PICK = """
    SELECT act.actor_id, count(DISTINCT act.other_id) AS people
    FROM members_activity act
    JOIN members_verb verb ON verb.slug = act.verb_id AND verb.points > 0
        AND verb.kind IN ('interaction', 'contribution')
    JOIN members_member person ON person.id = act.actor_id AND person.is_active AND person.in_directory
    WHERE act.other_id IS NOT NULL AND act.occurred_at >= %(begins)s AND act.occurred_at < %(ends)s
      AND NOT EXISTS (SELECT 1 FROM members_activity back WHERE back.reverses_id = act.id)
      AND NOT EXISTS (SELECT 1 FROM members_spotlight turn
                      WHERE turn.member_id = act.actor_id AND turn.month > %(year_before)s AND turn.month <= %(month)s)
    GROUP BY act.actor_id
    ORDER BY people DESC, count(*) DESC,
        (SELECT max(turn.month) FROM members_spotlight turn WHERE turn.member_id = act.actor_id) NULLS FIRST,
        act.actor_id
    LIMIT 1
"""


@dataclass(frozen=True)
class Pick:
    """month: its first day. member: None where nobody helped anybody, or all who did had their turn."""

    month: date
    member: Member | None
    people: int
    is_new: bool


def pick(month: date | None = None, *, now: datetime | None = None, dry_run: bool = False) -> Pick:
    """Choose the person of a month that is over, who was not chosen in the twelve months before.

    month: any day of it; the month before this one if left out. Repeating finds the first choice; the choice of a
    month depends on nothing but the ledger, the directory and earlier choices. A month that is not over gets nobody.
    """
    today = timezone.localdate(now or timezone.now())
    first = month.replace(day=1) if month else months_before(today.replace(day=1), 1)
    there = Spotlight.objects.filter(month=first).select_related("member").first()
    if there:
        return Pick(first, there.member, there.people, is_new=False)
    if months_before(first, -1) > today:
        return Pick(first, None, 0, is_new=False)
    chosen, people = _most_helpful(first)
    if chosen is None or dry_run:
        return Pick(first, chosen, people, is_new=chosen is not None)
    return _keep(first, chosen, people)


@transaction.atomic
def _keep(first: date, chosen: Member, people: int) -> Pick:
    kept, is_new = Spotlight.objects.get_or_create(month=first, defaults={"member": chosen, "people": people})
    return Pick(first, kept.member, kept.people, is_new)


def _most_helpful(first: date) -> tuple[Member | None, int]:
    values = {
        "begins": _midnight(first), "ends": _midnight(months_before(first, -1)), "month": first,
        "year_before": months_before(first, MONTHS_BETWEEN),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(PICK, values)
        found = cursor.fetchone()
    return (Member.objects.get(pk=found[0]), found[1]) if found else (None, 0)


def months_before(first: date, months: int) -> date:
    """The first of a month so many months before another first; negative numbers lead forward."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
