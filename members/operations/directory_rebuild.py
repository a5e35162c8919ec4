"""Building the whole index of the directory anew: what was missed is found, and what nobody needs any more goes."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.utils import timezone
from pyroaring import BitMap

from members.directory_index import Thing
from members.models import DirectoryEntry, DirectoryIndex, DirectoryStale
from members.operations.directory import pass_gate, stored_set, written
from members.queries.directory_facts import in_ranges, things_by_member

READ, WRITTEN = 5000, 2000
KEEP_ENTRIES = """
    INSERT INTO members_directoryentry (member, sets) SELECT * FROM unnest(%s::bigint[], %s::bytea[])
    ON CONFLICT (member) DO UPDATE SET sets = excluded.sets
"""
Postings = dict[Thing, "array[int]"]


@dataclass(frozen=True)
class Rebuilt:
    """members: in the directory. sets: how many there are. mended: sets that were not as they should be."""

    members: int
    sets: int
    mended: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@transaction.atomic
def rebuild() -> Rebuilt:
    """Make every set from what members say now, in seconds for 100,000 of them. Repeats safely.

    Refreshes that come meanwhile leave their notes to the next sweep; pages read the old sets until this is done."""
    pass_gate("pg_advisory_xact_lock")
    DirectoryStale.objects.all().delete()  # before reading: what is changed from now on makes a note of its own
    postings, titles, members = _collect()
    mended = _write_sets(postings, titles)
    _write_entries(postings)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_directoryindex, members_directoryentry")
    return Rebuilt(members, len(postings), mended)


def _collect() -> tuple[Postings, dict[Thing, str], int]:
    """Who stands in each set; who is not in the directory stands in none. Members come in order of their numbers."""
    postings: Postings = defaultdict(lambda: array("I"))
    titles: dict[Thing, str] = {}
    today = timezone.localdate()
    for part in in_ranges(READ):
        for member, things in sorted(things_by_member(part, today).items()):
            for thing, title in things.items():
                postings[thing].append(member)
                if title:
                    titles[thing] = title
    return dict(postings), titles, len(postings.get(("all", ""), ()))


def _write_sets(postings: Postings, titles: Mapping[Thing, str]) -> int:
    """Write the sets that differ and delete those in which nobody stands. Returns how many differed."""
    stored = {
        (kind, value): (number, title, bytes(members))
        for number, kind, value, title, members in DirectoryIndex.objects.values_list(
            "pk", "kind", "value", "title", "members"
        ).iterator(chunk_size=WRITTEN)
    }
    changed = []
    for thing in sorted(postings):
        people, title = BitMap(postings[thing]), titles.get(thing, "")
        number, old_title, old = stored.get(thing, (None, "", b""))
        if number is None or title != old_title or people != stored_set(old):
            kind, value = thing
            changed.append(DirectoryIndex(kind=kind, value=value, title=title, **written(people)))
    DirectoryIndex.objects.bulk_create(
        changed, batch_size=WRITTEN, update_conflicts=True, unique_fields=["kind", "value"],
        update_fields=["title", "members", "size", "stamp"],
    )  # fmt: skip
    gone = {thing: number for thing, (number, _, _) in stored.items() if thing not in postings}
    DirectoryIndex.objects.filter(pk__in=gone.values()).delete()
    return len(changed) + sum(bool(stored_set(stored[thing][2])) for thing in gone)


def _write_entries(postings: Postings) -> None:
    """In which sets each member stands, for the refreshes to come."""
    ids = {(kind, value): number for kind, value, number in DirectoryIndex.objects.values_list("kind", "value", "pk")}
    held: dict[int, array[int]] = defaultdict(lambda: array("I"))
    for thing, members in postings.items():
        number = ids[thing]
        for member in members:
            held[member].append(number)
    stored = {member: bytes(sets) for member, sets in DirectoryEntry.objects.values_list("member", "sets")}
    new = {member: BitMap(numbers).serialize() for member, numbers in held.items()}
    changed = [(member, sets) for member, sets in new.items() if stored.get(member) != sets]
    with connection.cursor() as cursor:
        for first in range(0, len(changed), READ):
            cursor.execute(KEEP_ENTRIES, [list(column) for column in zip(*changed[first : first + READ], strict=True)])
    DirectoryEntry.objects.filter(pk__in=stored.keys() - new.keys()).delete()
