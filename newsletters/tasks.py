from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from cop.site.models import JobRun
from newsletters.delivery import engine

log = logging.getLogger(__name__)


@shared_task(name="newsletters.send_due")
def send_due() -> None:
    """Send what is due for half a minute. Woken by an approval, and every few seconds; workers share the rows.

    Not more than NEWSLETTER_WORKERS run at once, so that other tasks find a free worker too."""
    record = JobRun(name="send newsletters")
    try:
        counts = engine.run(slots=settings.NEWSLETTER_WORKERS)
    except Exception as error:
        record.status, record.error = JobRun.Status.FAILED, f"{type(error).__name__}: {error}"
        log.exception("sending newsletters failed")
    else:
        record.status, record.counts = JobRun.Status.DONE, dict(counts)
    if record.error or record.counts:
        record.ended_at = timezone.now()
        record.save()
