"""Writing to the one ledger of activities."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity, Member, Verb


def record(
    verb: str, *, by: Member, kind: str, key: str, title: str, address: str = "", other: Member | None = None,
    community: str = "", topic: str = "", at: datetime | None = None, source: str = "site",
    once: str = "", points: int | None = None,
) -> Activity | None:  # fmt: skip
    """Write one act into the ledger, in the transaction of the caller.

    verb: slug of a Verb. kind, key, title, address: what was acted on. other: who was helped.
    topic: slug of the module that it is about. at: when; now if left out.
    once: the part of the dedupe key that makes the act unique; verb, member, kind and key if left out.
    Returns the new row, or None where the same act is recorded already. Refuses unknown verbs and acts in the future.
    """
    known = Verb.objects.filter(slug=verb).first()
    if known is None:
        raise Refused(f"“{verb}” is not an act that the community counts.")
    now = timezone.now()
    if at and at > now:
        raise Refused("An act cannot lie in the future.")
    row = Activity(
        actor=by, verb=known, object_kind=kind, object_key=key, object_title=title[:200], address=address, other=other,
        community=community, topic=topic, occurred_at=at or now, recorded_at=now, source=source,
        points=known.points if points is None else points, dedupe_key=once or f"{verb}:{by.pk}:{kind}:{key}",
    )  # fmt: skip
    Activity.objects.bulk_create([row], ignore_conflicts=True)
    return Activity.objects.filter(dedupe_key=row.dedupe_key, recorded_at=now, actor=by).first()


@transaction.atomic
def reverse(activity: Activity, *, by: Member, reason: str) -> Activity:
    """Undo an act by a reversing row; the first row stays as it was. Refuses a second reversal and an empty reason."""
    if not reason.strip():
        raise Refused("Write why the act is taken back.")
    if Activity.objects.filter(reverses=activity).exists():
        raise Refused("This act is taken back already.")
    now = timezone.now()
    return Activity.objects.create(
        actor=activity.actor, verb_id="correction", object_kind=activity.object_kind, object_key=activity.object_key,
        object_title=f"{activity.object_title}: {reason}"[:200], occurred_at=now, recorded_at=now,
        source=f"organizer:{by.pk}", points=-activity.points, reverses=activity, dedupe_key=f"reverse:{activity.pk}",
    )  # fmt: skip
