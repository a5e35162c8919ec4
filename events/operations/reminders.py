"""Reminders 7 days, 1 day and 1 hour before an event, each at most once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from events import emails
from events.models import Event, Registration, ReminderSent

Kind = ReminderSent.Kind
BEFORE = {Kind.WEEK: timedelta(days=7), Kind.DAY: timedelta(days=1), Kind.HOUR: timedelta(hours=1)}
ENDS = {Kind.WEEK: BEFORE[Kind.DAY], Kind.DAY: BEFORE[Kind.HOUR], Kind.HOUR: timedelta(0)}


def send_due(now: datetime | None = None) -> dict[str, int]:
    """Write the reminders whose time has come; safe to repeat and to run twice at once. Returns counts by kind.

    A reminder that could not leave in time is left to the next kind: nobody reads “in 7 days” on the day before.
    """
    now = now or timezone.now()
    return {kind.value: sum(_send(registration, kind) for registration in _due(kind, now)) for kind in BEFORE}


def start_again(event: Event, *, now: datetime) -> None:
    """After a change of time: let the reminders whose time is still to come leave once more."""
    to_come = [kind for kind, before in BEFORE.items() if event.starts_at - before > now]
    ReminderSent.objects.filter(registration__event=event, kind__in=to_come).delete()


def _due(kind: Kind, now: datetime) -> list[Registration]:
    """Those confirmed before the reminder's moment; whoever registers later has just had a mail."""
    found = (
        Registration.objects.confirmed()
        .filter(
            event__status=Event.Status.PUBLISHED,
            event__starts_at__gt=now + ENDS[kind],
            event__starts_at__lte=now + BEFORE[kind],
            changed_at__lte=F("event__starts_at") - BEFORE[kind],
            member__is_active=True,
        )
        .exclude(Q(reminders__kind=kind))
    )
    return list(found.select_related("event", "member").order_by("pk"))


@transaction.atomic
def _send(registration: Registration, kind: Kind) -> bool:
    _, is_first = ReminderSent.objects.get_or_create(registration=registration, kind=kind)
    if is_first:
        emails.reminder(registration, kind)
    return is_first
