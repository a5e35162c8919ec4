"""What is held about a person: each table that reaches one is declared here, with what the export and erasure do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Fate(Enum):
    """What becomes of a row when the person to whom it leads is erased."""

    DELETE = "delete"
    KEEP = "keep"  # the row stays and points to a former member, whose own row is empty
    UNLINK = "unlink"  # the row stays and points to nobody


DELETE, KEEP, UNLINK = Fate.DELETE, Fate.KEEP, Fate.UNLINK


@dataclass(frozen=True)
class Holding:
    """One table that holds something about people.

    model: its label, as "labs.LabRun". what: what it holds, in words for its owner.
    people: path from the table to a member, and what becomes of the row. addresses: the same for fields that hold an
    e-mail address; where the row is kept, the address becomes the empty one of the former member.
    blank: fields that are emptied in rows that stay, with the value that empties them.
    mentions: texts written by the site or by others in which the person's name, page and address are replaced.
    handled: paths to those who only handled the row of somebody else; it stands in no export of theirs.
    stays: why words of a kept row may stay. secret: fields that no export holds.
    """

    model: str
    what: str
    people: Mapping[str, Fate] = field(default_factory=dict)
    addresses: Mapping[str, Fate] = field(default_factory=dict)
    blank: Mapping[str, Any] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()
    handled: tuple[str, ...] = ()
    stays: str = ""
    secret: tuple[str, ...] = ()


_declared: dict[str, Holding] = {}
_without_people: set[str] = set()


def declare(*holdings: Holding) -> None:
    """Make tables known to the export and the erasure; repeating changes nothing."""
    _declared.update({holding.model: holding for holding in holdings})


def without_people(*models: str) -> None:
    """Tables that hold nothing about a person."""
    _without_people.update(models)


def holdings() -> list[Holding]:
    """All tables that reach a person, in the order in which they were declared."""
    return list(_declared.values())


def known_models() -> set[str]:
    return _without_people | _declared.keys()
