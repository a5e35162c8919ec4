"""What a record of each kind must look like, and the check of all records before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cop.home.starter.entries import Entry, Fault, Located

Check = Callable[[Any], str]


def text(value: Any) -> str:
    return "" if isinstance(value, str) and value.strip() else "must be a text"


def text_or_empty(value: Any) -> str:
    return "" if isinstance(value, str) else "must be a text"


def whole(value: Any) -> str:
    return "" if type(value) is int and value >= 0 else "must be a whole number"


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


Shape = Mapping[str, "Check | Ref | Many | Maybe"]

EXPOSURE = one_of("none", "local-only", "on-premises", "vendor-cloud", "public-service")
RULE: Shape = {
    "measure": one_of("account", "acts", "people", "organisations"), "at_least": whole,
    "verbs": Ref("verb", many=True), "within_days": Maybe(whole), "text": text,
}  # fmt: skip

SHAPES: dict[str, Shape] = {
    "brand": {"name": text, "abbreviation": text, "strapline": text, "description": text},
    "verb": {
        "slug": text, "kind": one_of("learning", "participation", "contribution", "interaction"), "points": whole,
        "title": text,
    },
    "level": {
        "slug": text, "order": whole, "title": text, "action": text, "reward": text, "rule_text": text, "may": texts,
        "needs_opt_in": yes_or_no, "confirmed_by_organizer": yes_or_no, "rules": Many(RULE),
    },
    "badge": {
        "slug": text, "order": whole, "title": text, "text": text,
        "glyph": one_of("ai", "sec", "code", "eng", "infra", "rag", "inc"),
        "measure": one_of("acts", "people", "communities", "organisations"), "at_least": whole,
        "verbs": Ref("verb", many=True), "within_days": Maybe(whole),
    },
    "community": {
        "slug": text, "order": whole, "kind": text, "name": text, "why": text, "practice_areas": texts,
        "brings": texts, "success": text,
        "description": text, "parent": Ref("community", optional=True),
    },
    "charter": {
        "slug": Ref("community"), "quorum_percent": whole, "voting_days": whole, "newcomer_hours": Maybe(whole),
        "most_hours_a_week": whole, "door": one_of("open", "ask", "invite"), "in_scope": text, "out_of_scope": text,
        "text": text,
    },
    "module": {
        "slug": text, "order": whole, "title": text, "promise": text, "summary": text, "hours": number,
        "level": one_of("beginner", "intermediate", "advanced"),
        "glyph": one_of("ai", "sec", "code", "eng", "infra", "rag", "inc"),
        "subtopics": Many({"slug": text, "title": text, "text": text}),
    },
    "persona": {
        "slug": text, "order": whole, "title": text, "name": text, "background": texts, "goals": texts,
        "barriers": texts, "role_text": text, "value": text, "reading_mode": text, "exposure_ceiling": EXPOSURE,
        "community": Ref("community"), "modules": Ref("module", many=True), "first_event": Ref("series"),
    },
    "placement": {
        "key": text, "order": whole, "text": text,
        "options": Many({"key": text, "text": text, "weights": weights}),
    },
    "channel": {
        "slug": text, "order": whole, "platform": text, "function": text, "why": text,
        "status": one_of("planned", "active"), "url": text_or_empty, "audience": text, "rules": text,
        "personas": Ref("persona", many=True),
    },
    "series": {
        "slug": text, "title": text, "kind": text, "rrule": text, "summary": text, "minutes": whole,
        "format": Many({"minutes": whole, "title": text}),
    },
    "launch_step": {"slug": text, "order": whole, "title": text, "text": text},
    "committee": {
        "slug": text, "name": text, "remit": text, "seats": whole, "term_months": whole, "rotation_groups": whole,
        "max_consecutive": whole, "per_organisation": whole,
        "seat_list": Many({"slug": text, "group": whole, "title": text, "remit": text}),
    },
    "welcome": {
        "slug": text, "order": whole, "title": text, "text": text, "verb": Ref("verb", optional=True),
        "address": text, "minutes": whole,
    },
    "skill": {
        "slug": text, "area": text, "title": text, "text": text, "topics": Ref("module", many=True), "aliases": texts,
        "is_strategic": yes_or_no,
    },
    "document": {
        "slug": text, "title": text, "order": whole, "kind": one_of("conduct", "charter", "policy"), "version": text,
        "summary": text, "review_by": day,
    },
    "concept": {
        "slug": text, "title": text, "summary": text, "author": text, "review_by": day,
        "sources": Many({"title": text, "url": text}),
    },
    "lab": {
        "slug": text, "title": text, "order": whole, "aim": text, "minutes": whole, "exposure": EXPOSURE,
        "no_code": yes_or_no, "prerequisites": texts, "environment": text, "local_alternative": text_or_empty,
        "expected": text, "reflection": text, "troubleshooting": Many({"problem": text, "cure": text}),
        "rubric": Many({"name": text, "text": text}),
    },
}  # fmt: skip


def check(entries: Iterable[Entry]) -> list[Fault]:
    """Every fault of all records together: unknown and missing keys, wrong values, slugs twice, broken references."""
    entries = list(entries)
    known: dict[str, set[str]] = {}
    faults = []
    for entry in entries:
        slugs = known.setdefault(entry.kind, set())
        if entry.key in slugs:
            faults.append(entry.fault("slug", f"“{entry.key}” stands twice"))
        slugs.add(entry.key)
    for entry in entries:
        faults += _check_mapping(entry, entry.data, SHAPES[entry.kind], known)
    return faults


def _check_mapping(entry: Entry, data: Any, shape: Shape, known: Mapping[str, set[str]]) -> list[Fault]:
    if not isinstance(data, Located):
        return [entry.fault(next(iter(shape)), "must be a mapping of keys to values")]
    unknown = data.keys() - shape.keys()
    faults = [Fault(entry.file, data.lines[key], key, "is not a key that is known here") for key in unknown]
    for key, expected in shape.items():
        if key not in data:
            faults.append(Fault(entry.file, data.line, key, "is missing"))
        else:
            faults += _check_value(entry, data, key, expected, known)
    return faults


def _check_value(entry: Entry, data: Located, key: str, expected: Any, known: Mapping[str, set[str]]) -> list[Fault]:
    value, line = data[key], data.lines[key]
    if isinstance(expected, Many):
        if not isinstance(value, list):
            return [Fault(entry.file, line, key, "must be a list of records")]
        return [fault for item in value for fault in _check_mapping(entry, item, expected.shape, known)]
    if isinstance(expected, Ref):
        problem = _check_reference(value, expected, known)
    elif isinstance(expected, Maybe):
        problem = "" if value is None else expected.check(value)
    else:
        problem = expected(value)
    return [Fault(entry.file, line, key, problem)] if problem else []


def _check_reference(value: Any, expected: Ref, known: Mapping[str, set[str]]) -> str:
    if value is None and expected.optional:
        return ""
    slugs = value if expected.many and isinstance(value, list) else [value]
    there = known.get(expected.kind, set())
    missing = [str(slug) for slug in slugs if slug not in there]
    return f"there is no {expected.kind} “{'”, “'.join(missing)}”" if missing else ""
