"""When a member may be reached: quiet hours and the hour of the digest, both in the member's own time.

Pure functions over moments; what a clock does on the two odd days of a year is decided here."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache


@lru_cache(maxsize=1000)
def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that name; UTC for a name that the machine does not know any more."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")


def quiet_until(now: datetime, zone: str, start: time | None, end: time | None) -> datetime | None:
    """The end of the quiet hours that `now` lies in; None where it lies in none.

    zone: name of the member's zone. start, end: local times, the span may go over midnight; equal or missing: no quiet.
    """
    if start is None or end is None or start == end:
        return None
    local = now.astimezone(zone_of(zone))
    clock = local.time().replace(microsecond=0)
    over_midnight = start > end
    if not (clock >= start or clock < end if over_midnight else start <= clock < end):
        return None
    last_day = local.date() + timedelta(days=over_midnight and clock >= start)
    return _moment(last_day, end, zone, after=now)


def last_digest(now: datetime, zone: str, hour: int) -> datetime:
    """The newest moment, not after `now`, at which the member's digest falls due."""
    today = now.astimezone(zone_of(zone)).date()
    moment = _moment(today, time(hour), zone)
    return moment if moment <= now else _moment(today - timedelta(days=1), time(hour), zone)


def next_digest(now: datetime, zone: str, hour: int) -> datetime:
    """The first moment after `now` at which the member's digest falls due."""
    today = now.astimezone(zone_of(zone)).date()
    moment = _moment(today, time(hour), zone)
    return moment if moment > now else _moment(today + timedelta(days=1), time(hour), zone)


def _moment(day: date, clock: time, zone: str, after: datetime | None = None) -> datetime:
    """That local time as a moment. An hour that the clock shows twice means its first time, or the first `after`."""
    found = datetime.combine(day, clock, tzinfo=zone_of(zone))
    moment = found.astimezone(UTC)
    return found.replace(fold=1).astimezone(UTC) if after and moment <= after else moment
