"""What this app does when the app of members announces something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from events.models import Event, Registration
from events.operations import registration
from members.models import Member
from members.signals import member_erased


@receiver(member_erased)
def give_back_seats(member: Member, **kwargs: Any) -> None:
    """The seats of who leaves go to those who wait."""
    now = timezone.now()
    live = Registration.objects.live().filter(member=member)
    for event in Event.objects.published().filter(registrations__in=live, starts_at__gt=now).order_by("pk"):
        registration.cancel(event, member=member, by=member, now=now)
