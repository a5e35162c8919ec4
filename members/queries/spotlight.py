"""Who is in the spotlight now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from members.models import Spotlight

SHOWN_FOR = timedelta(days=62)  # the month after the one it is about


def current(viewer: Any, *, today: date | None = None) -> Spotlight | None:
    """The newest spotlight, where it is about a member whose page the viewer may open; None otherwise."""
    today = today or timezone.localdate()
    found = Spotlight.objects.filter(month__gt=today - SHOWN_FOR).select_related("member").order_by("-month").first()
    if found is None or not found.member.is_active or not found.member.in_directory:
        return None
    return found if viewer.is_authenticated or found.member.has_public_page else None
