"""The checklist of a forming group, and its way to an active one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.models import Community, LaunchStep
from communities.operations.membership import locked, wake
from communities.operations.telling import tell_organizers_once
from communities.queries.founding import forming, forming_without_lead, launch_of, lead_by
from communities.queries.people import membership_of
from cop.lib.errors import Refused
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify_many


@transaction.atomic
def tick(step: LaunchStep, *, by: Member, now: datetime | None = None) -> LaunchStep:
    """Say that a step is done; the first who says so stands beside it. The last step may make the group active."""
    now = now or timezone.now()
    community = locked(step.community)
    _refuse_outside(community, by)
    step = LaunchStep.objects.get(pk=step.pk)
    if step.done_at:
        return step
    step.done_at, step.done_by = now, by
    step.save(update_fields=["done_at", "done_by"])
    wake(community, by=by)
    ledger.record(
        "launch-step-done", by=by, kind="launch-step", key=f"{community.slug}/{step.key}", title=step.title,
        address=community.get_absolute_url(), community=community.slug,
    )  # fmt: skip
    advance(community, now=now)
    return step


@transaction.atomic
def untick(step: LaunchStep, *, by: Member) -> None:
    """Take a tick back while the group is forming; where there is none, nothing changes."""
    community = locked(step.community)
    _refuse_outside(community, by)
    LaunchStep.objects.filter(pk=step.pk).update(done_at=None, done_by=None)


@transaction.atomic
def advance(community: Community, *, now: datetime) -> bool:
    """Make a forming group active when every step is done and the members confirmed a lead. Repeats safely."""
    community = locked(community)
    if community.stage != Community.Stage.FORMING or community.is_archived:
        return False
    if not launch_of(community, now=now).is_ready:
        return False
    community.stage = Community.Stage.ACTIVE
    community.save(update_fields=["stage"])
    people = community.memberships.current().filter(member__is_active=True)
    notify_many(
        list(people.values_list("member", flat=True)), "petition", title=f"{community.name} is ready",
        text="Every step of the launch is done and the lead is confirmed. It stands among the active groups now.",
        address=community.get_absolute_url(), key=f"active:{community.pk}",
    )  # fmt: skip
    return True


def watch(*, now: datetime | None = None) -> dict[str, int]:
    """Advance what is ready, and tell organizers once of each group that has no confirmed lead in time."""
    now = now or timezone.now()
    counts = {"active": sum(advance(community, now=now) for community in forming()), "late": 0}
    for community in forming_without_lead():
        counts["late"] += _tell_late(community, now)
    return counts


@transaction.atomic
def _tell_late(community: Community, now: datetime) -> bool:
    due = lead_by(community)
    if now <= due:
        return False
    return tell_organizers_once(
        title=f"{community.name} has no confirmed lead",
        text=f"Its members had time until {due:%-d %B}. Ask who wants to lead, and propose them on the charter’s page.",
        address=f"{community.get_absolute_url()}charter/", key=f"lead-late:{community.pk}",
    )  # fmt: skip


def _refuse_outside(community: Community, by: Member) -> None:
    if membership_of(community, by) is None and not by.is_staff:
        raise Refused(f"The members of “{community.name}” go through its checklist.")
    if community.stage != Community.Stage.FORMING:
        raise Refused(f"“{community.name}” has finished its launch.")
