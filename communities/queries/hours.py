"""Hours and roles of people, for themselves and for those who lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from communities.models import Community, Membership, VolunteerHours
from communities.queries.people import members_of
from members.models import Member

WEEKS_SHOWN = 4


@dataclass(frozen=True)
class Own:
    """What a member gave to one community."""

    this_week: Decimal
    last_weeks: Decimal
    entries: list[VolunteerHours]
    most: int

    @property
    def is_too_much(self) -> bool:
        return self.this_week > self.most


@dataclass(frozen=True)
class Volunteer:
    """One person, as those who lead see them: hours in this community, and the tasks they have anywhere."""

    member: Member
    this_week: Decimal
    last_weeks: Decimal
    roles: list[Membership]
    most: int

    @property
    def is_too_much(self) -> bool:
        return self.this_week > self.most


def week_of(day: date) -> tuple[date, date]:
    """Monday of the day's week and of the next one."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def plain(hours: Decimal | None) -> Decimal:
    """The number as people write it, without zeros at the end: 2.5 and 10."""
    whole = (hours or Decimal(0)).to_integral_value()
    return whole if not hours or hours == whole else hours.normalize()


def hours_in_week(community: Community, member: Member, day: date) -> Decimal:
    first, end = week_of(day)
    rows = VolunteerHours.objects.filter(community=community, member=member, day__gte=first, day__lt=end)
    return plain(rows.aggregate(sum=Sum("hours"))["sum"])


def own_hours(community: Community, member: Member, *, most: int, today: date) -> Own:
    """A member's own hours in the community: sums, and the rows of the last three months; two queries."""
    rows = VolunteerHours.objects.filter(community=community, member=member)
    sums = rows.aggregate(**_sums(today))
    entries = list(rows.filter(day__gt=today - timedelta(days=90)).order_by("-day", "-pk"))
    for entry in entries:
        entry.hours = plain(entry.hours)
    return Own(plain(sums["week"]), plain(sums["weeks"]), entries, most)


def volunteer(community: Community, viewer: Member, handle: str) -> Membership | None:
    """Somebody of the community whom its leads may look at: named among its members, or with hours for it."""
    found = community.memberships.current().filter(member__handle__iexact=handle, member__is_active=True)
    gave = VolunteerHours.objects.filter(community=community).values("member")
    named = members_of(community, viewer).values("pk")
    return found.filter(Q(pk__in=named) | Q(member__in=gave)).select_related("member").first()


def roles_of(member: Member, viewer: Member) -> list[Membership]:
    """The member's tasks in communities that the viewer may know of."""
    return roles_by_member([member.pk], viewer).get(member.pk, [])


def volunteers(community: Community, viewer: Member, *, most: int, today: date) -> list[Volunteer]:
    """Everybody who gave hours in the last four weeks, most first; three queries."""
    monday = week_of(today)[0]
    rows = VolunteerHours.objects.filter(
        community=community, member__is_active=True, day__gte=monday - timedelta(weeks=WEEKS_SHOWN - 1)
    )
    grouped: Any = rows.values("member").annotate(**_sums(today)).order_by()
    sums = {row["member"]: row for row in grouped}
    people = Member.objects.in_bulk(list(sums))
    roles = roles_by_member(list(sums), viewer)
    found = [
        Volunteer(people[pk], plain(row["week"]), plain(row["weeks"]), roles.get(pk, []), most)
        for pk, row in sums.items()
    ]
    return sorted(found, key=lambda one: (-one.this_week, -one.last_weeks, one.member.name))


def roles_by_member(numbers: list[int], viewer: Member) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {}
    known = Community.objects.live().visible_to(viewer)
    rows = Membership.objects.filter(member__in=numbers, community__in=known).current()
    for row in rows.exclude(role=Membership.Role.MEMBER).select_related("community").order_by("community__name"):
        found.setdefault(row.member_id, []).append(row)
    return found


def _sums(today: date) -> dict[str, Sum]:
    monday, end = week_of(today)
    first = monday - timedelta(weeks=WEEKS_SHOWN - 1)
    return {
        "week": Sum("hours", filter=Q(day__gte=monday, day__lt=end)),
        "weeks": Sum("hours", filter=Q(day__gte=first, day__lt=end)),
    }
