"""What registering and coming mean in the ledger of activities."""

from __future__ import annotations

from events.models import Event
from members.models import Member
from members.operations import ledger


def registered(event: Event, member: Member) -> None:
    """The member has a seat; waiting for one is no registration yet."""
    ledger.record(
        "event-registered", by=member, kind="event", key=event.slug, title=event.title,
        address=event.get_absolute_url(), community=event.community.slug if event.community else "",
        topic=event.module.slug if event.module else "",
    )  # fmt: skip
