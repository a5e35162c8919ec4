"""One attention budget: what all mail of the site together may ask of a member, and what was asked already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cop.lib.errors import Refused
from members import quiet_hours
from members.models import AttentionBudget, AttentionSpent, Member, Notice, NoticePreference
from members.notice_kinds import DAILY_DIGEST, SITE, kind_of
from members.queries import notices as queries
from members.queries.notices import Reader

KEEP = timedelta(days=8)


def may_mail_at(members: Iterable[int] | QuerySet[Any, Any], now: datetime) -> dict[int, datetime]:
    """Those of the members who are in their quiet hours now, each with the end of these; one query.

    members: their numbers, or a query that gives them. Who is not named may be written to at once."""
    rows = AttentionBudget.objects.filter(member__in=members, quiet_from__isnull=False).values_list(
        "member", "member__time_zone", "quiet_from", "quiet_until"
    )
    ends = {member: quiet_hours.quiet_until(now, zone, start, end) for member, zone, start, end in rows}
    return {member: end for member, end in ends.items() if end}


def spend(mails: Iterable[tuple[int, str]], *, kind: str, at: datetime | None = None) -> None:
    """Count mails against their members' budgets: pairs of a member's number and a key that names the mail.

    One statement; a mail that is counted already is left alone."""
    at = at or timezone.now()
    spend_at(((member, key, at) for member, key in mails), kind=kind)


def spend_at(mails: Iterable[tuple[int, str, datetime]], *, kind: str) -> None:
    """The same for mails that leave at different moments."""
    rows = [AttentionSpent(member_id=member, kind=kind, key=key, at=at) for member, key, at in mails]
    AttentionSpent.objects.bulk_create(rows, ignore_conflicts=True)


def with_room(readers: Sequence[Reader], now: datetime) -> set[int]:
    """Whose budget allows one more mail at once; call it inside a transaction, in which the mail is counted too.

    One place is kept for the digest of those for whom something waits. While another transaction is deciding about the
    same member there is no room: what it decides is not known yet, and a digest is never too much."""
    limits = {reader.pk: reader.most_a_week for reader in readers if reader.most_a_week is not None}
    free = {reader.pk for reader in readers} - limits.keys()
    if not limits:
        return free
    held = AttentionBudget.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    known = set(held.filter(member__in=limits).order_by("member").values_list("member", flat=True))
    counted, waiting = queries.spent(known, now), queries.with_waiting_digest(known)
    return free | {
        member for member in known if counted.get(member, 0) + (member in waiting) < (limits[member] or 0)
    }  # fmt: skip


@transaction.atomic
def choose(
    member: Member, ways: dict[str, str], *, by: Member, quiet_from: time | None = None,
    quiet_until: time | None = None, most_a_week: int | None = None, digest_hour: int = queries.USUAL_DIGEST_HOUR,
) -> None:  # fmt: skip
    """Save how a member wants to be told. Refused for kinds that are fixed and for ways that a kind does not have."""
    if by != member:
        raise Refused("Only you choose which mails you get.")
    for slug, way in ways.items():
        prefer(member, slug, way)
    AttentionBudget.objects.update_or_create(
        member=member,
        defaults={
            "quiet_from": quiet_from, "quiet_until": quiet_until, "most_a_week": most_a_week, "digest_hour": digest_hour
        },
    )  # fmt: skip


def prefer(member: Member, slug: str, way: str) -> str:
    """Choose the way of one kind; returns the way before. Repeating changes nothing; refused for fixed kinds."""
    kind = kind_of(slug)
    if kind.fixed:
        raise Refused(f"“{kind.title}” always comes by mail and cannot be switched off.")
    if way not in kind.ways:
        raise Refused(f"“{kind.title}” cannot come that way.")
    before = NoticePreference.objects.filter(member=member, kind=slug).values_list("way", flat=True).first()
    if before != way:
        NoticePreference.objects.update_or_create(member=member, kind=slug, defaults={"way": way})
        if slug == DAILY_DIGEST and way == SITE:
            member.notices.filter(digest=Notice.Digest.WAITING).update(digest=Notice.Digest.NO)
    return before or kind.usual


def forget_old(now: datetime | None = None) -> int:
    """Forget mails that no week counts any more; returns how many."""
    return AttentionSpent.objects.filter(at__lt=(now or timezone.now()) - KEEP).delete()[0]
