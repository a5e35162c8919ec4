"""Things of the apps above that a criterion may name, as modules: each app makes its own known when it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """One thing: its title for people, and where it stands on this site."""

    title: str
    address: str


Source = Callable[[], dict[str, Named]]
_sources: dict[str, Source] = {}


def announce(kind: str, source: Source) -> None:
    """Make the things of a kind known. source: gives all of them by slug, in one query."""
    _sources[kind] = source


def things(kind: str) -> dict[str, Named]:
    """Everything of the kind by slug; empty where no app knows the kind."""
    return _sources[kind]() if kind in _sources else {}


def in_words(slug: str) -> str:
    """A readable name for a slug whose thing is not known (any more)."""
    return slug.replace("-", " ").capitalize()
