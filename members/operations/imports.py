"""Acts that happened elsewhere, brought in from a CSV file: whole or not at all, once, and taken back as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.act_file import Fault, Line, read
from members.models import Activity, LedgerImport, Member, Verb
from members.operations import levels
from members.queries.importing import Known

BATCH = 5000
MOST_FAULTS = 20
REVERSE = """
    INSERT INTO members_activity (actor_id, verb_id, object_kind, object_key, object_title, address, community, topic,
        occurred_at, recorded_at, source, points, reverses_id, dedupe_key)
    SELECT act.actor_id, 'correction', act.object_kind, act.object_key, act.object_title, '', '', '',
        %(now)s, %(now)s, %(source)s, -act.points, act.id, 'reverse:' || act.id
    FROM members_activity act
    WHERE act.batch_id = %(batch)s
    ORDER BY act.id
    ON CONFLICT DO NOTHING
"""


class BadFile(Refused):
    """Nothing of the file was taken; `faults` says why, line by line."""

    def __init__(self, faults: list[Fault]) -> None:
        shown = "\n".join(f"Line {fault.line}: {fault.text}" for fault in faults[:MOST_FAULTS])
        rest = f"\nand {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
        super().__init__(f"Nothing was brought in.\n{shown}{rest}")
        self.faults = faults


@dataclass(frozen=True)
class Report:
    """lines: acts in the file. written: new rows. known: lines that an earlier file or the site has written."""

    batch: LedgerImport | None
    lines: int
    written: int
    known: int
    awarded: list[tuple[int, str]] = field(default_factory=list)


def bring_in(
    data: bytes, *, name: str, by: Member | None, dry_run: bool = False, now: datetime | None = None
) -> Report:  # fmt: skip
    """Write every line of the file into the ledger, in one transaction; levels follow at once.

    by: the organizer; None for the command. Refused: a file that was brought in before, and with the number of each
    bad line (the first 20 are shown) one that cannot be read, names nobody or an unknown verb, or lies in the future.
    """
    now = now or timezone.now()
    digest = hashlib.sha256(data).hexdigest()
    _refuse_repeated(digest)
    lines, faults = read(data, now=now)
    known = Known.of(lines)
    faults += known.faults(lines)
    if faults:
        raise BadFile(sorted(faults))
    fresh = [line for line in lines if known.key_for(line)]
    if dry_run:
        return Report(None, len(lines), len(fresh), len(lines) - len(fresh))
    return _write(fresh, known, LedgerImport(name=name[:120], by=by, at=now, digest=digest), len(lines))


@transaction.atomic
def take_back(batch: LedgerImport, *, by: Member, reason: str, now: datetime | None = None) -> int:
    """Reverse every act of an import by rows of its own, in one statement; levels and badges stay.

    Returns how many acts were reversed now; those that had been taken back one by one are left alone."""
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Write why the import is taken back.")
    batch = LedgerImport.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.reversed_at:
        raise Refused("This import is taken back already.", lost_race=True)
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(REVERSE, {"now": now, "source": f"import:{batch.pk}", "batch": batch.pk})
        number = int(cursor.rowcount)
    batch.reversed_at, batch.reversed_by, batch.reversal_reason = now, by, reason[:300]
    batch.save(update_fields=["reversed_at", "reversed_by", "reversal_reason"])
    return number


@transaction.atomic
def _write(lines: list[Line], known: Known, batch: LedgerImport, in_file: int) -> Report:
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("Somebody brought in the same file a moment ago.", lost_race=True) from error
    points = dict(Verb.objects.values_list("slug", "points"))
    rows = (_row(line, known, batch, points) for line in lines)
    Activity.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    batch.rows = batch.acts.count()
    batch.save(update_fields=["rows"])
    people = {known.person(line.member).pk for line in lines}
    awarded = levels.settle(sorted(people), now=timezone.now()).awarded if people else []
    return Report(batch, in_file, batch.rows, in_file - batch.rows, awarded)


def _row(line: Line, known: Known, batch: LedgerImport, points: dict[str, int]) -> Activity:
    return Activity(
        actor=known.person(line.member), verb_id=line.verb, object_kind="import", object_key=known.key_for(line)[:120],
        object_title=line.title, address=line.address, other=known.person(line.other) if line.other else None,
        community=line.community, topic=line.topic, occurred_at=line.happened_at, recorded_at=batch.at,
        source="import", points=points[line.verb], batch=batch, dedupe_key=known.key_for(line),
    )  # fmt: skip


def _refuse_repeated(digest: str) -> None:
    before = LedgerImport.objects.filter(digest=digest).first()
    if before is None:
        return
    when = f"{timezone.localtime(before.at):%d %B %Y}"
    if before.reversed_at:
        raise Refused(f"This very file was brought in on {when} and taken back. Correct it first.")
    raise Refused(f"This very file was brought in on {when} already.")


def faults_of(error: BadFile) -> Iterable[dict[str, str | int]]:
    """The faults as they are written into JSON."""
    return ({"line": fault.line, "text": fault.text} for fault in error.faults[:MOST_FAULTS])
