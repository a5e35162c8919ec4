"""What runs by the clock."""

from __future__ import annotations

import logging

from celery import shared_task

from cop.site.runs import recorded
from events import queries
from events.operations import reminders

log = logging.getLogger(__name__)


@shared_task(name="events.send_reminders")
@recorded("send event reminders", quiet=True)
def send_reminders() -> dict[str, int]:
    return reminders.send_due()


@shared_task(name="events.recount_seats")
@recorded("recount seats")
def recount_seats() -> dict[str, int]:
    """Compare each counter with the rows behind it. What differs is named, not mended: somebody has to look."""
    miscounts = queries.miscounts()
    for miscount in miscounts:
        log.error("seats of %s: %s", miscount.event.slug, miscount)
    return {"wrong": len(miscounts)} | {str(miscount): miscount.difference for miscount in miscounts}
