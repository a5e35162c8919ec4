"""What this app itself adds to the page of a community: the launch of a new group, and the newcomers' part."""

from __future__ import annotations

from dataclasses import dataclass

from communities.models import Community
from communities.queries.founding import Launch, launch_of
from communities.queries.newcomers import Corner, corner_of
from communities.queries.people import Viewer, membership_of
from communities.sections import Section, announce
from members.models import Member


@dataclass(frozen=True)
class LaunchPart:
    launch: Launch
    may_tick: bool


def launching(community: Community, viewer: Viewer) -> LaunchPart | None:
    """The checklist of a forming group: everybody sees how far it is, its members tick."""
    if community.stage != Community.Stage.FORMING or community.is_archived:
        return None
    is_organizer = isinstance(viewer, Member) and viewer.is_staff
    return LaunchPart(launch_of(community), is_organizer or membership_of(community, viewer) is not None)


def newcomers(community: Community, viewer: Viewer) -> Corner | None:
    corner = corner_of(community, viewer)
    return corner if corner and corner.has_something else None


announce(
    Section("launch", "On the way to a group", "communities/launch.html", launching, order=2),
    Section("newcomers", "For newcomers", "communities/newcomers_corner.html", newcomers, order=4),
)
