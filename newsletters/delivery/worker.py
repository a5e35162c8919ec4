"""A worker that others can see to be alive, and whose statements survive a restart of the database.

A worker holds an advisory lock of its session for as long as it works; when the process dies, PostgreSQL lets go of it.
That needs a direct connection or a pooler in session mode."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection

log = logging.getLogger(__name__)
T = TypeVar("T")

WORKERS = 7_301  # first half of the lock's key; the second is the worker's number
SLOTS = 7_302
PATIENCE = 300.0  # seconds for which a database that restarts is waited for
ALIVE = f"""
    SELECT objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND classid = {WORKERS} AND objsubid = 2 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""  # noqa: S608 - a number of ours


class Worker:
    """One run of the engine; `number` stands on every row that it has in hand.

    slots: how many workers with slots may run at once; None: as many as like. `has_place` says whether this one may.
    """

    def __init__(self, slots: int | None = None) -> None:
        self.number = secrets.randbelow(2**31 - 1) + 1
        self.slots = slots
        self.slot: int | None = None

    def __enter__(self) -> Worker:
        self._announce()
        if self.slots is not None:
            free = (
                slot for slot in range(self.slots) if self._value("SELECT pg_try_advisory_lock(%s, %s)", SLOTS, slot)
            )
            self.slot = next(free, None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.surely(lambda: self._value("SELECT pg_advisory_unlock(%s, %s)", WORKERS, self.number))
        if self.slot is not None:
            self.surely(lambda: self._value("SELECT pg_advisory_unlock(%s, %s)", SLOTS, self.slot))

    @property
    def has_place(self) -> bool:
        return self.slots is None or self.slot is not None

    def surely(self, work: Callable[[], T]) -> T:
        """Do it, again and again while the database restarts; so `work` must be safe to repeat."""
        until, pause = time.monotonic() + PATIENCE, 0.1
        while True:
            try:
                return work()
            except (OperationalError, InterfaceError) as error:
                if connection.in_atomic_block or time.monotonic() > until:
                    raise
                log.warning("database away, the newsletter waits: %s", str(error).splitlines()[0] if str(error) else "")
                pause = self._wait(pause)

    def _wait(self, pause: float) -> float:
        time.sleep(pause)
        try:
            connection.close()
            self._announce()
        except (OperationalError, InterfaceError):
            pass  # still away; the caller tries again
        return min(2.0, pause * 1.6)

    def _announce(self) -> None:
        self._value("SELECT pg_try_advisory_lock(%s, %s)", WORKERS, self.number)

    def _value(self, statement: str, *values: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()[0]
