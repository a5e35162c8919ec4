"""Who came, marked by the host or an organizer afterwards."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from events import rules
from events.models import Registration
from members.models import Member
from members.operations import ledger


@transaction.atomic
def mark_attended(registration: Registration, *, by: Member, now: datetime | None = None) -> bool:
    """Note that the member came, and write it into the ledger. Returns False where it was noted before.

    Refused before the beginning, for those without a seat, and for anybody but the host and organizers.
    """
    now = now or timezone.now()
    registration = (
        Registration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event__community", "event__module", "member")
        .get(pk=registration.pk)
    )
    event = registration.event
    if not rules.may_mark_attendance(event, by):
        raise Refused("Only the host and organizers mark who came.")
    if event.is_cancelled or now < event.starts_at:
        raise Refused(f"Attendance at “{event.title}” can be marked once it has begun.")
    if registration.status != Registration.Status.CONFIRMED:
        raise Refused(f"{registration.member} has no place at “{event.title}”.")
    if registration.attended_at:
        return False
    registration.attended_at = now
    registration.save(update_fields=["attended_at"])
    ledger.record(
        "event-attended", by=registration.member, kind="event", key=event.slug, title=event.title,
        address=event.get_absolute_url(), community=event.community.slug if event.community else "",
        topic=event.module.slug if event.module else "", at=min(now, event.end),
    )  # fmt: skip
    return True
