"""Writing to the one ledger of activities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity, Correction, LevelRule, Member, Verb
from members.operations import levels

SOMEBODY = "a member"
SHORTEST_NAME = 2
# Django's own ON CONFLICT DO NOTHING does not say whether the row is new.
INSERT = """
    INSERT INTO members_activity
        (actor_id, verb_id, object_kind, object_key, object_title, address, other_id, community, topic, occurred_at,
         recorded_at, source, points, batch_id, reverses_id, dedupe_key)
    VALUES (%(actor_id)s, %(verb_id)s, %(object_kind)s, %(object_key)s, %(object_title)s, %(address)s, %(other_id)s,
        %(community)s, %(topic)s, %(occurred_at)s, %(recorded_at)s, %(source)s, %(points)s, %(batch_id)s,
        %(reverses_id)s, %(dedupe_key)s)
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING id
"""


@transaction.atomic(savepoint=False)
def record(
    verb: str, *, by: Member, kind: str, key: str, title: str, address: str = "", other: Member | None = None,
    community: str = "", topic: str = "", at: datetime | None = None, source: str = "site",
    once: str = "", points: int | None = None,
) -> Activity | None:  # fmt: skip
    """Write one act into the ledger, in the transaction of the caller; a level that it completes is awarded at once.

    verb: slug of a Verb. kind, key, title, address: what was acted on; never a person's name, handle or page, because
    the row outlives the erasure of everybody (names of the two people concerned are taken out here). other: who was
    helped. topic: slug of the module that it is about. at: when; now if left out. once: the part of the dedupe key
    that makes the act unique; verb, member, kind and key if left out.
    Returns the new row, or None where the same act is recorded already. Refuses unknown verbs and acts in the future.
    """
    counts = LevelRule.verbs.through.objects.filter(verb=OuterRef("pk"))
    known = Verb.objects.filter(slug=verb).annotate(counts=Exists(counts)).first()
    if known is None:
        raise Refused(f"“{verb}” is not an act that the community counts.")
    now = timezone.now()
    if at and at > now:
        raise Refused("An act cannot lie in the future.")
    people = [person for person in (by, other) if person]
    row = Activity(
        actor=by, verb=known, object_kind=kind, object_key=key, object_title=nameless(title, people)[:200],
        address=nameless(address, people), other=other, community=community, topic=topic, occurred_at=at or now,
        recorded_at=now, source=source, points=known.points if points is None else points,
        dedupe_key=once or f"{verb}:{by.pk}:{kind}:{key}",
    )  # fmt: skip
    if not _insert(row):
        return None
    if known.counts:
        levels.settle([by.pk])
    return row


def nameless(text: str, people: Sequence[Member]) -> str:
    """The text without the names, addresses and pages of these people."""
    for person in people:
        text = re.sub(rf"/members/{re.escape(person.handle)}(?![a-z0-9-])", f"/members/{person.pk}", text, flags=re.I)
        text = re.sub(rf"(?<!\w)@?{re.escape(person.email)}(?!\w)", SOMEBODY, text, flags=re.I)
        text = re.sub(rf"(?<!\w)@{re.escape(person.handle)}(?![\w-])", SOMEBODY, text, flags=re.I)
        if len(person.name) >= SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(person.name)}(?!\w)", SOMEBODY, text)
    return text


def _insert(row: Activity) -> bool:
    """Write the row unless its dedupe key is there already; of many at once exactly one is told that it wrote."""
    values = {column.attname: getattr(row, column.attname) for column in Activity._meta.concrete_fields}
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        written = cursor.fetchone()
    if written:
        row.pk, row._state.adding = written[0], False
    return bool(written)


@transaction.atomic
def reverse(activity: Activity, *, by: Member, reason: str) -> Activity:
    """Undo an act by a reversing row; the first row stays as it was. Refuses a second reversal and an empty reason.

    The reason stands in a row of its own, because it may speak about people and the ledger must not."""
    if not reason.strip():
        raise Refused("Write why the act is taken back.")
    if activity.reverses_id:
        raise Refused("This is a correction itself. Record the act again instead.")
    now = timezone.now()
    row = Activity(
        actor_id=activity.actor_id, verb_id="correction", object_kind=activity.object_kind,
        object_key=activity.object_key, object_title=activity.object_title, occurred_at=now, recorded_at=now,
        source=f"organizer:{by.pk}", points=-activity.points, reverses=activity, dedupe_key=f"reverse:{activity.pk}",
    )  # fmt: skip
    if not _insert(row):
        raise Refused("This act is taken back already.", lost_race=True)
    Correction.objects.create(act=row, reason=reason.strip()[:300], by=by)
    return row
