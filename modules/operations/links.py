"""Looking whether outside resources are still there, and telling those who keep their module when one is not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cop.lib.links import Network, fault_of_link, is_page
from members.operations.notices import notify_many
from modules.models import ExternalResource
from modules.operations.resources import keepers_of
from modules.queries.rules import learning_rules

HOURS = timedelta(hours=12)  # by which a weekly look may come too early
MOST = 30_000


def check_links(
    *, network: Network | None = None, write: bool = True, due_only: bool = False, now: datetime | None = None
) -> dict[str, int]:  # fmt: skip
    """Ask the address of every accepted resource whether it answers.

    So many failures in a row as the rules say mark it as perhaps gone, and those who keep its module are told once; an
    answer takes the mark away. write: False only asks and counts. due_only: leave out what was looked at within the
    days that the rules say. Each resource is written by itself, outside of which nothing is locked."""
    network, rules, now = network or Network(), learning_rules(), now or timezone.now()
    found = ExternalResource.objects.accepted().select_related("module").order_by("pk")
    if due_only:
        late = now - timedelta(days=rules.look_every_days) + HOURS
        found = found.filter(Q(last_checked=None) | Q(last_checked__lte=late))
    counts = {"checked": 0, "answering": 0, "failing": 0, "marked": 0, "mended": 0}
    for resource in found:
        fault = fault_of_link(resource.url, is_allowed=is_page, network=network)
        is_dead = resource.dead_since is not None
        counts["checked"] += 1
        counts["failing" if fault else "answering"] += 1
        counts["mended"] += not fault and is_dead
        counts["marked"] += bool(fault) and not is_dead and resource.failures + 1 >= rules.dead_after
        if write:
            _note(resource, fault, at_most=rules.dead_after, now=now)
    return counts


@transaction.atomic
def _note(resource: ExternalResource, fault: str, *, at_most: int, now: datetime) -> None:
    row = ExternalResource.objects.select_for_update().filter(pk=resource.pk, url=resource.url).first()
    if row is None:  # somebody changed it while it was asked
        return
    row.last_checked, row.last_answer = now, (fault or "It answers.")[:120]
    row.failures = min(row.failures + 1, MOST) if fault else 0
    is_new = bool(fault) and row.failures >= at_most and row.dead_since is None
    row.dead_since = _dead_since(row, fault, at_most, now)
    row.save(update_fields=["last_checked", "last_answer", "failures", "dead_since"])
    if is_new:
        notify_many(
            [one.pk for one in keepers_of(resource, now)], "resource-dead", title=f"Does not answer: {row.title}",
            text=f"{fault} Look for its new address, or take it out of the list.", address=row.get_absolute_url(),
            key=f"resource-dead:{row.pk}:{now:%Y-%m-%d}",
        )  # fmt: skip


def _dead_since(row: ExternalResource, fault: str, at_most: int, now: datetime) -> datetime | None:
    if not fault:
        return None
    return row.dead_since or (now if row.failures >= at_most else None)
