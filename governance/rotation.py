"""The arithmetic of terms: how many in a row, and how many at once. No database, no clock."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """Time in office: from the first day up to the last, the last not included."""

    starts: date
    ends: date


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last day where that is earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def terms_in_a_row(former: Iterable[Span], new: Span, *, pause_months: int) -> int:
    """How many terms one person would serve in a row.

    former: the person's other terms, past and future, in any order; empty ones (never begun) do not count.
    new: the term in question. pause_months: a gap at least this long ends the row.
    Returns the length of the row that holds the new term, itself included.
    """
    spans = sorted([span for span in former if span.starts < span.ends] + [new])
    row, holds_new = 0, False
    last: date | None = None
    for span in spans:
        if last is None or span.starts >= months_later(last, pause_months):
            if holds_new:
                return row
            row = 0
        row += 1
        holds_new = holds_new or span is new
        last = span.ends if last is None else max(last, span.ends)
    return row


def most_at_once(others: Iterable[Span], new: Span) -> int:
    """The greatest number of terms that run on one day of the new term, itself included."""
    overlapping = [span for span in others if max(span.starts, new.starts) < min(span.ends, new.ends)]
    days = [new.starts] + [span.starts for span in overlapping if span.starts > new.starts]
    return 1 + max(sum(span.starts <= day < span.ends for span in overlapping) for day in days)
