"""Writing the starter content without ever overwriting what people changed.

For each record two hashes are kept: of its source, and of the row as the loader last left it. A row whose hash differs
was edited by people and is left alone; so is one that people deleted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from cop.home.starter import kinds, shapes
from cop.home.starter.entries import ContentError, Entry
from cop.site.models import StarterRecord

LOCK = 4_201_811


@dataclass(frozen=True)
class Step:
    """What the load does with a record: added, updated, unchanged, kept (people changed it), gone (they deleted it)."""

    action: str
    kind: str
    key: str
    file: str


def read(root: Path) -> list[Entry]:
    """All records below `root`, checked as a whole; raises ContentError with every fault before anything is written."""
    entries = kinds.read_all(root)
    faults = shapes.check(entries)
    if not faults:
        faults = kinds.check_bodies(entries)
    if faults:
        raise ContentError(faults)
    return entries


@transaction.atomic
def load(root: Path, *, dry_run: bool = False) -> list[Step]:
    """Bring the database to the content, in one transaction. Repeating it changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    entries = read(root)
    records = {(record.kind, record.key): record for record in StarterRecord.objects.all()}
    steps = [_load(entry, records.get((entry.kind, entry.key))) for entry in entries]
    if dry_run:
        transaction.set_rollback(True)
    return steps


def counts(steps: list[Step]) -> dict[str, int]:
    found = Counter(step.action for step in steps)
    return {action: found[action] for action in ("added", "updated", "unchanged", "kept", "gone")}


def _load(entry: Entry, record: StarterRecord | None) -> Step:
    kind = kinds.KINDS[entry.kind]
    row, source = kind.find(entry), source_hash(entry)
    action = _decide(kind, record, row, source)
    if action in ("added", "updated"):
        written = kind.write(entry, row)
        StarterRecord.objects.update_or_create(
            kind=entry.kind, key=entry.key,
            defaults={"file": entry.file, "source_hash": source, "row_hash": row_hash(kind, written)},
        )  # fmt: skip
    return Step(action, entry.kind, entry.key, entry.file)


def _decide(kind: kinds.Kind, record: StarterRecord | None, row: models.Model | None, source: str) -> str:
    if row is None:
        return "gone" if record else "added"
    if record is None or record.row_hash != row_hash(kind, row):
        return "kept"
    return "unchanged" if record.source_hash == source else "updated"


def source_hash(entry: Entry) -> str:
    return _hash([entry.data, entry.body, entry.extra.get("module", "")])


def row_hash(kind: kinds.Kind, row: models.Model) -> str:
    return _hash(kind.snapshot(row))


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
