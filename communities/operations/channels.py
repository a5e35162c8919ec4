"""Checking the addresses of channels, and marking those that do not answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.hosts import fault_of_address
from communities.models import Channel
from communities.queries.group_rules import group_rules
from communities.queries.people import carriers_to_ask, organizers
from cop.lib.links import Network, fault_of_link
from members.models import Member
from members.operations.notices import notify_many


def check_links(*, network: Network | None = None, write: bool = True, now: datetime | None = None) -> dict[str, int]:
    """Ask the address of every channel that is in use whether it answers.

    The second failure, one after the other, marks a channel and tells its owner; an answer takes the mark away.
    write: False only asks and counts. Each channel is written by itself, outside of which nothing is locked."""
    network, rules = network or Network(), group_rules()
    counts = {"checked": 0, "answering": 0, "failing": 0, "marked": 0, "mended": 0}
    channels = Channel.objects.filter(status=Channel.Status.ACTIVE).exclude(url="").order_by("pk")
    for channel in channels.select_related("owner", "community"):
        fault = _fault(channel, network)
        counts["checked"] += 1
        counts["failing" if fault else "answering"] += 1
        counts["mended"] += not fault and channel.marked_at is not None
        counts["marked"] += bool(fault) and channel.marked_at is None and channel.failures + 1 >= rules.failed_checks
        if write:
            _note(channel, fault, at_most=rules.failed_checks, now=now or timezone.now())
    return counts


def _fault(channel: Channel, network: Network) -> str:
    def is_allowed(address: str) -> bool:
        return not fault_of_address(channel.platform, address)

    return fault_of_link(channel.url, is_allowed=is_allowed, network=network)


@transaction.atomic
def _note(channel: Channel, fault: str, *, at_most: int, now: datetime) -> None:
    row = Channel.objects.select_for_update(of=("self",)).filter(pk=channel.pk, url=channel.url).first()
    if row is None:  # somebody changed it while it was asked
        return
    row.checked_at = now
    if not fault:
        row.failures, row.failing_since, row.marked_at = 0, None, None
    else:
        row.failures = min(row.failures + 1, 30_000)
        row.failing_since = row.failing_since or now
    is_new = bool(fault) and row.failures >= at_most and row.marked_at is None
    if is_new:
        row.marked_at = now
    row.save(update_fields=["checked_at", "failures", "failing_since", "marked_at"])
    if is_new:
        _tell(channel, fault, now)


def _tell(channel: Channel, fault: str, now: datetime) -> None:
    """The owner; where there is none or they paused, those who lead its community, or the organizers."""
    day = timezone.localdate(now)
    owner = channel.owner
    told: list[Member] = []
    if owner and owner.is_active and (owner.paused_until is None or owner.paused_until < day):
        told = [owner]
    told = told or (carriers_to_ask(channel.community, today=day) if channel.community else organizers(today=day))
    notify_many(
        [one.pk for one in told], "channel-broken", title=f"{channel.platform} does not answer: {channel.function}",
        text=f"{fault} Correct the address, or set the channel back to planned.", address="/connect/",
        key=f"channel:{channel.pk}:{now:%Y-%m-%d}",
    )  # fmt: skip
