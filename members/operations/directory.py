"""Keeping the index of the directory in step with what members say and do."""

from __future__ import annotations

from collections.abc import Iterable

from members.models import DirectoryStale


def touch(*members: int) -> None:
    """Note that what the directory knows of these members (by number) has changed; part of the caller's transaction."""
    mark(members)


def mark(members: Iterable[int]) -> None:
    rows = [DirectoryStale(member=number) for number in members]
    DirectoryStale.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5000)
