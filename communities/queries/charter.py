"""What a community agreed for itself, and what its charter's page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communities.charter_fields import BY_NAME, FIELDS, OF_BOUNDARY, OF_CHARTER, CharterField
from communities.models import Boundary, Charter, Community, Criterion
from members.models import Level, LevelAward, Member

FORMAL = [("has_budget", "A budget"), ("has_elections", "Elections"), ("has_objectives", "Objectives")]


@dataclass(frozen=True)
class Line:
    """One field of a charter with its value in words."""

    field: CharterField
    words: str


@dataclass(frozen=True)
class Change:
    """One change that a motion proposes."""

    field: CharterField
    before: str
    after: str


def charter_of(community: Community) -> Charter:
    """The charter; one with the usual values, not in the database, where none was written."""
    return getattr(community, "charter", None) or Charter(community=community)


def values_of(charter: Charter, boundary: Boundary) -> dict[str, Any]:
    """Every field of the charter, as a motion names and stores it."""
    criteria = boundary.criteria.all() if boundary.pk else []
    return {
        **{name: getattr(boundary, name) for name in OF_BOUNDARY},
        "criteria": [criterion_value(one) for one in criteria],
        **{name: getattr(charter, name) for name in OF_CHARTER},
    }


def criterion_value(one: Criterion) -> dict[str, Any]:
    return {"kind": one.kind, "value": one.value, "at_least": one.at_least, "text": one.text}


def lines_of(values: Mapping[str, Any]) -> list[Line]:
    """The charter in words, without its text, which has a place of its own."""
    return [Line(field, field.say(values[field.name])) for field in FIELDS if field.name != "text"]


def changes_of(stored: Mapping[str, Any]) -> list[Change]:
    """What a motion changes, in words and in the charter's order."""
    return [
        Change(field, field.say(stored[name]["from"]), field.say(stored[name]["to"]))
        for name, field in BY_NAME.items()
        if name in stored
    ]


def formal_parts(community: Community) -> list[str]:
    return [words for name, words in FORMAL if getattr(community, name)]


def holds_level(member: Member, slug: str) -> bool:
    """Whether the member holds this level or a higher one; a level that is gone is asked of nobody."""
    level = Level.objects.filter(slug=slug).first()
    if level is None:
        return True
    return LevelAward.objects.filter(member=member, level__order__gte=level.order, revoked_at=None).exists()
