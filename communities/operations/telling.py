"""Telling organizers of a group that needs them."""

from __future__ import annotations

from communities.queries.people import organizers
from members.models import Notice
from members.operations.notices import notify_many

KIND = "group-watch"


def tell_organizers_once(*, title: str, text: str, address: str, key: str) -> bool:
    """Tell all organizers, unless they were told under this key before; part of the caller's transaction."""
    if Notice.objects.filter(kind=KIND, key=key).exists():
        return False
    people = [one.pk for one in organizers()]
    return notify_many(people, KIND, title=title, text=text, address=address, key=key) > 0
