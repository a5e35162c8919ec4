"""An agenda as organizers type it, one line for each part: `14:30 Rules first`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

LINE = re.compile(r"^[-*\s]*(?:(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\s*[-–:]?\s+)?(?P<title>\S.*)$")


@dataclass(frozen=True)
class Part:
    """One part; `at` is empty where the line names no time."""

    at: datetime | None
    title: str


def parse(text: str, *, starts_at: datetime, zone: tzinfo) -> list[Part]:
    """Read an agenda.

    text: the lines; empty ones are skipped. starts_at, zone: give the day of the times, which are clocks of that zone;
    a clock before the beginning belongs to the next day. Raises nothing: a line without a time is a title.
    """
    return [_part(match, starts_at.astimezone(zone)) for line in text.splitlines() if (match := LINE.match(line))]


def _part(match: re.Match[str], start: datetime) -> Part:
    if match["hour"] is None:
        return Part(None, match["title"].strip())
    at = start.replace(hour=int(match["hour"]), minute=int(match["minute"]), second=0, microsecond=0)
    if at < start.replace(second=0, microsecond=0):
        at += timedelta(days=1)
    return Part(at, match["title"].strip())
