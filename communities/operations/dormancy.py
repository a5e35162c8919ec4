"""Letting silent memberships rest and waking those who came back; a membership is never deleted for silence."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from communities.models import Community
from communities.operations.membership import rest, wake_all
from communities.queries.dormancy import silent_in, woken_in


def rest_silent(*, now: datetime | None = None) -> dict[str, int]:
    """Go through all open communities, each in its own transaction; repeating at once changes nothing."""
    now = now or timezone.now()
    counts = {"rested": 0, "woken": 0}
    for community in Community.objects.live().select_related("charter").order_by("pk"):
        counts["woken"] += wake_all(woken_in(community, now=now))
        counts["rested"] += rest(community, silent_in(community, now=now), now=now)
    return counts
