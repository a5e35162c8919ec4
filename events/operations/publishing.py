"""The life of an event: announced, changed, cancelled. Whoever registered is told."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from events import emails, rules
from events.models import Event, Registration
from events.operations import reminders, seats
from members.models import Member

MOVES = {"starts_at", "ends_at", "time_zone", "place"}  # a change of these is told to everybody who registered
SHOWN_IN_CALENDARS = MOVES | {"title", "summary"}


@transaction.atomic
def publish(event: Event, *, by: Member, now: datetime | None = None) -> Event:
    """Announce a draft. Repeating changes nothing.

    Refused without an end, with an end before the beginning, a beginning in the past or an unknown time zone.
    """
    now = now or timezone.now()
    event = seats.hold(event)
    if event.is_published:
        return event
    if problem := rules.why_not_publishable(event, now, zoneinfo.available_timezones()):
        raise Refused(problem)
    event.status, event.updated_at = Event.Status.PUBLISHED, now
    event.save(update_fields=["status", "updated_at"])
    return event


@transaction.atomic
def change(event: Event, *, by: Member, now: datetime | None = None, **values: Any) -> Event:
    """Save new values of named fields.

    Where an announced event moves in time or place, calendar entries are renewed, those registered and waiting get a
    mail, and reminders start again. More places go to the waiting list at once. Refused: fewer places than are taken.
    """
    now = now or timezone.now()
    event = seats.hold(event)
    changed = {name for name, value in values.items() if getattr(event, name) != value}
    if not changed:
        return event
    for name in changed:
        setattr(event, name, values[name])
    _refuse_nonsense(event)
    event.sequence += bool(changed & SHOWN_IN_CALENDARS)
    event.updated_at = now
    event.save(update_fields=[*changed, "sequence", "updated_at"])
    if event.is_published and event.end > now:
        _follow(event, changed, now)
    return event


def _refuse_nonsense(event: Event) -> None:
    if event.capacity is not None and event.capacity < event.seats_taken:
        raise Refused(f"{event.seats_taken} places are taken already. Give at least that many.")
    if event.ends_at is None and not event.is_draft:
        raise Refused("An announced event needs an end.")
    if event.ends_at is not None and event.ends_at <= event.starts_at:
        raise Refused("The end must come after the beginning.")


def _follow(event: Event, changed: set[str], now: datetime) -> None:
    if changed & MOVES:
        reminders.start_again(event, now=now)
        for registration in _concerned(event):
            emails.moved(registration)
    if "capacity" in changed and now < event.starts_at:
        seats.move_up(event, now=now)


@transaction.atomic
def cancel_event(event: Event, *, by: Member, reason: str = "", now: datetime | None = None) -> Event:
    """Call an announced event off; everybody registered or waiting gets one mail, with the reason.

    Registrations stay as they were. Repeating changes nothing; refused for drafts and for what is over."""
    now = now or timezone.now()
    event = seats.hold(event)
    if event.is_cancelled:
        return event
    if event.is_draft:
        raise Refused("A draft is not announced. Delete it, nobody will notice.")
    if now >= event.end:
        raise Refused("This event is over.")
    event.status, event.updated_at, event.sequence = Event.Status.CANCELLED, now, event.sequence + 1
    event.save(update_fields=["status", "updated_at", "sequence"])
    for registration in _concerned(event):
        emails.event_cancelled(registration, reason=reason)
    return event


def _concerned(event: Event) -> list[Registration]:
    found = Registration.objects.live().filter(event=event).select_related("member").order_by("pk")
    registrations = list(found)
    for registration in registrations:
        registration.event = event
    return registrations
