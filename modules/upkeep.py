"""Texts that are looked at again and again: whose day of review has come, and how somebody says that one still holds.

The app of modules asks for its articles; apps above announce their own kinds, as labs do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from members.models import Member


@dataclass(frozen=True)
class Due:
    """A published text whose day of review has come or is near.

    topic: slug of its module. keepers: numbers of those who are told, owner or author before stewards. names: theirs.
    """

    kind: str
    noun: str
    key: str
    title: str
    address: str
    topic: str
    module: str
    review_by: date
    keepers: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def is_late(self, today: date) -> bool:
        return self.review_by < today


@dataclass(frozen=True)
class Source:
    """One kind of text. due: those with a day of review before the given one. still_true: by key, member and words;
    raises LookupError where there is no such text."""

    kind: str
    due: Callable[[date], list[Due]]
    still_true: Callable[[str, Member, str], None]


_known: dict[str, Source] = {}


def announce(*sources: Source) -> None:
    """Make kinds known; repeating changes nothing."""
    _known.update({source.kind: source for source in sources})


def sources() -> list[Source]:
    return list(_known.values())


def source_of(kind: str) -> Source | None:
    return _known.get(kind)
