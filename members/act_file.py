"""Reading a CSV file of acts: what can be checked without the database, with the number of each bad line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.utils.dateparse import parse_date, parse_datetime

COLUMNS = ("member", "verb", "title", "address", "happened_at", "other", "topic", "community", "key")
NEEDED = {"member", "verb", "title", "happened_at"}
OTHER_NAMES = {"email": "member", "handle": "member", "happened_on": "happened_at", "date": "happened_at"}
LONGEST = {"title": 200, "address": 300, "topic": 50, "community": 50, "key": 100}
MOST_BYTES, MOST_LINES = 5_000_000, 50_000
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EARLIEST = 1990


@dataclass(frozen=True, order=True)
class Fault:
    line: int
    text: str


@dataclass(frozen=True)
class Line:
    """One act of the file. member, other: an e-mail address or a handle, in small letters."""

    number: int
    member: str
    verb: str
    title: str
    address: str
    happened_at: datetime
    other: str
    topic: str
    community: str
    key: str


def read(data: bytes, *, now: datetime) -> tuple[list[Line], list[Fault]]:
    """The lines of the file, and what is wrong with the others. A file that cannot be read at all has one fault."""
    if len(data) > MOST_BYTES:
        return [], [Fault(1, f"the file is larger than {MOST_BYTES // 1_000_000} MB; cut it into several")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Fault(data[: error.start].count(b"\n") + 1, "the file is not in UTF-8; save it as “CSV UTF-8”")]
    if "\0" in text:
        return [], [Fault(text[: text.index("\0")].count("\n") + 1, "the file holds a null character; is it CSV?")]
    records = _records(text)
    try:
        return _read(records, now)
    except csv.Error as error:
        return [], [Fault(records.line, f"this is no CSV: {error}")]


class _Records:
    """The rows of the file, and the line on which the last one began."""

    def __init__(self, text: str) -> None:
        head = text.split("\n", 1)[0]
        mark = ";" if head.count(";") > head.count(",") else ","
        self.reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        self.line = 0

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        self.line = self.reader.line_num + 1
        return next(self.reader)


def _records(text: str) -> _Records:
    return _Records(text)


def _read(records: _Records, now: datetime) -> tuple[list[Line], list[Fault]]:
    columns, faults = _columns(next(records, []))
    if faults:
        return [], faults
    lines: list[Line] = []
    for values in records:
        if not any(value.strip() for value in values):
            continue
        if len(lines) + len(faults) >= MOST_LINES:
            return lines, [*faults, Fault(records.line, f"more than {MOST_LINES:,} acts; cut the file into several")]
        line, wrong = _line(records.line, columns, values, now)
        faults += (Fault(records.line, text) for text in wrong)
        lines += [line] if line else []
    if not lines and not faults:
        faults.append(Fault(2, "there is no act in the file"))
    return lines, faults


def _columns(names: list[str]) -> tuple[list[str], list[Fault]]:
    columns = [OTHER_NAMES.get(name, name) for name in (raw.strip().lower().replace(" ", "_") for raw in names)]
    faults = [Fault(1, f"there is no column “{name}”; known are {', '.join(COLUMNS)}")
              for name in columns if name not in COLUMNS]  # fmt: skip
    faults += [Fault(1, f"the column “{name}” is missing") for name in sorted(NEEDED - set(columns))]
    faults += [
        Fault(1, f"the column “{name}” stands twice") for name in sorted({n for n in columns if columns.count(n) > 1})
    ]
    return columns, faults


def _line(number: int, columns: list[str], values: list[str], now: datetime) -> tuple[Line | None, list[str]]:
    if len(values) > len(columns):
        return None, [f"there are {len(values)} values for {len(columns)} columns; put texts with commas into quotes"]
    found = dict.fromkeys(COLUMNS, "") | {
        name: " ".join(value.split()) for name, value in zip(columns, values, strict=False)
    }
    wrong = [f"“{name}” is empty" for name in COLUMNS if name in NEEDED and not found[name]]
    wrong += [f"“{name}” has more than {most} characters" for name, most in LONGEST.items() if len(found[name]) > most]
    wrong += [f"“{found[name]}” is not the slug of a {name}" for name in ("topic", "community")
              if found[name] and not SLUG.fullmatch(found[name])]  # fmt: skip
    if found["address"] and not re.match(r"https://|/(?!/)", found["address"]):
        wrong.append("the address must start with https:// or with /")
    at, fault = _moment(found["happened_at"], now) if found["happened_at"] else (None, "")
    wrong += [fault] if fault else []
    if wrong or at is None:
        return None, wrong
    found["member"], found["other"] = found["member"].lower().lstrip("@"), found["other"].lower().lstrip("@")
    return Line(number, happened_at=at, **{name: found[name] for name in COLUMNS if name != "happened_at"}), []


def _moment(text: str, now: datetime) -> tuple[datetime | None, str]:
    """A day, which counts as its noon, or a moment; UTC where no zone is given."""
    try:
        day = parse_date(text)
        at = min(datetime.combine(day, time(12), tzinfo=UTC), now) if day and day <= now.date() else None
        at = at or (datetime.combine(day, time(12), tzinfo=UTC) if day else parse_datetime(text))
    except ValueError:
        at = None
    if at is None or at.year < EARLIEST:
        return None, f"“{text}” is not a day such as 2026-11-20, nor a moment such as 2026-11-20T18:30+01:00"
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return (None, "the act lies in the future") if at > now else (at, "")
