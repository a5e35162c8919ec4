"""By what work is judged: the rubric of its lab, in four marks each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOT_YET = 0
MARKS = ("Not yet", "Partly", "Yes", "Very well")
# For labs whose author wrote no rubric of their own.
USUAL = (
    {"name": "It works", "text": "The result is the one that the lab promises, and it can be seen."},
    {"name": "It is explained", "text": "Own words say what was done and why it came out so."},
    {"name": "It is safe", "text": "No secret and no personal data left the place that the lab allows."},
    {"name": "It was tested", "text": "Something was tried that could have gone wrong, and what came out is shown."},
)


@dataclass(frozen=True)
class Criterion:
    name: str
    text: str


@dataclass(frozen=True)
class Mark:
    """What a review says of one criterion. text: as the lab has it now; empty where the rubric has changed since."""

    name: str
    text: str
    score: int

    @property
    def words(self) -> str:
        return MARKS[self.score]


def criteria(rubric: list[dict[str, str]]) -> list[Criterion]:
    return [Criterion(one["name"], one.get("text", "")) for one in rubric or USUAL]


def faults(scores: Mapping[str, Any], rubric: list[dict[str, str]]) -> list[str]:
    """What is wrong with marks, in words; empty where each criterion has one from 0 to 3 and nothing else has."""
    wanted = [one.name for one in criteria(rubric)]
    found = [f"“{name}” is no criterion of this lab." for name in scores if name not in wanted]
    found += [f"Choose a mark for “{name}”." for name in wanted if name not in scores]
    return found + [
        f"The mark for “{name}” must be from 0 to {len(MARKS) - 1}."
        for name, score in scores.items()
        if name in wanted and not (type(score) is int and 0 <= score < len(MARKS))
    ]


def not_yet(scores: Mapping[str, int]) -> list[str]:
    """The criteria that are not met at all."""
    return [name for name, score in scores.items() if score == NOT_YET]


def marks(scores: Mapping[str, int], rubric: list[dict[str, str]]) -> list[Mark]:
    """A review's marks in the order of the rubric; those of criteria that are gone come last."""
    texts = {one.name: one.text for one in criteria(rubric)}
    order = [*(name for name in texts if name in scores), *(name for name in scores if name not in texts)]
    return [Mark(name, texts.get(name, ""), scores[name]) for name in order]
