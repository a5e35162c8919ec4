"""What is right in a check: marking answers, shuffling options, faults of a question. Nothing here knows a database."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

CHOICE, ORDER, NUMBER, TEXT = "choice", "order", "number", "text"
NAMES = {CHOICE: "right option", ORDER: "right order", NUMBER: "right number", TEXT: "accepted form"}
FURTHEST = 100  # places of a number; one of millions of places breaks the arithmetic
Given = Any  # keys for a choice and an order, what was typed for a number and a short text


def is_right(kind: str, answer: Any, given: Given) -> bool:
    """Whether one answer is right; there is no half.

    A choice is right when exactly the right options are taken, an order when every thing stands in its place, a number
    when it is off by the tolerance at most, a short text when it equals an accepted form with case, spaces and
    diacritics folded. What is missing, or is no number, is not right.
    """
    if is_empty(given):
        return False
    if kind == CHOICE:
        return sorted(given) == sorted(answer)
    if kind == ORDER:
        return list(given) == list(answer)
    if kind == NUMBER:
        value = number_of(given)
        return value is not None and abs(value - decimal(answer["value"])) <= decimal(answer["tolerance"])
    return fold(given) in {fold(form) for form in answer}


def is_empty(given: Given) -> bool:
    """Whether nothing was answered: no option, no place, only spaces."""
    return not (given.strip() if isinstance(given, str) else any(given or []))


def percent(right: int, total: int) -> int:
    """The share of right answers, rounded down, so that rounding passes nobody: 2 of 3 is 66."""
    return 100 * right // total if total else 0


def gain(pre: int, post: int) -> float | None:
    """The share of what was missing that has been learned: (post - pre) / (100 - pre), below 0 for who lost some.

    None where nothing was missing before. 40 then 70 gives 0.5."""
    return (post - pre) / (100 - pre) if pre < 100 else None


def fold(text: str) -> str:
    """The text without capitals, diacritics and superfluous spaces: `  Ménage  À trois ` gives `menage a trois`."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def number_of(text: str) -> Decimal | None:
    """The number somebody typed: `0,5`, `0.5`, `1 200` and `19 %` are understood; None for what is no finite number."""
    plain = "".join(text.split()).removesuffix("%").replace(",", ".").replace("−", "-")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and len(plain) <= 30 and abs(int(value.as_tuple().exponent)) <= FURTHEST else None


def decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def shuffled(options: Sequence[Mapping[str, str]], *, seed: int, key: str) -> list[Mapping[str, str]]:
    """The options of the question `key` in the order of this seed: the same for the same seed, another for another."""
    mixed = list(options)
    random.Random(f"{seed}:{key}").shuffle(mixed)  # noqa: S311 - an order, not a secret
    return mixed


def fault_of_question(kind: str, options: Sequence[Mapping[str, str]], answer: Any) -> str:
    """Why a question cannot be marked, in words; empty where it can."""
    keys = [option["key"] for option in options]
    if kind == NUMBER:
        good = isinstance(answer, Mapping) and all(_is_number(answer.get(part)) for part in ("value", "tolerance"))
        return "" if good and decimal(answer["tolerance"]) >= 0 else "it has no right number"
    if not isinstance(answer, Sequence) or isinstance(answer, str) or not answer:
        return f"it has no {NAMES[kind]}"
    if kind == TEXT:
        return "" if all(isinstance(form, str) and fold(form) for form in answer) else "it has an empty accepted form"
    if len(keys) < 2:
        return "it needs two options at least"
    if kind == ORDER:
        return "" if sorted(answer) == sorted(keys) else "its right order does not name each thing once"
    return "" if set(answer) <= set(keys) else "its right option is not among the options"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, str, Decimal)) and number_of(str(value)) is not None
