"""Who sits in the committee: two groups that change half a year apart, one seat vacant; and who may do what."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth.models import Group, Permission

from cop.home.demo.people import FOUNDED
from governance.models import Committee, Seat, Term
from members.models import Member

VACANT = 1  # seats left empty, so that the page shows what follows then
MONTHS = {1: 6, 2: 12}  # of the first terms of each group, so that half of the seats change every half year


def make_committee(people: list[Member], *, now: datetime) -> None:
    """The founders appointed each other; three months later the seats were filled by a first election."""
    by_handle = {one.handle: one for one in people}
    make_organizers_of_governance(by_handle["maria"])
    committee = Committee.objects.filter(slug="steering").first()
    if committee is None:
        return
    holders = [by_handle["maria"], by_handle["adrian"], by_handle["bart"], by_handle["kim"], *people[6:]]
    seats = list(Seat.objects.filter(committee=committee).order_by("group", "pk"))
    founded = now.date() - timedelta(days=FOUNDED - 5)
    elected = (founded + timedelta(days=90)).replace(day=1)
    rows = [
        Term(seat=seat, holder=holder, starts=elected, ends=months_later(elected, MONTHS[seat.group]), how="elected")
        for seat, holder in zip(seats[: len(seats) - VACANT], holders, strict=False)
    ]
    if seats:
        rows.append(Term(seat=seats[0], holder=by_handle["leo"], starts=founded, ends=elected, how="appointed"))
    Term.objects.bulk_create(rows)


def make_organizers_of_governance(maria: Member) -> None:
    """A group that may do everything about governance in the admin, and nothing else."""
    group, _ = Group.objects.get_or_create(name="Organizers of governance")
    group.permissions.set(Permission.objects.filter(content_type__app_label="governance"))
    maria.groups.add(group)


def months_later(day: date, months: int) -> date:
    """The first of a month, some months after another first."""
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)
