"""What people are told about an event, in their inbox and by mail, in the transaction that causes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cop.site.letters import Letter
from events import calendars, times
from events.models import Event, Registration, ReminderSent
from members import emails as members_emails
from members.models import Member
from members.operations.notices import notify

REGISTERED = "You get this mail because you registered for this event."
POSITION = "\N{ASTERISM}"  # stands in a prepared letter until the position is known
WAITED = "You get this mail because you are on the waiting list of this event."
REGISTRATION, REMINDER = "event-registration", "event-reminder"
HAPPENED = {
    "confirmed": "Registered", "waiting": "Waiting list", "moved_up": "You have a place", "cancelled": "Given back",
    "moved": "Changed", "event_cancelled": "Cancelled", "reminder": "Coming up",
}  # fmt: skip


@dataclass(frozen=True)
class Prepared:
    """The letter that a wish to register most likely ends with, written before the event's row is held."""

    name: str
    letter: Letter
    written_for: datetime


def prepare(event: Event, member: Member) -> Prepared:
    name = "waiting" if event.is_full else "confirmed"
    return Prepared(name, _register_letter(name, event, member), event.updated_at)


def registered(registration: Registration, position: int | None, prepared: Prepared) -> None:
    """Confirm the seat or tell the position; writes anew where the event or the outcome is not what was prepared."""
    name, event = "waiting" if position else "confirmed", registration.event
    fits = (prepared.name, prepared.written_for) == (name, event.updated_at)
    letter = prepared.letter if fits else _register_letter(name, event, registration.member)
    _queue(registration, name, _with_position(letter, position), method="" if position else "REQUEST")


def _register_letter(name: str, event: Event, member: Member) -> Letter:
    return _letter(name, event, member, {"position": POSITION}, why=WAITED if name == "waiting" else REGISTERED)


def _with_position(letter: Letter, position: int | None) -> Letter:
    parts = (letter.subject, letter.text, letter.html)
    return Letter(*(part.replace(POSITION, str(position)) for part in parts)) if position else letter


def moved_up(registration: Registration) -> None:
    _send(registration, "moved_up", why=WAITED, method="REQUEST")


def cancelled(registration: Registration, *, waited: bool) -> None:
    why, method = (WAITED, "") if waited else (REGISTERED, "CANCEL")
    _send(registration, "cancelled", {"waited": waited}, why=why, method=method)


def moved(registration: Registration) -> None:
    waits = registration.status == Registration.Status.WAITING
    why, method = (WAITED, "") if waits else (REGISTERED, "REQUEST")
    _send(registration, "moved", {"waits": waits}, why=why, method=method, occasion=_version(registration.event))


def event_cancelled(registration: Registration, *, reason: str) -> None:
    waits = registration.status == Registration.Status.WAITING
    why, method = (WAITED, "") if waits else (REGISTERED, "CANCEL")
    event = registration.event
    _send(registration, "event_cancelled", {"reason": reason}, why=why, method=method, occasion=_version(event))


def reminder(registration: Registration, kind: ReminderSent.Kind) -> None:
    is_last = kind == ReminderSent.Kind.HOUR
    occasion = f"{kind}:{_version(registration.event)}"
    _send(registration, "reminder", {"is_last": is_last}, why=REGISTERED, occasion=occasion)


def _version(event: Event) -> str:
    return f"v{event.sequence}"


def _send(
    registration: Registration, name: str, more: dict[str, Any] | None = None, *, why: str, method: str = "",
    occasion: str = "",
) -> None:  # fmt: skip
    letter = _letter(name, registration.event, registration.member, more or {}, why=why)
    _queue(registration, name, letter, method=method, occasion=occasion)


def _letter(name: str, event: Event, member: Member, more: dict[str, Any], *, why: str) -> Letter:
    """Times are written in the reader's own zone."""
    with timezone.override(times.known_zone(member.time_zone)):
        return members_emails.letter(
            member, _kind(name), f"email/events/{name}.md", {"event": event, "member": member, **more}, because=why,
            title=f"{HAPPENED[name]}: {event.title}", text=event.when, address=event.get_absolute_url(),
        )  # fmt: skip


def _kind(name: str) -> str:
    return REMINDER if name == "reminder" else REGISTRATION


def _queue(registration: Registration, name: str, letter: Letter, *, method: str = "", occasion: str = "") -> None:
    """Into inbox and outbox, with a calendar file where a method is given; once for each occasion.

    A reminder that quiet hours would hold back until the event has begun stays on the site."""
    event, member = registration.event, registration.member
    occasion = occasion or f"{registration.changed_at.timestamp():.6f}"
    key = f"event-{name}:{registration.pk}:{occasion}"
    notify(
        member, _kind(name), title=letter.subject, address=event.get_absolute_url(), key=key, letter=letter,
        calendar=calendars.personal(event, member, method=method) if method else "", calendar_method=method,
        mail_key=key, mail_kind=f"event-{name.replace('_', '-')}",
        until=event.starts_at if name == "reminder" else None,
    )  # fmt: skip
