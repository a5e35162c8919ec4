"""Parts of a community's page that the apps above fill, as its events: each app announces its own when it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Section:
    """One part of the page.

    key: its name in the page's addresses. title: its heading. template: shows `part.content`. order: small numbers
    stand first. read: what it shows, from community and viewer, in a constant number of queries; nothing hides it.
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


_known: dict[str, Section] = {}


def announce(*sections: Section) -> None:
    """Make sections known; repeating changes nothing."""
    _known.update({section.key: section for section in sections})


def sections_of(community: Any, viewer: Any) -> list[Filled]:
    """The parts that have something to show, in order."""
    found = [Filled(section, section.read(community, viewer)) for section in _known.values()]
    return sorted((one for one in found if one.content), key=lambda one: (one.section.order, one.section.key))
