"""How the times of an event are said: in the reader's zone, and in the event's own where that differs."""

from __future__ import annotations

import zoneinfo
from datetime import datetime

from django.utils import timezone

from cop.lib import words


def span(start: datetime, end: datetime) -> str:
    """In the current zone, for instance `Wed 24 March, 14:00 to 16:30`."""
    same_day = timezone.localtime(start).date() == timezone.localtime(end).date()
    if start == end:
        return words.day_and_clock(start)
    return f"{words.day_and_clock(start)} to {words.clock(end) if same_day else words.day_and_clock(end)}"


def clocks(start: datetime, end: datetime) -> str:
    """For lists whose dates stand beside: `Wed, 14:00 to 16:30`; over several days as `span`."""
    local = timezone.localtime(start)
    if local.date() != timezone.localtime(end).date():
        return span(start, end)
    return f"{local:%a}, {words.clock(start)} to {words.clock(end)}"


def at_home(start: datetime, end: datetime, zone: str) -> str:
    """The same span in the event's own zone, with its name; empty where its clocks agree with the reader's."""
    home = known_zone(zone)
    if timezone.localtime(start).utcoffset() == start.astimezone(home).utcoffset():
        return ""
    with timezone.override(home):
        return f"{span(start, end)} ({words.zone_name(start)})"


def known_zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that name; UTC for a name that the machine does not know any more."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")
