"""What a charter can say, field by field, and what the software does because of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from communities.models import Boundary, Criterion
from cop.lib import words


@dataclass(frozen=True)
class CharterField:
    """One field: its title, what it makes the software do, and how its value is said."""

    name: str
    title: str
    does: str
    say: Callable[[Any], str]
    unit: str = ""

    @property
    def label(self) -> str:
        """The title with the unit, for a form."""
        return f"{self.title}, in {self.unit}" if self.unit else self.title


def _number(one: str) -> Callable[[Any], str]:
    return lambda value: words.count(value, one)


def _text(empty: str) -> Callable[[Any], str]:
    return lambda value: str(value) or empty


def _door(value: Any) -> str:
    return str(Boundary.Door(value).label).capitalize()


def criterion_in_words(one: Mapping[str, Any]) -> str:
    """A criterion as a motion stores it, in one phrase."""
    if one.get("text"):
        return str(one["text"])
    depth = f" with depth {one['at_least']}" if one["kind"] == Criterion.Kind.SKILL else ""
    return f"{Criterion.Kind(one['kind']).label.split()[-1]} “{one['value']}”{depth}"


def _criteria(value: Any) -> str:
    return "; ".join(criterion_in_words(one) for one in value) or "Nothing is asked"


FIELDS = [
    CharterField(
        "door", "How people come in",
        "Opens the button to join, the form to ask, or neither: then only an invitation lets people in.", _door,
    ),
    CharterField(
        "criteria", "What is asked of who comes in",
        "Compared with levels, skills, finished modules and profiles. What is missing is listed one by one.", _criteria,
    ),
    CharterField(
        "in_scope", "What it is about", "Stands on its page, so that newcomers choose well.", _text("Left open")
    ),
    CharterField(
        "out_of_scope", "What it is not about", "Stands on its page beside what it is about.", _text("Left open")
    ),
    CharterField(
        "quorum_percent", "Quorum",
        "A motion counts only when so many of the active members have voted; resting members are not counted.",
        lambda value: f"{value} % of the active members", "percent",
    ),
    CharterField(
        "voting_days", "Time to vote", "A motion closes by itself after so many days, never earlier.", _number("day"),
        "days",
    ),
    CharterField(
        "lead_term_months", "Term of a lead",
        "When it ends, a vote opens by itself on whether the lead carries on.", _number("month"), "months",
    ),
    CharterField(
        "lead_level", "Level that a lead needs", "Nobody below it can be proposed as lead.", _text("No level is asked")
    ),
    CharterField(
        "confirm_lead_days", "Confirmation of a new lead",
        "So long a new lead has until the members must have confirmed them, and so long a vote without quorum rests.",
        _number("day"), "days",
    ),
    CharterField(
        "dormant_days", "Silent days until a membership rests",
        "A resting member is not counted for the quorum. The membership wakes with the next act.", _number("day"),
    ),
    CharterField(
        "silent_weeks", "Silent weeks until the lead is asked",
        "Then the lead is asked whether to revive, merge or close the community.", _number("week"),
    ),
    CharterField(
        "newcomer_hours", "Promise to newcomers",
        "A person answers a newcomer's first post within so many hours. Those on duty are reminded, then the leads.",
        lambda value: words.count(value, "hour") if value else "Nothing is promised", "hours",
    ),
    CharterField(
        "most_hours_a_week", "Most volunteer hours a week",
        "Above it the person and those who lead are told, so that nobody carries too much.", _number("hour"),
    ),
    CharterField("text", "In words", "Stands on the charter's page.", _text("Nothing yet")),
]  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}
OF_BOUNDARY = ("door", "in_scope", "out_of_scope")
OF_CHARTER = tuple(field.name for field in FIELDS if field.name not in (*OF_BOUNDARY, "criteria"))
