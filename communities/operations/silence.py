"""Groups in which nothing happens: asking the lead to revive, merge or close, and doing what was chosen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from communities import rules
from communities.models import Boundary, Community, Membership
from communities.models.groups import MembershipQuerySet
from communities.operations.groups import archive
from communities.operations.membership import enter, locked
from communities.operations.telling import tell_organizers_once
from communities.queries.boundary import boundary_of, criteria_of
from communities.queries.charter import charter_of
from communities.queries.founding import self_started, with_last_act
from communities.queries.group_rules import group_rules
from communities.queries.people import carriers_to_ask, membership_of
from cop.lib import words
from cop.lib.errors import Refused
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify_many

Stage, Status = Community.Stage, Membership.Status


def ask_silent(*, now: datetime | None = None) -> dict[str, int]:
    """Ask the leads of groups that fell silent, tell organizers where nobody answered, and wake what lives again.

    Each group in its own transaction; repeating at once changes nothing."""
    now = now or timezone.now()
    counts = {"asked": 0, "organizers told": 0, "woken": 0}
    waits = timedelta(weeks=group_rules().weeks_to_answer)
    for group in with_last_act(self_started()):
        last_act: datetime = getattr(group, "last_act", group.created_at)
        asked = group.asked_to_revive_at
        if asked is None:
            is_silent = now - last_act >= timedelta(weeks=charter_of(group).silent_weeks)
            counts["asked"] += is_silent and _ask(group, last_act, now)
        elif last_act > asked:
            counts["woken"] += _wake(group)
        elif now - asked >= waits:
            counts["organizers told"] += _tell_organizers(group, asked)
    return counts


@transaction.atomic
def revive(community: Community, *, plan: str, by: Member) -> Community:
    """Say how the group goes on. It counts as an act there, so the weeks of silence begin anew. Refuses no plan."""
    community = _asked(community, by)
    if not plan.strip():
        raise Refused("Write in a sentence what happens next, so that the members know.")
    ledger.record(
        "group-revived", by=by, kind="community", key=community.slug, title=f"{community.name}: {plan.strip()}"[:200],
        address=community.get_absolute_url(), community=community.slug,
        once=f"group-revived:{community.pk}:{community.asked_to_revive_at:%Y-%m-%d}",
    )  # fmt: skip
    _awake(community)
    _tell_members(community, f"{community.name} goes on", plan.strip())
    return community


@transaction.atomic
def merge(community: Community, *, into: Community, by: Member, now: datetime | None = None) -> Community:
    """Move everybody who is in the group into another one, and close it. They are told, and may leave again.

    Refuses a group that is closed, whose door does not stand open, or that asks for something, unless one leads it."""
    first, second = sorted((community.pk, into.pk))
    list(Community.objects.select_for_update(no_key=True).filter(pk__in=[first, second]).order_by("pk"))
    community, into = _asked(community, by), locked(into)
    _refuse_home(community, into, by)
    people = [one.member for one in _people(community).select_related("member")]
    for member in people:
        enter(into, member, decided_by=by)
    _people(community).update(
        status=Status.LEFT, left_at=now or timezone.now(), role=Membership.Role.MEMBER, dormant_since=None,
        is_primary=False, confirmed_at=None,
    )  # fmt: skip
    _archive(community)
    notify_many(
        {member.pk for member in people} - {by.pk}, "community-merged",
        title=f"{community.name} is part of {into.name} now",
        text=f"It was quiet for long, and {by.name} has brought everybody along. You leave again with one click.",
        address=into.get_absolute_url(), key=f"merged:{community.pk}",
    )  # fmt: skip
    return into


@transaction.atomic
def close(community: Community, *, by: Member) -> Community:
    """Archive the group: it stays readable, nobody joins it any more. Its members are told."""
    community = _asked(community, by)
    _archive(community)
    _tell_members(community, f"{community.name} is closed", "What it wrote stays to read. Thank you for having tried.")
    return community


def _ask(community: Community, last_act: datetime, now: datetime) -> bool:
    with transaction.atomic():
        community = locked(community)
        if community.asked_to_revive_at or community.is_archived:
            return False
        community.asked_to_revive_at = now
        community.stage = Stage.FORMING if community.stage == Stage.FORMING else Stage.QUIET
        community.save(update_fields=["asked_to_revive_at", "stage"])
        weeks = words.count((now - last_act).days // 7, "week")
        notify_many(
            [one.pk for one in carriers_to_ask(community)], "lead-question",
            title=f"{community.name} was silent for {weeks}",
            text="Say how it goes on: revive it, merge it into another group, or close it. Each is one button.",
            address=f"{community.get_absolute_url()}quiet/", key=f"quiet:{community.pk}:{now:%Y-%m-%d}",
        )  # fmt: skip
    return True


def _wake(community: Community) -> bool:
    with transaction.atomic():
        community = locked(community)
        if community.asked_to_revive_at is None:
            return False
        _awake(community)
    return True


def _awake(community: Community) -> None:
    community.asked_to_revive_at = None
    community.stage = Stage.ACTIVE if community.stage == Stage.QUIET else community.stage
    community.save(update_fields=["asked_to_revive_at", "stage"])


@transaction.atomic
def _tell_organizers(community: Community, asked: datetime) -> bool:
    return tell_organizers_once(
        title=f"Nobody has said how {community.name} goes on",
        text=f"It is silent, and its lead was asked on {asked:%-d %B}. You can decide in their place.",
        address=f"{community.get_absolute_url()}quiet/", key=f"quiet-late:{community.pk}:{asked:%Y-%m-%d}",
    )  # fmt: skip


def _asked(community: Community, by: Member) -> Community:
    """The locked group, where it was asked and `by` may answer."""
    community = locked(community)
    if not rules.may_look_after(membership_of(community, by), by):
        raise Refused(f"Those who lead “{community.name}” decide how it goes on.")
    if community.is_archived or community.asked_to_revive_at is None:
        raise Refused(f"“{community.name}” is not asked how it goes on (any more).", lost_race=True)
    return community


def _refuse_home(community: Community, into: Community, by: Member) -> None:
    if into.pk == community.pk or into.is_archived:
        raise Refused("Choose another group, one that is open.")
    if rules.may_look_after(membership_of(into, by), by):
        return
    boundary = boundary_of(into)
    if boundary.door != Boundary.Door.OPEN or criteria_of(boundary):
        raise Refused(f"“{into.name}” does not let everybody in. Ask those who lead it to do this with you.")


def _people(community: Community) -> MembershipQuerySet:
    return community.memberships.current()


def _archive(community: Community) -> None:
    community.asked_to_revive_at, community.stage = None, Stage.QUIET
    community.save(update_fields=["asked_to_revive_at", "stage"])
    archive(community)


def _tell_members(community: Community, title: str, text: str) -> None:
    people = _people(community).filter(member__is_active=True)
    notify_many(
        list(people.values_list("member", flat=True)), "community-merged", title=title, text=text,
        address=community.get_absolute_url(), key=f"{title}:{timezone.localdate()}",
    )  # fmt: skip
