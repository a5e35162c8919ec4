"""Who sits in the committee: two groups that change half a year apart, one seat vacant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from governance.models import Committee, Seat, Term
from members.models import Member

VACANT = 1  # seats left empty, so that the page shows what follows then


def make_committee(people: list[Member], *, now: datetime) -> None:
    committee = Committee.objects.filter(slug="steering").first()
    if committee is None:
        return
    by_handle = {one.handle: one for one in people}
    holders = [by_handle["maria"], by_handle["adrian"], by_handle["bart"], by_handle["kim"], *people[6:]]
    seats = list(Seat.objects.filter(committee=committee).order_by("group", "pk"))
    half_year = timedelta(days=182)
    today = now.date()
    rows = []
    for seat, holder in zip(seats[: len(seats) - VACANT], holders, strict=False):
        starts = first_of_month(today - half_year * (2 - seat.group) - timedelta(days=100))
        rows.append(Term(seat=seat, holder=holder, starts=starts, ends=a_year_later(starts), how=Term.How.ELECTED))
    if seats and len(holders) > len(rows):
        before = rows[0].starts
        rows.append(
            Term(seat=seats[0], holder=holders[len(rows)], starts=first_of_month(before - 2 * half_year), ends=before,
                 how=Term.How.APPOINTED)
        )  # fmt: skip
    Term.objects.bulk_create(rows)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1)
