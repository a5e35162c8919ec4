"""Acts that not everybody may know of, because of where they were done: apps above say where that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from members.models import Activity

Source = Callable[[Any], Any]  # from a viewer to a query of slugs of communities that this viewer may not know of

_known: list[Source] = []


def announce(source: Source) -> None:
    """Make a source known; repeating changes nothing."""
    if source not in _known:
        _known.append(source)


def shown_to(viewer: Any, acts: QuerySet[Activity]) -> QuerySet[Activity]:
    """The acts without those done where the viewer may not look; still one query."""
    for source in _known:
        acts = acts.exclude(community__in=source(viewer))
    return acts
