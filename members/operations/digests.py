"""The daily digest: what waited for it, in one mail at the member's hour."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cop.site import outbox
from cop.site.outbox import Copy
from members import emails
from members.models import AttentionSpent, Notice
from members.notice_kinds import DAILY_DIGEST, MAIL, THE_DIGEST
from members.operations import attention
from members.queries import notices as queries
from members.queries.notices import Reader
from members.quiet_hours import zone_of

BATCH = 200  # members of one transaction


def send_due(now: datetime | None = None) -> dict[str, int]:
    """Write the digests that have fallen due; safe to repeat and to run twice at once: one per member and local day.

    Returns how many were written, and how many wait for another day because the member's week is full of mail.
    """
    now = now or timezone.now()
    due = queries.due_for_digest(now)
    members = sorted(due)
    counts = {"digests": 0, "week_is_full": 0}
    for start in range(0, len(members), BATCH):
        part = {member: due[member] for member in members[start : start + BATCH]}
        for name, number in _send(part, now).items():
            counts[name] += number
    return counts


@transaction.atomic
def _send(due: dict[int, datetime], now: datetime) -> dict[str, int]:
    wanting = {
        reader.pk: reader for reader in queries.readers(due.keys(), THE_DIGEST) if reader.way(THE_DIGEST) == MAIL
    }
    keys = {member: _key(reader, due[member]) for member, reader in wanting.items()}
    had_today = set(AttentionSpent.objects.filter(key__in=keys.values()).values_list("member", flat=True))
    full = _with_full_week(wanting, due) - had_today
    waiting = _take({member: due[member] for member in wanting.keys() - full - had_today})
    for member, notices in waiting.items():
        _write(wanting[member], notices, keys[member], now)
    attention.spend(((member, keys[member]) for member in waiting), kind=DAILY_DIGEST, at=now)
    return {"digests": len(waiting), "week_is_full": len(full)}


def _with_full_week(readers: dict[int, Reader], due: dict[int, datetime]) -> set[int]:
    """Whose week, up to the moment the digest fell due, holds as many mails as they allow."""
    limited = {member: limit for member, reader in readers.items() if (limit := reader.most_a_week) is not None}
    full = set()
    for moment in {due[member] for member in limited}:
        same = [member for member in limited if due[member] == moment]
        counted = queries.spent(same, moment)
        full |= {member for member in same if counted.get(member, 0) >= limited[member]}
    return full


def _take(due: dict[int, datetime]) -> dict[int, list[Notice]]:
    """What waits for each, oldest first, and is now taken out of waiting; rows that another worker takes are left."""
    if not due:
        return {}
    found = Notice.objects.select_for_update(skip_locked=True, of=("self",)).order_by("member", "created_at", "pk")
    taken = defaultdict(list)
    for notice in found.filter(member__in=due, digest=Notice.Digest.WAITING, created_at__lt=max(due.values())):
        if notice.created_at < due[notice.member_id]:
            taken[notice.member_id].append(notice)
    numbers = [notice.pk for notices in taken.values() for notice in notices]
    Notice.objects.filter(pk__in=numbers).update(digest=Notice.Digest.SENT)
    return taken


def _write(reader: Reader, notices: list[Notice], key: str, now: datetime) -> None:
    off = emails.opt_out(reader.pk, DAILY_DIGEST)
    copy = Copy(reader.email, key, due=reader.may_mail_at(now), unsubscribe=off)
    outbox.queue_many(emails.digest(reader.pk, reader.name, notices), [copy], kind=DAILY_DIGEST)


def _key(reader: Reader, moment: datetime) -> str:
    """Names the member's own day, so that a changed hour or zone brings no second digest on it."""
    return f"digest:{reader.pk}:{moment.astimezone(zone_of(reader.zone)):%Y-%m-%d}"
