"""What a record must look like, said as a table, and the check of a record against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from cop.lib.records import Fault, Located

Check = Callable[[Any], str]
SMALL = 32_767  # the largest number of a small column
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")
LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,39}")


def text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "must be a text"


def text_or_empty(value: Any) -> str:
    return "" if isinstance(value, str) else "must be a text"


def most(characters: int, check: Check = text) -> Check:
    """A text that is not longer than its column."""

    def shorter(value: Any) -> str:
        return check(value) or ("" if len(value) <= characters else f"has more than {characters} characters")

    return shorter


def slug(value: Any) -> str:
    good = isinstance(value, str) and SLUG.fullmatch(value)
    return "" if good else "must be letters, digits, - and _ only, 50 at most"


def web_address(value: Any) -> str:
    try:
        good = isinstance(value, str) and urlsplit(value).scheme in ("http", "https")
    except ValueError:
        good = False
    return "" if good else "must begin with https://"


def licence(value: Any) -> str:
    good = isinstance(value, str) and LICENCE.fullmatch(value)
    return "" if good else "must be a short name as SPDX writes it, such as CC-BY-4.0"


def whole(value: Any) -> str:
    return "" if type(value) is int and value >= 0 else "must be a whole number"


def small(value: Any) -> str:
    return whole(value) or ("" if value <= SMALL else f"must be {SMALL} at most")


def number(value: Any) -> str:
    return "" if type(value) in (int, float) and value >= 0 else "must be a number"


def yes_or_no(value: Any) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def texts(value: Any) -> str:
    good = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return "" if good else "must be a list of texts"


def day(value: Any) -> str:
    if isinstance(value, date):
        return ""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return "must be a day such as 2027-05-20"
    return ""


def weights(value: Any) -> str:
    good = isinstance(value, dict) and all(type(weight) is int for weight in value.values())
    return "" if good else "must map personas to whole numbers"


def depth(value: Any) -> str:
    return "" if type(value) is int and 1 <= value <= 4 else "must be a whole number from 1 to 4"


def one_of(*allowed: str) -> Check:
    return lambda value: "" if value in allowed else f"must be one of {', '.join(allowed)}"


@dataclass(frozen=True)
class Ref:
    """The slug of a record of another kind; `many` for a list of them."""

    kind: str
    many: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Many:
    """A list of mappings of the given shape."""

    shape: Mapping[str, Any]


@dataclass(frozen=True)
class Maybe:
    """A value that may be null."""

    check: Check


@dataclass(frozen=True)
class Each:
    """A mapping from slugs of records of another kind to values."""

    kind: str
    check: Check


@dataclass(frozen=True)
class Optional:
    """A key that may be left out."""

    expected: Check | Ref | Many | Maybe | Each


Shape = Mapping[str, "Check | Ref | Many | Maybe | Each | Optional"]
Known = Mapping[str, set[str]]  # slugs by kind; of kinds that are not in it, nothing is checked


def faults_of(file: str, data: Any, shape: Shape, known: Known, *, line: int = 1) -> list[Fault]:
    """Every fault of one record: keys that are unknown or missing, wrong values, references that lead nowhere.

    line: where the record stands, for one that is no mapping at all."""
    if not isinstance(data, Located):
        return [Fault(file, line, next(iter(shape)), "must be a mapping of keys to values")]
    unknown = data.keys() - shape.keys()
    faults = [Fault(file, data.lines[key], key, "is not a key that is known here") for key in sorted(unknown)]
    for key, expected in shape.items():
        if key in data:
            wanted = expected.expected if isinstance(expected, Optional) else expected
            faults += _faults_of_value(file, data, key, wanted, known)
        elif not isinstance(expected, Optional):
            faults.append(Fault(file, data.line, key, "is missing"))
    return faults


def _faults_of_value(file: str, data: Located, key: str, expected: Any, known: Known) -> list[Fault]:
    value, line = data[key], data.lines[key]
    if isinstance(expected, Many):
        if not isinstance(value, list):
            return [Fault(file, line, key, "must be a list of records")]
        return [fault for item in value for fault in faults_of(file, item, expected.shape, known, line=line)]
    problem = _problem(value, expected, known)
    return [Fault(file, line, key, problem)] if problem else []


def _problem(value: Any, expected: Any, known: Known) -> str:
    if isinstance(expected, Ref):
        return _problem_of_reference(value, expected, known)
    if isinstance(expected, Each):
        return _problem_of_each(value, expected, known)
    if isinstance(expected, Maybe):
        return "" if value is None else expected.check(value)
    check: Check = expected
    return check(value)


def _problem_of_reference(value: Any, expected: Ref, known: Known) -> str:
    if (value is None and expected.optional) or expected.kind not in known:
        return ""
    slugs = value if expected.many and isinstance(value, list) else [value]
    return _not_there(slugs, expected.kind, known)


def _problem_of_each(value: Any, expected: Each, known: Known) -> str:
    if not isinstance(value, dict):
        return f"must map each {expected.kind} to its number"
    wrong = [f"{key}: {problem}" for key, one in value.items() if (problem := expected.check(one))]
    return wrong[0] if wrong else _not_there(list(value), expected.kind, known)


def _not_there(slugs: list[Any], kind: str, known: Known) -> str:
    there = known.get(kind)
    missing = [str(slug) for slug in slugs if there is not None and str(slug) not in there]
    return f"there is no {kind} “{'”, “'.join(missing)}”" if missing else ""
