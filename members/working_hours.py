"""How many working hours people in two time zones have in common."""

from __future__ import annotations

import functools
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

BEGIN, END = time(9), time(17)  # on everybody's own clock


@functools.lru_cache(maxsize=20_000)
def shared_hours(mine: str, theirs: str, day: date) -> float:
    """Hours between 9 and 17 on my clock, on that day of mine, which lie between 9 and 17 on theirs.

    mine, theirs: IANA names, as Europe/Lisbon; an unknown one shares nothing. Daylight saving counts as on that day.
    """
    try:
        my_zone, their_zone = ZoneInfo(mine), ZoneInfo(theirs)
    except (ZoneInfoNotFoundError, ValueError):
        return 0.0
    begin, end = _working_day(day, my_zone)
    shared = timedelta()
    for shift in (-1, 0, 1):
        their_begin, their_end = _working_day(day + timedelta(days=shift), their_zone)
        shared += max(timedelta(), min(end, their_end) - max(begin, their_begin))
    return shared / timedelta(hours=1)


def _working_day(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    utc = ZoneInfo("UTC")
    return datetime.combine(day, BEGIN, zone).astimezone(utc), datetime.combine(day, END, zone).astimezone(utc)
