"""The states of delivery rows: every step is one committed statement that checks who has the row in hand."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from newsletters.delivery.worker import ALIVE, Worker
from newsletters.models import Delivery, Issue, Suppression

BATCH = 25
CLAIM_IS_OLD = timedelta(seconds=60)  # a worker that lives, but holds rows for so long, loses them
SENDING_IS_OLD = timedelta(seconds=120)
MOST_TRIES = 30  # eight hours
FIRST_PAUSE, LONGEST_PAUSE = 10.0, 3600.0
OPEN = ["pending", "claimed", "sending"]
DIED = "The worker stopped while it was handing this mail over; nobody knows whether it arrived."

CLAIM = """
    WITH mine AS (
        UPDATE newsletters_delivery SET state = 'claimed', claimed_at = %(now)s, claimed_by = %(worker)s
        WHERE id IN (
            SELECT id FROM newsletters_delivery
            WHERE issue_id = %(issue)s AND state = 'pending' AND next_try_at <= %(now)s
            ORDER BY next_try_at, id LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
        RETURNING id, email, tries, subscription_id)
    SELECT mine.id, mine.email, mine.tries, person.key
    FROM mine LEFT JOIN newsletters_subscription person ON person.id = mine.subscription_id
    ORDER BY mine.id
"""
# The row before is settled and the next one begun in one commit: one wait for the disk per mail. Both halves may be
# repeated after a lost connection: nobody but this worker moves a row that carries its number into *sending*.
BEGIN = """
    WITH settled AS (
        UPDATE newsletters_delivery SET state = 'sent', error = '', changed_at = %(now)s
        WHERE id = %(done)s AND state IN ('sending', 'uncertain') AND claimed_by = %(worker)s)
    UPDATE newsletters_delivery mail SET state = 'sending', tries = %(tries)s, changed_at = %(now)s
    WHERE mail.id = %(row)s AND mail.state IN ('claimed', 'sending') AND mail.claimed_by = %(worker)s
      AND EXISTS (SELECT 1 FROM newsletters_issue issue WHERE issue.id = mail.issue_id AND issue.status = 'sending')
      AND EXISTS (SELECT 1 FROM newsletters_subscription person
                  WHERE person.id = mail.subscription_id AND person.status = 'active')
      AND NOT EXISTS (SELECT 1 FROM newsletters_suppression no WHERE lower(no.email) = lower(mail.email))
"""
# Why a row could not begin: its issue is paused, its address suppressed, its reader gone; else it is not ours.
PUT_ASIDE = """
    UPDATE newsletters_delivery mail SET changed_at = %(now)s, state = CASE
        WHEN EXISTS (SELECT 1 FROM newsletters_issue issue
                     WHERE issue.id = mail.issue_id AND issue.status <> 'sending') THEN 'pending'
        WHEN EXISTS (SELECT 1 FROM newsletters_suppression no
                     WHERE lower(no.email) = lower(mail.email)) THEN 'suppressed'
        WHEN NOT EXISTS (SELECT 1 FROM newsletters_subscription person
                         WHERE person.id = mail.subscription_id AND person.status = 'active') THEN 'skipped'
        ELSE 'pending' END
    WHERE mail.id = %(row)s AND mail.state = 'claimed' AND mail.claimed_by = %(worker)s
    RETURNING mail.state
"""
RECOVER = f"""
    UPDATE newsletters_delivery SET changed_at = %(now)s,
        state = CASE state WHEN 'claimed' THEN 'pending' ELSE 'uncertain' END,
        error = CASE state WHEN 'claimed' THEN error ELSE %(died)s END
    WHERE (state = 'claimed' AND claimed_at < %(old_claim)s) OR (state = 'sending' AND changed_at < %(old_sending)s)
       OR (state IN ('claimed', 'sending') AND claimed_by NOT IN ({ALIVE}))
"""  # noqa: S608 - numbers of ours


Values = dict[str, Any]


@dataclass(frozen=True)
class Claimed:
    """A row in this worker's hand. One whose subscription was deleted has no key, and cannot begin."""

    id: int
    email: str
    tries: int
    key: uuid.UUID


def recover(worker: Worker) -> int:
    """Rows of workers that died: claimed ones wait again, those that were being sent become uncertain."""
    now = timezone.now()
    values = {
        "now": now, "died": DIED, "old_claim": now - CLAIM_IS_OLD, "old_sending": now - SENDING_IS_OLD,
    }  # fmt: skip
    return worker.surely(lambda: _change(RECOVER, values))


def claim(worker: Worker, issue: int) -> list[Claimed]:
    """Take the next rows of the issue that are due; those that others are taking are left out."""
    values: Values = {"now": timezone.now(), "worker": worker.number, "issue": issue, "batch": BATCH}

    def rows() -> list[Claimed]:
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, values)
            return [Claimed(*row) for row in cursor.fetchall()]

    return worker.surely(rows)


def begin(worker: Worker, row: Claimed, *, done: int | None) -> bool:
    """Commit that the row before is sent and that this one is being sent.

    done: the row before, whose 250 has come. Returns whether this one may be sent; False where its reader left, its
    address was suppressed, its issue paused, or somebody else has it.
    """
    values = {
        "now": timezone.now(), "worker": worker.number, "row": row.id, "done": done, "tries": row.tries + 1,
    }  # fmt: skip
    return worker.surely(lambda: _change_prepared(BEGIN, values)) == 1


def put_aside(worker: Worker, row: Claimed) -> str:
    """Settle a row that could not begin; returns its state, or `gone` where another worker has it."""
    values: Values = {"now": timezone.now(), "worker": worker.number, "row": row.id}

    def state() -> str:
        with connection.cursor() as cursor:
            cursor.execute(PUT_ASIDE, values)
            found = cursor.fetchone()
            return str(found[0]) if found else "gone"

    return worker.surely(state)


def settle(worker: Worker, row: int, state: str, *, error: str = "", pause: float = 0) -> None:
    """Write down what became of a row that this worker was sending."""
    now = timezone.now()
    mine = Delivery.objects.filter(pk=row, state__in=["sending", "uncertain"], claimed_by=worker.number)
    worker.surely(
        lambda: mine.update(
            state=state, error=error[:300], changed_at=now, next_try_at=now + timedelta(seconds=pause)
        )
    )  # fmt: skip


def suppress(worker: Worker, address: str, note: str) -> None:
    """Nothing goes to an address any more of which its own server says that it does not exist."""
    row = Suppression(email=address, reason=Suppression.Reason.BOUNCE, note=note[:300])
    worker.surely(lambda: Suppression.objects.bulk_create([row], ignore_conflicts=True))


def release(worker: Worker) -> None:
    """Give back what was claimed and not begun."""
    mine = Delivery.objects.filter(state="claimed", claimed_by=worker.number)
    worker.surely(lambda: mine.update(state="pending"))


def issues_in_sending(worker: Worker, only: int | None) -> list[Issue]:
    found = Issue.objects.filter(status=Issue.Status.SENDING).order_by("approved_at")
    return worker.surely(lambda: list(found.filter(pk=only) if only else found))


def finish(worker: Worker) -> int:
    """Call those issues sent of which nothing is open any more; the date of a first sending stays.

    Uncertain rows wait for a person, not for us. One statement, because another worker may settle the last row between
    two."""
    still = Delivery.objects.filter(issue=OuterRef("pk"), state__in=OPEN)
    done = Issue.objects.filter(~Exists(still), status=Issue.Status.SENDING)
    first = Coalesce("sent_at", Value(timezone.now()))
    return worker.surely(lambda: done.update(status=Issue.Status.SENT, sent_at=first))


def pause_before(next_try: int) -> float:
    """Seconds to wait before trying a row again; grows by half each time, to an hour."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 1.5 ** (next_try - 1)))


def _change(statement: str, values: Values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _change_prepared(statement: str, values: Values) -> int:
    """The same with a statement that the server plans once per connection: planning costs more than running it."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, values, prepare=True)
        return cursor.rowcount
