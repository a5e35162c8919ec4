"""Putting the programme into the calendar, with people in the seats; more events in bulk for measurements."""

from __future__ import annotations

import itertools
import random
import zoneinfo
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from communities.models import Community
from cop.home.demo.learning import Diary
from cop.home.demo.programme import PLANS, Plan
from events.models import Event, EventSeries, Registration
from members.models import Member
from modules.models import Module

Status = Registration.Status
BATCH = 2000


def make_meetings(people: list[Member], diary: Diary, *, chance: random.Random, now: datetime) -> list[Event]:
    """The events of the programme; the named accounts keep their hands free, but for those who host."""
    by_handle = {one.handle: one for one in people}
    others = people[6:] or people
    made = []
    for plan in PLANS:
        event = _event(plan, by_handle, now)
        going = chance.sample(others, min(len(others), plan.registered + plan.waiting))
        _register(event, plan, going, diary, now)
        made.append(event)
    return made


def make_more(number: int, people: list[Member], *, chance: random.Random, now: datetime) -> None:
    """As many further coming webinars as wanted, in bulk; for measurements."""
    series = EventSeries.objects.filter(kind="webinar").first()
    modules = list(Module.objects.all())
    rows = []
    for n in range(number):
        starts = now + timedelta(days=30, hours=6 * n)
        rows.append(
            Event(
                title=f"Reading circle {n + 1}", slug=f"reading-circle-{n + 1}", kind="webinar", status="published",
                series=series, module=modules[n % len(modules)] if modules else None, host=chance.choice(people),
                summary="One text, five readers, an hour.", starts_at=starts, ends_at=starts + timedelta(hours=1),
                capacity=30, time_zone=settings.TIME_ZONE,
            )
        )  # fmt: skip
    Event.objects.bulk_create(rows, batch_size=BATCH)


def _event(plan: Plan, by_handle: dict[str, Member], now: datetime) -> Event:
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    day = timezone.localtime(now, zone) + timedelta(days=plan.days)
    if plan.weekday is not None:
        day += timedelta(days=(plan.weekday - day.weekday()) % 7)
    starts = day.replace(hour=plan.hour, minute=0, second=0, microsecond=0)
    ends = starts + timedelta(minutes=plan.minutes)
    event = Event.objects.create(
        title=plan.title, slug=plan.slug, kind=plan.kind, status=Event.Status.PUBLISHED, host=by_handle[plan.host],
        series=EventSeries.objects.filter(slug=plan.series).first(), summary=plan.summary, description=plan.description,
        module=Module.objects.filter(slug=plan.module).first(), agenda=plan.agenda, starts_at=starts, ends_at=ends,
        community=Community.objects.filter(slug=plan.community).first(), time_zone=settings.TIME_ZONE, place=plan.place,
        access_information=plan.access, capacity=plan.capacity,
        join_url="" if plan.place else f"https://meet.demo.invalid/{plan.slug}", recording_url=plan.recording,
        recording_published_at=ends + timedelta(days=1) if plan.recording else None,
    )  # fmt: skip
    event.topics.add(*plan.topics)
    return event


def _register(event: Event, plan: Plan, going: list[Member], diary: Diary, now: datetime) -> None:
    moments = (now - timedelta(days=20) + timedelta(hours=n) for n in itertools.count())
    if plan.days < 0:
        moments = (event.starts_at - timedelta(days=10) + timedelta(hours=n) for n in itertools.count())
    rows = []
    for n, (who, at) in enumerate(zip(going, moments, strict=False)):
        waits = n >= plan.registered
        came = plan.days < 0 and n % 4 != 3
        rows.append(
            Registration(
                event=event, member=who, status=Status.WAITING if waits else Status.CONFIRMED, registered_at=at,
                waiting_number=n - plan.registered + 1 if waits else None, changed_at=at, source="demo",
                attended_at=event.ends_at if came else None,
            )
        )  # fmt: skip
        diary.note(
            who, "event-registered", "event", plan.slug, plan.title, at, address=event.get_absolute_url(),
            community=plan.community,
        )  # fmt: skip
        if came and event.ends_at:
            diary.note(
                who, "event-attended", "event", plan.slug, plan.title, event.ends_at, address=event.get_absolute_url(),
                community=plan.community,
            )  # fmt: skip
    Registration.objects.bulk_create(rows, batch_size=BATCH)
    Event.objects.filter(pk=event.pk).update(seats_taken=sum(not row.waiting_number for row in rows))
