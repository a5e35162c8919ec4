"""Parts of a page that the apps above fill: each app announces its own when it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """One part of a page about something, as a community or a member.

    key: its name in the page's addresses. title: its heading. template: shows `part.content`. order: small numbers
    stand first. read: what it shows, from the thing and the viewer, in a constant number of queries; nothing hides it.
    """

    key: str
    title: str
    template: str
    read: Callable[[Any, Any], Any]
    order: int = 50


@dataclass(frozen=True)
class Filled:
    section: Section
    content: Any


class Slot:
    """The place in one kind of page."""

    def __init__(self) -> None:
        self._known: dict[str, Section] = {}

    def announce(self, *sections: Section) -> None:
        """Make sections known; repeating changes nothing."""
        self._known.update({section.key: section for section in sections})

    def fill(self, thing: Any, viewer: Any) -> list[Filled]:
        """The parts that have something to show, in order."""
        found = [Filled(section, section.read(thing, viewer)) for section in self._known.values()]
        return sorted((one for one in found if one.content), key=lambda one: (one.section.order, one.section.key))
