"""Registering for an event and taking it back. Seats are never given twice, and nobody waits beside a free one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from events import emails, queries, rules
from events.models import Event, Registration
from events.operations import acts, seats
from members.models import Member

Status = Registration.Status


@dataclass(frozen=True)
class Outcome:
    """What came of a wish to register; `is_new` is False where the member was registered or waiting already."""

    registration: Registration
    position: int | None
    is_new: bool

    @property
    def waits(self) -> bool:
        return self.position is not None


@dataclass(frozen=True)
class TakenBack:
    """What was taken back: a seat, or a number in the waiting list."""

    registration: Registration
    waited: bool
    moved_up: list[Registration]


@transaction.atomic
def register(
    event: Event, *, member: Member, by: Member, source: str = "site", now: datetime | None = None
) -> Outcome:  # fmt: skip
    """Give the member a seat, or a number in the waiting list when there is none, and write to them.

    A repeated wish changes nothing and finds the first one's result. Refused for what is not announced, was cancelled,
    or has begun.
    """
    now = now or timezone.now()
    _refuse_strangers(member, by)
    # What takes long comes before the event's row is held: 200 people at once wait for each other only briefly.
    prepared = emails.prepare(event, member)
    event = seats.hold(event)
    known = Registration.objects.select_related("event", "member").filter(event=event, member=member).first()
    if known and known.status != Status.CANCELLED:
        return Outcome(known, queries.position_of(known), is_new=False)
    if problem := rules.why_no_registration(event, now):
        raise Refused(problem)
    registration = known or Registration(event=event, member=member, registered_at=now)
    registration.event, registration.source = event, source
    position = _seat(registration, now)
    if position is None:
        acts.registered(event, member)
    emails.registered(registration, position, prepared)
    return Outcome(registration, position, is_new=True)


@transaction.atomic
def cancel(event: Event, *, member: Member, by: Member, now: datetime | None = None) -> TakenBack:
    """Take a registration back; the seat goes to the first in the waiting list, who gets a mail.

    Repeating changes nothing. Refused without a registration, and once the event has begun.
    """
    now = now or timezone.now()
    _refuse_strangers(member, by)
    event = seats.hold(event)
    registration = Registration.objects.select_related("event", "member").filter(event=event, member=member).first()
    if registration is None:
        raise Refused("You are not registered for this event.")
    if registration.status == Status.CANCELLED:
        return TakenBack(registration, waited=False, moved_up=[])
    if problem := rules.why_no_cancelling(event, now):
        raise Refused(problem)
    waited = registration.status == Status.WAITING
    registration.status, registration.waiting_number, registration.changed_at = Status.CANCELLED, None, now
    registration.save(update_fields=["status", "waiting_number", "changed_at"])
    emails.cancelled(registration, waited=waited)
    if waited:
        return TakenBack(registration, waited=True, moved_up=[])
    seats.give_back(event)
    return TakenBack(registration, waited=False, moved_up=seats.move_up(event, now=now))


def _refuse_strangers(member: Member, by: Member) -> None:
    if not rules.may_act_for(member, by):
        raise Refused("Only the member, or an organizer, can do this.")


def _seat(registration: Registration, now: datetime) -> int | None:
    """Confirm the registration or put it at the end of the waiting list; returns the position there."""
    position = None
    registration.status, registration.waiting_number, registration.changed_at = Status.CONFIRMED, None, now
    if not seats.take(registration.event):
        registration.status = Status.WAITING
        registration.waiting_number, position = seats.end_of_line(registration.event)
    if registration.pk:
        registration.save(update_fields=["status", "waiting_number", "changed_at", "source"])
    else:
        registration.save()
    return position
