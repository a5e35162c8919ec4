"""Who may do what at an event; used by operations, views and templates alike. Reads only what is at hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from events.models import Event, Registration


def why_no_registration(event: Event, now: datetime) -> str:
    """The sentence that tells why nobody can register; empty while registration is open."""
    if event.is_cancelled:
        return "This event was cancelled."
    if not event.is_published:
        return "This event is not announced yet."
    if now >= event.end:
        return "This event is over."
    if now >= event.starts_at:
        return "Registration closed when the event began."
    return ""


def why_no_cancelling(event: Event, now: datetime) -> str:
    """The sentence that tells why a place can no longer be given back; empty while it can."""
    if event.is_cancelled:
        return "This event was cancelled, there is nothing left to cancel."
    return "The event has begun, so places can no longer be given back." if now >= event.starts_at else ""


def may_see_join_link(event: Event, registration: Registration | None, now: datetime) -> bool:
    """Only those registered, from 24 hours before the beginning until the end."""
    if registration is None or registration.status != Registration.Status.CONFIRMED:
        return False
    return bool(event.is_published and event.join_url and event.opens_at <= now < event.end)


def may_act_for(member: Any, by: Any) -> bool:
    """Members act for themselves, organizers for everybody."""
    return bool(by.pk == member.pk or by.is_staff)


def may_mark_attendance(event: Event, by: Any) -> bool:
    return bool(by.is_staff or event.host_id == by.pk)


def why_not_publishable(event: Event, now: datetime, zones: set[str]) -> str:
    """What is missing before an event can be announced; empty when nothing is."""
    if event.is_cancelled:
        return "A cancelled event cannot be published again. Make a new one."
    if event.ends_at is None:
        return "Give the end of the event first."
    if event.ends_at <= event.starts_at:
        return "The end must come after the beginning."
    if event.starts_at <= now:
        return "The beginning lies in the past. Choose a time to come."
    if event.time_zone not in zones:
        return f"“{event.time_zone}” is not a time zone; write one such as Europe/Lisbon."
    return ""
