"""Who is in the spotlight now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from members.models import Spotlight

SHOWN_FOR = timedelta(days=62)  # the month after the one it is about


def current(viewer: Any, *, today: date | None = None) -> Spotlight | None:
    """The newest spotlight, where it is about a member whose page the viewer may open; None otherwise."""
    return for_viewer(newest(today), viewer)


def newest(today: date | None = None) -> QuerySet[Spotlight]:
    found = Spotlight.objects.filter(month__gt=(today or timezone.localdate()) - SHOWN_FOR)
    return found.select_related("member").order_by("-month")[:1]


def for_viewer(rows: Iterable[Spotlight], viewer: Any) -> Spotlight | None:
    found = next(iter(rows), None)
    if found is None or not found.member.is_active or not found.member.in_directory:
        return None
    return found if viewer.is_authenticated or found.member.has_public_page else None
