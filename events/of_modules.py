"""What a module's page shows of events: the next one on it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from events.models import Event
from modules import sections


def next_one(module: Any, viewer: Any) -> Event | None:
    """The soonest announced event on the module that the viewer may know of."""
    open_ones = Event.objects.published().open_to(viewer or AnonymousUser()).filter(module=module)
    found: Event | None = open_ones.filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk").first()
    return found


sections.announce(sections.Section("events", "Next event on it", "events/of_module.html", next_one, order=10))
