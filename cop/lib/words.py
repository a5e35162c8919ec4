"""How the site says dates, spans of time and counts."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def day(moment: datetime) -> str:
    """For instance `Wed 24 March`; the year is added when it is not this one."""
    local = timezone.localtime(moment)
    this_year = local.year == timezone.localtime().year
    return date_format(local, "D j F" if this_year else "D j F Y")


def clock(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i")


def day_and_clock(moment: datetime) -> str:
    return f"{day(moment)}, {clock(moment)}"


def lately(moment: datetime) -> str:
    """For a moment of the past: `today at 14:02`, `on Tue 17 November at 14:02`."""
    is_today = timezone.localdate(moment) == timezone.localdate()
    return f"{'today' if is_today else f'on {day(moment)}'} at {clock(moment)}"


def zone_name(moment: datetime) -> str:
    """The viewer's time zone in words, for instance `Amsterdam, CET`."""
    local = timezone.localtime(moment)
    town = timezone.get_current_timezone_name().split("/")[-1].replace("_", " ")
    return f"{town}, {local.tzname()}" if town != local.tzname() else town


def span(minutes: int) -> str:
    """For instance `1 h 25 min`."""
    hours, rest = divmod(int(minutes), 60)
    parts = [f"{hours} h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} min")
    return " ".join(parts)


def count(number: int, one: str, many: str = "") -> str:
    """For instance `1 lab`, `3 labs`, `2 people`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
