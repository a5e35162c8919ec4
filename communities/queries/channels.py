"""Where the community meets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from communities.models import Channel, Community
from communities.queries.people import Viewer
from members.models import Activity

FOR_YOU = 4


@dataclass(frozen=True)
class Places:
    """Every place, as the directory of channels shows it."""

    active: list[Channel]
    of_groups: list[Channel]
    planned: list[Channel]


def places(viewer: Viewer) -> Places:
    """Every place that the viewer may know of: those for everybody, those of single groups, and those to come."""
    found = _known(viewer)
    active = [channel for channel in found if channel.status == Channel.Status.ACTIVE]
    return Places(
        [channel for channel in active if channel.community is None],
        [channel for channel in active if channel.community],
        [channel for channel in found if channel.status == Channel.Status.PLANNED],
    )


def places_for(persona: str, viewer: Viewer) -> list[Channel]:
    """Up to four places for a newcomer: those for their persona first, and of these the ones in use first."""
    found = [channel for channel in _known(viewer) if channel.community is None]
    found.sort(key=lambda channel: (persona not in channel.personas, channel.status != Channel.Status.ACTIVE))
    return found[:FOR_YOU]


def by_source(sources: Iterable[str]) -> dict[str, Channel]:
    """The channels that acts of the ledger name as their source, by that name."""
    return {channel.slug: channel for channel in Channel.objects.filter(slug__in=set(sources))}


def acts_from(channel: Channel) -> int:
    """How many acts the ledger has from this channel."""
    return Activity.objects.filter(source=channel.slug, reversed_by=None, reverses=None).count()


def _known(viewer: Viewer) -> list[Channel]:
    known = Community.objects.visible_to(viewer).live()
    found = Channel.objects.select_related("community", "owner").filter(Q(community=None) | Q(community__in=known))
    return list(found.order_by("order", "platform", "pk"))
