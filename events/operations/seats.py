"""The counter of seats: one row per event, changed by one conditional update, so that no seat is given twice."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, F, Max, Q

from events import emails
from events.models import Event, Registration
from events.operations import acts


def hold(event: Event) -> Event:
    """Lock the event's row until the transaction ends and return it as it stands now."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def take(event: Event) -> bool:
    """Count one more seat where one is free; returns whether one was."""
    free = Event.objects.filter(Q(capacity=None) | Q(seats_taken__lt=F("capacity")), pk=event.pk)
    return bool(free.update(seats_taken=F("seats_taken") + 1))


def give_back(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(seats_taken=F("seats_taken") - 1)


def end_of_line(event: Event) -> tuple[int, int]:
    """The number behind everybody who waits, and the position that it means; call it with the event held."""
    line = Registration.objects.filter(event=event, status=Registration.Status.WAITING)
    found = line.aggregate(last=Max("waiting_number"), length=Count("pk"))
    return (found["last"] or 0) + 1, found["length"] + 1


def move_up(event: Event, *, now: datetime) -> list[Registration]:
    """Give the free seats to those who waited longest and write to each; call it with the event held."""
    moved = []
    waiting = Registration.objects.waiting().filter(event=event).select_related("member", "event")
    while (first := waiting.first()) and take(event):
        first.status, first.waiting_number, first.changed_at = Registration.Status.CONFIRMED, None, now
        first.save(update_fields=["status", "waiting_number", "changed_at"])
        acts.registered(event, first.member)
        emails.moved_up(first)
        moved.append(first)
    return moved
