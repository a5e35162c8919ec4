"""Hours that members give to a community, logged by themselves; and the warning when they are too many."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from communities.models import Community, VolunteerHours
from communities.operations.membership import wake
from communities.queries.charter import charter_of
from communities.queries.hours import hours_in_week, week_of
from communities.queries.people import carriers_to_ask, membership_of
from cop.lib.errors import Refused
from members.models import Member, Notice
from members.operations.notices import notify_many

LATEST = timedelta(days=90)
DAY = Decimal(24)


@transaction.atomic
def log_hours(
    community: Community, *, day: date, hours: Decimal, task: str, by: Member, today: date | None = None
) -> VolunteerHours:
    """Write down hours that one gave on a day. Those who lead are told once a week when it is more than agreed.

    Refuses who does not belong to the community, a day to come or long past, more hours than a day has, no task."""
    today = today or timezone.localdate()
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # two entries for one day wait for each other
    if membership_of(community, by) is None:
        raise Refused(f"Only members of “{community.name}” log hours for it.")
    if not task.strip():
        raise Refused("Write what you did, in a few words.")
    if day > today or day < today - LATEST:
        raise Refused("Choose a day of the last 90 days, today included.")
    given = VolunteerHours.objects.filter(member=by, day=day).aggregate(sum=Sum("hours"))["sum"] or Decimal(0)
    if hours <= 0 or given + hours > DAY:
        raise Refused(f"With these you would have {given + hours:f} hours on that day. Write 0.25 to {DAY - given:f}.")
    row = VolunteerHours.objects.create(community=community, member=by, day=day, hours=hours, task=task.strip())
    wake(community, by=by)
    _warn(community, by, day)
    return row


@transaction.atomic
def remove(entry: VolunteerHours, *, by: Member) -> None:
    """Take back hours that one logged oneself."""
    if entry.member_id != by.pk:
        raise Refused("Only who logged these hours can take them back.")
    entry.delete()


def _warn(community: Community, member: Member, day: date) -> None:
    most = charter_of(community).most_hours_a_week
    given = hours_in_week(community, member, day)
    if given <= most:
        return
    monday = week_of(day)[0]
    key = f"hours:{community.pk}:{member.pk}:{monday}"
    told = Notice.objects.filter(kind="community-hours", key=key).values_list("member", flat=True)
    notify_many(
        {one.pk for one in carriers_to_ask(community)} - {member.pk, *told}, "community-hours",
        title=f"{member.name} gave {given} hours to {community.name}",
        text=f"In the week from {monday:%-d %B} that is more than the {most} hours of the charter. "
        "Ask whether somebody can take over a part.",
        address=f"{community.get_absolute_url()}hours/", key=key,
    )  # fmt: skip
