"""Scheduled jobs that leave a record and never run twice at once."""

from __future__ import annotations

import functools
import logging
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from cop.site.models import JobRun

log = logging.getLogger(__name__)
Job = Callable[[], dict[str, int]]


def recorded(name: str, *, quiet: bool = False) -> Callable[[Job], Job]:
    """Make a job write a JobRun with its counts, or its error, and hold a lock so that two workers never share a run.

    quiet: keep no record of a run that found nothing to do; for jobs that run every few seconds.
    """

    def decorate(job: Job) -> Job:
        @functools.wraps(job)
        def run() -> dict[str, int]:
            with lock(name) as mine:
                if not mine:
                    if not quiet:
                        JobRun.objects.create(
                            name=name, status=JobRun.Status.SKIPPED, ended_at=timezone.now(), error="locked"
                        )
                    return {}
                return _run(name, job, quiet)

        return run

    return decorate


def _run(name: str, job: Job, quiet: bool) -> dict[str, int]:
    record = JobRun(name=name)
    if not quiet:
        record.save()
    try:
        counts = job()
    except Exception as error:
        record.status, record.error = JobRun.Status.FAILED, f"{type(error).__name__}: {error}"
        log.exception("job %s failed", name)
        _close(record)
        return {}
    record.status, record.counts = JobRun.Status.DONE, counts
    if not quiet or any(counts.values()):
        _close(record)
    return counts


def _close(record: JobRun) -> None:
    record.ended_at = timezone.now()
    record.save(update_fields=["status", "counts", "error", "ended_at"] if record.pk else None)


@contextmanager
def lock(name: str) -> Iterator[bool]:
    """Hold the database's advisory lock of that name; gives False where another process has it."""
    number = zlib.crc32(name.encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        mine = bool(cursor.fetchone()[0])
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
