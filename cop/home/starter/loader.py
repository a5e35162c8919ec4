"""Writing the starter content without ever overwriting what people changed.

For each record two hashes are kept: of its source, and of the row as the loader last left it. A row whose hash differs
was edited by people and is left alone; so is one that people deleted. A community may keep content in a repository of
its own: what was loaded from there belongs to it, and the product's own content leaves it alone from then on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from cop.home.starter import kinds, shapes
from cop.home.starter.entries import Entry
from cop.home.starter.versions import keep_missing
from cop.lib.records import ContentError
from cop.site.models import StarterRecord
from members.models import Skill

LOCK = 4_201_811
WRITES = ("added", "updated")
ACTIONS = (*WRITES, "unchanged", "kept", "gone", "elsewhere")
PEOPLE = ("author", "owner")
NAME = ("kind", "key")
SAID = ("file", "source_hash", "row_hash", "origin", "people")


@dataclass(frozen=True)
class Step:
    """What the load does with a record: added, updated, unchanged, kept (people changed it), gone (they deleted it),
    elsewhere (the community keeps it in a repository of its own)."""

    action: str
    kind: str
    key: str
    file: str

    @property
    def is_different(self) -> bool:
        return self.action not in ("unchanged", "elsewhere")


def read(root: Path, *, origin: str = "") -> list[Entry]:
    """All records below `root`, checked as a whole; raises ContentError with every fault before anything is written.

    origin: the name of a community's own repository, which may hold some kinds of records only."""
    entries = kinds.read_all(root, partly=bool(origin), origin=origin)
    known = {"skill": set(Skill.objects.values_list("slug", flat=True))} if origin else {}
    faults = shapes.check(entries, known)
    if not faults:
        faults = kinds.check_bodies(entries)
    if faults:
        raise ContentError(faults)
    return entries


@transaction.atomic
def load(root: Path, *, dry_run: bool = False, origin: str = "") -> list[Step]:
    """Bring the database to the content, in one transaction. Repeating it changes nothing.

    origin: as for `read`; what is written belongs to it from now on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    entries = read(root, origin=origin)
    records = {(record.kind, record.key): record for record in StarterRecord.objects.all()}
    steps, kept = [], []
    for entry in entries:
        step, record = _load(entry, records.get((entry.kind, entry.key)), origin)
        steps.append(step)
        kept += [record] if record else []
    StarterRecord.objects.bulk_create(kept, update_conflicts=True, unique_fields=NAME, update_fields=SAID)
    keep_missing()
    if dry_run:
        transaction.set_rollback(True)
    return steps


def counts(steps: list[Step]) -> dict[str, int]:
    found = Counter(step.action for step in steps)
    return {action: found[action] for action in ACTIONS}


def _load(entry: Entry, record: StarterRecord | None, origin: str) -> tuple[Step, StarterRecord | None]:
    """Bring one row to its record; returns what is to be remembered of it, where that changes."""
    kind = kinds.KINDS[entry.kind]
    row, source, kept = kind.find(entry), source_hash(entry), None
    action = _decide(kind, record, row, source, origin)
    if action == "kept" and _says_the_same(kind, entry, row, record):
        action = "unchanged"
        kept = _record(entry, source, row_hashes(kind, row)[0], origin)
    elif action in WRITES:
        written = kind.write(entry, row)
        kept = _record(entry, source, row_hashes(kind, _as_it_lies(written))[0], origin)
    elif action == "unchanged" and record and record.origin != origin:
        kept = _record(entry, source, record.row_hash, origin)
    return Step(action, entry.kind, entry.key, entry.file), kept


def _as_it_lies(written: models.Model) -> models.Model:
    """The row as the database gives it back: numbers and days in the types of their columns."""
    return type(written)._default_manager.get(pk=written.pk)


def _decide(
    kind: kinds.Kind, record: StarterRecord | None, row: models.Model | None, source: str, origin: str
) -> str:  # fmt: skip
    if record and record.origin and record.origin != origin:
        return "elsewhere"
    if row is None:
        return "gone" if record else "added"
    if record is None or record.row_hash not in row_hashes(kind, row):
        return "kept"
    return "unchanged" if record.source_hash == source else "updated"


def _says_the_same(kind: kinds.Kind, entry: Entry, row: Any, record: StarterRecord | None) -> bool:
    """Whether the file says what people made of the row, as after an export: then both go on from here together."""
    if kind.as_file is None or not entry.text:
        return False
    said = people_of(entry)
    return kind.as_file(row, said) == entry.text


def _record(entry: Entry, source: str, row: str, origin: str) -> StarterRecord:
    return StarterRecord(
        kind=entry.kind, key=entry.key, file=entry.file, source_hash=source, row_hash=row, origin=origin,
        people=people_of(entry),
    )  # fmt: skip


def people_of(entry: Entry) -> dict[str, str]:
    """The handles that a file names; not all of them need to be members here."""
    return {role: entry.data[role] for role in PEOPLE if entry.text and isinstance(entry.data.get(role), str)}


def source_hash(entry: Entry) -> str:
    return _hash([entry.data, entry.body, entry.extra.get("module", "")])


def row_hashes(kind: kinds.Kind, row: models.Model) -> list[str]:
    """Of the row as it lies in the database; the first by the columns that count today."""
    return [_hash(snapshot) for snapshot in kind.snapshots(row)]


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
