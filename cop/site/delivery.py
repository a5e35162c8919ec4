"""Sending what waits in the outbox, by a worker; safe to run in several at once, and to repeat."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from cop.site.context import brand
from cop.site.models import Mail

log = logging.getLogger(__name__)
BATCH = 50
LONGEST_SENDING = timedelta(minutes=10)
MOST_TRIES = 12
KEEP = timedelta(days=30)
SAID = ["text", "html", "calendar", "unsubscribe"]
WRITTEN_DOWN = ["state", "tries", "error", "next_try_at", "changed_at", *SAID]


def send_due(now: datetime | None = None) -> dict[str, int]:
    """Send what waits, batch by batch; safe to run in several workers at once. Returns counts by outcome."""
    now = now or timezone.now()
    counts = {"sent": 0, "failed": 0, "later": 0}
    Mail.objects.stuck(now - LONGEST_SENDING).update(state=Mail.State.WAITING)
    while batch := _claim(now):
        for mail, outcome in _send(batch):
            counts[outcome] += 1
            mail.changed_at = timezone.now()
            mail.save(update_fields=WRITTEN_DOWN)
        if counts["later"]:
            break
    return counts


def _claim(now: datetime) -> list[Mail]:
    with transaction.atomic():
        batch = list(Mail.objects.due(now).select_for_update(skip_locked=True).order_by("next_try_at")[:BATCH])
        for mail in batch:
            mail.state, mail.changed_at, mail.tries = Mail.State.SENDING, timezone.now(), mail.tries + 1
        Mail.objects.bulk_update(batch, ["state", "changed_at", "tries"])
    return batch


def _send(batch: list[Mail]) -> Iterable[tuple[Mail, str]]:
    connection = get_connection()
    for mail in batch:
        try:
            message(mail, connection=connection).send()
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            yield mail, _refused(mail, str(error), final=code >= 500)
        except (smtplib.SMTPException, OSError) as error:
            connection = get_connection()
            yield mail, _refused(mail, str(error), final=False)
        except Exception as error:  # one mail that cannot be written must never hold up the others
            log.exception("mail %s cannot be sent", mail.pk)
            yield mail, _refused(mail, f"{type(error).__name__}: {error}", final=True)
        else:
            mail.state, mail.error = Mail.State.SENT, ""
            mail.text = mail.html = mail.calendar = mail.unsubscribe = ""  # what was said to a person is not kept
            yield mail, "sent"


def _refused(mail: Mail, error: str, *, final: bool) -> str:
    mail.error = error[:300]
    if final or mail.tries >= MOST_TRIES:
        mail.state = Mail.State.FAILED
        return "failed"
    mail.state = Mail.State.WAITING
    mail.next_try_at = timezone.now() + timedelta(seconds=min(3600, 5 * 2**mail.tries))
    return "later"


def message(mail: Mail, connection: object = None) -> EmailMultiAlternatives:
    headers = {"Auto-Submitted": "auto-generated", "X-Kind": mail.kind}
    if mail.unsubscribe:
        headers |= {
            "List-Unsubscribe": f"<{mail.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"
        }  # fmt: skip
    made = EmailMultiAlternatives(
        mail.subject, mail.text, sender(), [mail.to], connection=connection, headers=headers
    )  # fmt: skip
    made.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        made.attach("event.ics", mail.calendar, f"text/calendar; method={mail.calendar_method}; charset=utf-8")
    return made


def sender() -> str:
    """Our address with the community's name before it."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or brand().name, address))


def forget_old(now: datetime | None = None) -> int:
    """Delete the log of mails that left or failed more than 30 days ago; returns how many."""
    before = (now or timezone.now()) - KEEP
    return Mail.objects.filter(state__in=[Mail.State.SENT, Mail.State.FAILED], changed_at__lt=before).delete()[0]
