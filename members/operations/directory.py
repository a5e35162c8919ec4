"""Keeping the index of the directory in step with what members say and do."""

from __future__ import annotations

import functools
import secrets
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap

from members.directory_index import Thing
from members.models import DirectoryEntry, DirectoryIndex, DirectoryStale
from members.queries.directory_facts import things_by_member

AT_ONCE = 20  # members that one change may refresh before its page is answered; more wait for the sweep
BATCH = 500
NOTHING: Mapping[Thing, str] = MappingProxyType({})
NOTE = "INSERT INTO members_directorystale (member, at) SELECT unnest(%s::bigint[]), %s"
GATE = zlib.crc32(b"the directory is built anew")


def touch(*members: int) -> None:
    """Note that what the directory knows of these members (by number) has changed; part of the caller's transaction.

    The index follows right after the commit, where they are many with the next sweep."""
    mark(members)
    if len(members) <= AT_ONCE:
        transaction.on_commit(functools.partial(refresh, members), robust=True)


def mark(members: Iterable[int]) -> None:
    """Note it for any number of members; the next sweep does the work."""
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [list(members), timezone.now()])


def retitle(kind: str, value: str, title: str) -> None:
    """A community, persona, level or skill has another name now; who stands in its sets is the same."""
    named = Q(value__startswith=f"{value}@") if kind == "skill" else Q(value=value)
    DirectoryIndex.objects.filter(named, kind=kind).update(title=title)


def sweep() -> int:
    """Work through everything that is noted. Returns how many members were looked at."""
    looked_at = 0
    while waiting := list(DirectoryStale.objects.values_list("member", flat=True).order_by("pk")[:BATCH]):
        done = refresh(sorted(set(waiting)))
        if not done:
            break
        looked_at += done
    return looked_at


@transaction.atomic
def refresh(members: Sequence[int]) -> int:
    """Bring the sets of those of these members who are noted as changed up to date, and take the notes away.

    Repeats safely. Two at once for one member wait for each other, and the later one reads what both have changed.
    Returns how many were looked at: none while the whole index is built anew; the next sweep finds them then."""
    if not pass_gate("pg_try_advisory_xact_lock_shared"):
        return 0
    noted = DirectoryStale.objects.filter(member__in=members)
    numbers = sorted(set(noted.values_list("member", flat=True)))
    if not numbers:
        return 0
    DirectoryEntry.objects.bulk_create([DirectoryEntry(member=number) for number in numbers], ignore_conflicts=True)
    entries = {entry.member: entry for entry in _locked_entries(numbers)}
    noted.filter(member__in=numbers).delete()  # before reading: what is changed from now on makes a note of its own
    after = dict.fromkeys(numbers, NOTHING) | things_by_member(numbers, timezone.localdate())
    before = {number: stored_set(entry.sets) for number, entry in entries.items()}
    ids = _move(before, after)
    for number, entry in entries.items():
        entry.sets = BitMap(ids[thing] for thing in after[number]).serialize()
    DirectoryEntry.objects.bulk_update(entries.values(), ["sets"], batch_size=BATCH)
    return len(numbers)


@transaction.atomic
def forget_empty() -> int:
    """Delete sets in which nobody stands any more, the words of who has left among them. Returns how many.

    None while somebody else is writing; the nightly building anew leaves them out then."""
    if not pass_gate("pg_try_advisory_xact_lock"):
        return 0
    return DirectoryIndex.objects.filter(size=0).delete()[0]


def pass_gate(how: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(%s)", [GATE])
        return cursor.fetchone()[0] is not False


def _locked_entries(numbers: Sequence[int]) -> list[DirectoryEntry]:
    return list(DirectoryEntry.objects.select_for_update().filter(member__in=numbers).order_by("member"))


def stored_set(sets: bytes | memoryview) -> BitMap:
    return BitMap.deserialize(bytes(sets)) if sets else BitMap()


def _move(before: Mapping[int, BitMap], after: Mapping[int, Mapping[Thing, str]]) -> dict[Thing, int]:
    """Take members out of sets and put them into others; gives the number of each set in which one stands after it.

    Rows are made and locked in the order of kind and value, so that two at once never wait for each other in a circle.
    """
    titles = {thing: title for things in after.values() for thing, title in things.items()}
    found = _rows(BitMap.union(BitMap(), *before.values()), titles)
    missing = sorted(titles.keys() - {thing for thing, _ in found})
    if missing:
        new = [_new(thing, titles[thing]) for thing in missing]
        DirectoryIndex.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
        found = _rows(BitMap.union(BitMap(), *before.values()), titles)
    ids = {thing: number for thing, number in found if thing in titles}
    goes: dict[int, list[int]] = defaultdict(list)
    comes: dict[int, list[int]] = defaultdict(list)
    for member, held in before.items():
        wanted = BitMap(ids[thing] for thing in after[member])
        for number in held - wanted:
            goes[number].append(member)
        for number in wanted - held:
            comes[number].append(member)
    _rewrite(goes, comes)
    return ids


def _new(thing: Thing, title: str) -> DirectoryIndex:
    kind, value = thing
    return DirectoryIndex(kind=kind, value=value, title=title, **written(BitMap()))


def written(people: BitMap) -> dict[str, Any]:
    """The columns of a set; the stamp says to whoever has read it before that it is another one now."""
    return {"members": people.serialize(), "size": len(people), "stamp": secrets.randbits(62)}


def _rows(numbers: BitMap, things: Iterable[Thing]) -> list[tuple[Thing, int]]:
    """Kind, value and number of the rows with these numbers or these names."""
    values: dict[str, list[str]] = defaultdict(list)
    for kind, value in things:
        values[kind].append(value)
    wanted = Q(pk__in=list(numbers))
    for kind, names in values.items():
        wanted |= Q(kind=kind, value__in=names)
    rows = DirectoryIndex.objects.filter(wanted).values_list("kind", "value", "pk")
    return [((kind, value), number) for kind, value, number in rows]


def _rewrite(goes: Mapping[int, Sequence[int]], comes: Mapping[int, Sequence[int]]) -> None:
    wanted = [*goes, *comes]
    rows = list(DirectoryIndex.objects.select_for_update().filter(pk__in=wanted).order_by("kind", "value"))
    for row in rows:
        people = stored_set(row.members)
        people.difference_update(BitMap(goes.get(row.pk, ())))
        people.update(comes.get(row.pk, ()))
        for column, value in written(people).items():
            setattr(row, column, value)
    DirectoryIndex.objects.bulk_update(rows, ["members", "size", "stamp"], batch_size=BATCH)
