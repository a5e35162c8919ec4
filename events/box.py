"""The action box of an event page: one box, one action, its content by the state of this viewer at this event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal

from cop.lib import words
from events import rules
from events.models import Event, Registration


@dataclass(frozen=True)
class Box:
    """`action` is what the button does: register, wait, log-in, join, leave, calendar, watch or nothing."""

    badge: str
    tone: str
    title: str
    note: str = ""
    action: str = ""
    may_cancel: bool = False
    waiting: int = 0

    @property
    def is_in(self) -> bool:
        """Whether the viewer's seat is certain."""
        return self.action in ("join", "calendar")

    @property
    def queue(self) -> str:
        """The length of the waiting list in words; empty while nobody waits."""
        return words.count(self.waiting, "person waits", "people wait") if self.waiting else ""

    @property
    def bar_title(self) -> str:
        return self.title if self.action != "wait" else f"Full, {self.queue}" if self.queue else "Full"


def box(event: Event, viewer: Any, registration: Any, *, waiting: int, now: datetime) -> Box:
    """registration: the viewer's live one with its position, if there is any. waiting: length of the waiting list."""
    if event.is_draft:
        return Box("Draft", "warning", "Only organizers see this", "Publish it in the admin when it is ready.")
    if event.is_cancelled:
        return Box("Cancelled", "danger", "This event was cancelled", "Those registered were told by mail.")
    if now >= event.end:
        return _over(event, registration, now)
    if registration:
        return _mine(event, registration, waiting, now)
    if problem := rules.why_no_registration(event, now):
        return Box("Closed", "", problem)
    return _open(event, viewer, waiting)


def _over(event: Event, registration: Any, now: datetime) -> Box:
    was_there = registration is not None and registration.status == Registration.Status.CONFIRMED
    title = "Thank you for being there" if was_there and registration.attended_at else "This event is over"
    if event.shows_recording(now):
        return Box("Over", "", title, action="watch")
    return Box("Over", "", title, "There is no recording." if not event.recording_url else "")


def _mine(event: Event, registration: Any, waiting: int, now: datetime) -> Box:
    may_cancel = not rules.why_no_cancelling(event, now)
    if registration.status == Registration.Status.WAITING:
        if not may_cancel:
            return Box("Closed", "", "No place became free", "The event has begun.", waiting=waiting)
        note = "When a place becomes free and you are first, it is yours and a mail tells you so."
        title = f"You are {ordinal(registration.position)} in line"
        return Box("Waiting", "warning", title, note, "leave", may_cancel=may_cancel, waiting=waiting)
    if rules.may_see_join_link(event, registration, now):
        note = "The link is for those registered, please do not pass it on."
        title = "You are in" if now < event.starts_at else "It has begun"
        return Box("Registered", "success", title, note, "join", may_cancel=may_cancel, waiting=waiting)
    note = "The link to join opens here 24 hours before." if event.join_url and now < event.opens_at else ""
    return Box("Registered", "success", "You are in", note, "calendar", may_cancel=may_cancel, waiting=waiting)


def _open(event: Event, viewer: Any, waiting: int) -> Box:
    if event.is_full:
        title = f"You would be {ordinal(waiting + 1)} in line"
        note = "Free of charge. When a place becomes free and you are first, it is yours and a mail tells you so."
        return _for(viewer, Box("Full", "warning", title, note, "wait", waiting=waiting))
    free = event.seats_free
    title = "Come along" if free is None else f"{words.count(free, 'place')} free"
    note = "Free of charge. We send a calendar entry."
    return _for(viewer, Box("Places free" if free is not None else "Open", "success", title, note, "register"))


def _for(viewer: Any, box: Box) -> Box:
    if viewer.is_authenticated:
        return box
    title = "Full, with a waiting list" if box.action == "wait" and not box.waiting else box.title
    return Box(box.badge, box.tone, title, box.note, "log-in", waiting=box.waiting)
