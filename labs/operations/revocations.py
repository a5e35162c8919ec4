"""The status list: which places are revoked, and the signed list as it is served."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from labs.credentials import status
from labs.models import StatusNumber
from labs.operations import issuer_keys
from labs.queries.certificates import highest_number


def mark(numbers: Collection[int]) -> None:
    """These certificates are revoked for good; the list says so with the commit, copies of it within minutes."""
    StatusNumber.objects.filter(pk__in=numbers).update(revoked=True)
    lists = {status.place(number)[0] for number in numbers}
    transaction.on_commit(lambda: cache.delete_many([_key(at) for at in lists]), robust=True)


def signed_list(at: int, *, now: datetime | None = None) -> str | None:
    """A list as a VC-JWT, signed once in five minutes; None where nobody stands in it. Refused without a key."""
    if at > _last():
        return None
    found: str | None = cache.get(_key(at))
    if found is None:
        first = at * status.SIZE
        rows = StatusNumber.objects.filter(revoked=True, pk__gte=first, pk__lt=first + status.SIZE)
        indexes = [number - first for number in rows.values_list("pk", flat=True)]
        found = issuer_keys.signer().sign(status.credential(at, indexes, now or timezone.now()))
        cache.set(_key(at), found, status.FRESH.total_seconds())
    return found


def _last() -> int:
    return status.place(highest_number())[0]


def _key(at: int) -> str:
    return f"status-list:{at}"
