"""What a community's page shows of its events: those to come, and what was recorded."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from communities import sections
from events.models import Event

MOST = 4


def coming(community: Any, viewer: Any) -> list[Event]:
    """The next events of the community, soonest first."""
    found = Event.objects.published().coming(timezone.now()).filter(community=community)
    return list(found.order_by("starts_at", "pk")[:MOST])


def recorded(community: Any, viewer: Any) -> list[Event]:
    """Its newest recordings."""
    found = Event.objects.with_recording(timezone.now()).filter(community=community)
    return list(found.order_by("-starts_at", "-pk")[:MOST])


sections.announce(
    sections.Section("events", "Coming events", "events/of_community.html", coming, order=10),
    sections.Section("knowledge", "What it has worked out", "events/recordings_of_community.html", recorded, order=20),
)
