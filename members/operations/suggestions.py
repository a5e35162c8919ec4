"""Keeping what was suggested to a member: shown, followed, or dismissed and then away for 90 days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from members.models import Member, Suggestion
from members.queries.rules import member_rules


def show(member: Member, proposed: Iterable[tuple[str, str, str]], *, now: datetime | None = None) -> None:
    """Note that these suggestions stand on the member's page; one statement, and none where all are known.

    proposed: kind, key of the thing, and reason. One that was dismissed long ago and fits again begins anew.
    """
    rows = [
        Suggestion(member=member, kind=kind, object_key=key, reason=reason[:300], shown_at=now or timezone.now())
        for kind, key, reason in proposed
    ]
    if rows:
        Suggestion.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["member", "kind", "object_key"],
            update_fields=["reason", "shown_at", "dismissed_at", "acted_at"],
        )  # fmt: skip


@transaction.atomic
def dismiss(kind: str, key: str, *, by: Member, now: datetime | None = None) -> None:
    """Keep a suggestion away for 90 days. Repeating changes nothing; one that is not known is kept away as well."""
    now = now or timezone.now()
    Suggestion.objects.update_or_create(
        member=by, kind=kind[:40], object_key=key[:120],
        defaults={"dismissed_at": now}, create_defaults={"dismissed_at": now, "shown_at": now, "reason": ""},
    )  # fmt: skip


def follow(kind: str, key: str, *, by: Member, now: datetime | None = None) -> None:
    """Note that a suggestion was followed, once; so the community learns which ones help."""
    shown = Suggestion.objects.filter(member=by, kind=kind, object_key=key, acted_at=None)
    shown.update(acted_at=now or timezone.now())


def known(member: Member) -> dict[tuple[str, str], Suggestion]:
    return {(one.kind, one.object_key): one for one in Suggestion.objects.filter(member=member)}


def is_away(row: Suggestion | None, now: datetime) -> bool:
    """Whether a suggestion was dismissed less than 90 days ago, or whatever the rules say instead."""
    away = timedelta(days=member_rules().dismissed_days)
    return row is not None and row.dismissed_at is not None and row.dismissed_at > now - away
