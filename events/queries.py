"""What pages and commands read about events and registrations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cop.lib.figures import FEWEST_COUNTED
from events.models import Event, Registration
from members.models import Member

Status = Registration.Status


@dataclass(frozen=True)
class Mine:
    """A coming event for which the member is registered or waits; `position` only while waiting."""

    event: Event
    status: str
    position: int | None

    @property
    def words(self) -> str:
        return f"Waiting, {self.position} in line" if self.position else Status(self.status).label


@dataclass(frozen=True)
class Miscount:
    """An event whose counter of seats and rows disagree, or whose waiting list stands beside free seats."""

    event: Event
    rows: int
    waiting: int

    @property
    def difference(self) -> int:
        return self.event.seats_taken - self.rows

    def __str__(self) -> str:
        if self.difference:
            return f"{self.event.slug}: the counter says {self.event.seats_taken}, the rows say {self.rows}"
        return f"{self.event.slug}: {self.waiting} wait beside free places"


@dataclass(frozen=True)
class Company:
    """Who is coming, as far as it may be shown: names of those in the directory, and the others without number
    where they are fewer than five."""

    shown: list[Member]
    others: int

    @property
    def others_in_words(self) -> str:
        if not self.others:
            return ""
        return f"{self.others} others" if self.others >= FEWEST_COUNTED else "others"


def coming(limit: int, viewer: Any, *, now: datetime | None = None) -> list[Event]:
    """The next announced events that the viewer may know of and that have not begun, soonest first."""
    found = Event.objects.published().open_to(viewer).filter(starts_at__gt=now or timezone.now())
    found = found.select_related("community")
    return list(found.order_by("starts_at", "pk")[:limit])


def registrations_of(member: Member, *, now: datetime | None = None) -> list[Mine]:
    """The member's coming events with their status and position, soonest first; one query."""
    return mine_of(coming_registrations(member, now=now))


def mine_of(rows: Iterable[Any]) -> list[Mine]:
    return [Mine(row.event, row.status, row.position or None) for row in rows]


def coming_registrations(member: Member, *, now: datetime | None = None) -> QuerySet[Any]:
    found = with_position(Registration.objects.live().filter(member=member)).select_related("event")
    rows = found.filter(event__status=Event.Status.PUBLISHED, event__ends_at__gt=now or timezone.now())
    return rows.order_by("event__starts_at", "pk")


def next_open_event(member: Member, *, now: datetime | None = None) -> Event | None:
    """The soonest announced event that has a free place and for which the member has not registered."""
    return open_events(member, now=now).first()


def open_events(member: Member, *, now: datetime | None = None) -> QuerySet[Event]:
    own = Registration.objects.live().filter(member=member).values("event")
    free = Q(capacity=None) | Q(seats_taken__lt=F("capacity"))
    found = Event.objects.published().open_to(member).filter(free, starts_at__gt=now or timezone.now())
    return found.exclude(pk__in=own).order_by("starts_at", "pk")


def with_position(registrations: QuerySet[Registration]) -> QuerySet[Any]:
    """Adds `position`: the place in the waiting list, counted from its rows, 0 for those who do not wait."""
    ahead = (
        Registration.objects.filter(
            event=OuterRef("event"), status=Status.WAITING, waiting_number__lte=OuterRef("waiting_number")
        )
        .order_by()
        .values("event")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return registrations.annotate(position=Coalesce(Subquery(ahead), 0))


def position_of(registration: Registration) -> int | None:
    """The place in the waiting list, beginning with 1; None for those who do not wait."""
    if registration.status != Status.WAITING:
        return None
    waiting = Registration.objects.waiting().filter(event=registration.event_id)
    return waiting.filter(waiting_number__lte=registration.waiting_number).count()


def with_waiting(events: QuerySet[Event]) -> QuerySet[Any]:
    """Adds `waiting`: how many stand in the waiting list."""
    rows = Registration.objects.filter(event=OuterRef("pk"), status=Status.WAITING).order_by().values("event")
    return events.annotate(waiting=Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0))


def of_viewer(viewer: Any, events: Iterable[Event]) -> dict[int, Any]:
    """The viewer's live registrations for these events, with positions, by the event's id; one query or none."""
    if not viewer.is_authenticated:
        return {}
    found = with_position(Registration.objects.live().filter(member=viewer, event__in=list(events)))
    return {registration.event_id: registration for registration in found}


def company(event: Event, viewer: Any, *, limit: int = 12) -> Company:
    """Who is coming, for signed-in members: names only of those in the directory."""
    going = Member.objects.filter(
        registrations__event=event, registrations__status__in=[Status.CONFIRMED, Status.OFFERED]
    )
    shown = list(going.visible_to(viewer).order_by("registrations__registered_at", "pk")[:limit])
    return Company(shown, max(0, event.seats_taken - len(shown)))


def counts(event: Event) -> dict[str, int | None]:
    """Registrations by status, recounted from their rows."""
    found = Registration.objects.filter(event=event).order_by().values_list("status").annotate(Count("pk"))
    by_status = dict(found)
    words = (Status.CONFIRMED, Status.OFFERED, Status.WAITING, Status.CANCELLED)
    return {"capacity": event.capacity} | {status.value: by_status.get(status.value, 0) for status in words}


def miscounts(now: datetime | None = None) -> list[Miscount]:
    """Events whose counter differs from the rows, and coming ones where people wait beside free seats."""
    seated = Count("registrations", filter=Q(registrations__status__in=[Status.CONFIRMED, Status.OFFERED]))
    waiting = Count("registrations", filter=Q(registrations__status=Status.WAITING))
    found: QuerySet[Any] = Event.objects.annotate(rows=seated, waiting=waiting)
    wrong = ~Q(rows=F("seats_taken")) | Q(
        Q(capacity=None) | Q(seats_taken__lt=F("capacity")),
        waiting__gt=0, status=Event.Status.PUBLISHED, starts_at__gt=now or timezone.now(),
    )  # fmt: skip
    return [Miscount(event, event.rows, event.waiting) for event in found.filter(wrong).order_by("slug")]


def recordings(viewer: Any) -> QuerySet[Event]:
    found = Event.objects.with_recording(timezone.now()).open_to(viewer).select_related("host", "module")
    return found.order_by("-starts_at", "-pk")
