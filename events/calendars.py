"""Calendar files (RFC 5545) of events. The link to join never stands in one: files travel further than people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Entry

from cop.site.context import brand
from events.models import Event
from members.models import Member

PRODUCT = "-//Community of Practitioners//Events//EN"
STATUS = {Event.Status.DRAFT: "TENTATIVE", Event.Status.PUBLISHED: "CONFIRMED", Event.Status.CANCELLED: "CANCELLED"}


def public(events: Iterable[Event], *, name: str = "") -> str:
    """One file with all these events, for everybody.

    name: what calendars call the whole list; left out for a single event. Returns the text of the file.
    """
    calendar = _calendar("PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval;value=duration", "PT1H")
    for event in events:
        calendar.add_component(_entry(event))
    return _text(calendar)


def personal(event: Event, member: Member, *, method: str) -> str:
    """The file that goes with a mail to one member.

    method: REQUEST puts the event into the calendar or moves it there, CANCEL takes it out.
    """
    calendar = _calendar(method)
    entry = _entry(event)
    if method == "CANCEL":
        entry["status"] = vText("CANCELLED")
    attendee = vCalAddress(f"MAILTO:{member.email}")
    attendee.params["CN"] = vText(member.name)
    attendee.params["PARTSTAT"] = vText("DECLINED" if method == "CANCEL" else "ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    entry.add("attendee", attendee, encode=False)
    calendar.add_component(entry)
    return _text(calendar)


def uid(event: Event) -> str:
    """The same for the whole life of an event, whatever else changes."""
    return f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}"


def address(event: Event) -> str:
    return f"{settings.SITE_URL}{event.get_absolute_url()}"


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", uid(event))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", _utc(event.updated_at))
    entry.add("last-modified", _utc(event.updated_at))
    entry.add("dtstart", _utc(event.starts_at))
    entry.add("dtend", _utc(event.end))
    entry.add("summary", event.title)
    entry.add("description", f"{event.summary}\n\n{address(event)}".strip())
    entry.add("location", event.where)
    entry.add("url", address(event))
    entry.add("status", STATUS[Event.Status(event.status)])
    organizer = vCalAddress(f"MAILTO:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText(brand().name)
    entry.add("organizer", organizer, encode=False)
    return entry


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode())
