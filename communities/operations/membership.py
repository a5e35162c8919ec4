"""Joining, leaving, choosing a community as one's own, resting and waking, and roles."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities import rules
from communities.models import Boundary, Community, CommunityInvitation, JoinRequest, Membership
from communities.operations import buddies
from communities.queries.boundary import WayIn, way_in
from communities.queries.charter import charter_of, holds_level
from communities.queries.people import carriers_to_ask, membership_of, organizers
from cop.lib.errors import Refused
from members.models import Member
from members.operations import ledger
from members.operations.directory import touch
from members.operations.notices import notify, notify_many

Role, Status = Membership.Role, Membership.Status


def locked(community: Community) -> Community:
    """The community's row as it stands now; closing it waits until the caller's transaction has ended."""
    return Community.objects.select_for_update(no_key=True).get(pk=community.pk)


@transaction.atomic
def join(community: Community, *, by: Member, answers: Mapping[int, str] | None = None) -> Membership:
    """Make the member part of the community. Joining twice changes nothing; coming back wakes the old membership.

    answers: number of a question to the answer, where the boundary asks questions.
    Refuses an archived community, one whose door is not open, and who does not meet its criteria or leaves a question
    without an answer."""
    community = locked(community)
    mine = membership_of(community, by)
    if mine:
        return mine
    refuse_if_closed(community)
    way = way_in(community, by)
    if way.boundary.door != Boundary.Door.OPEN:
        raise Refused(f"“{community.name}” does not let everybody in: {way.boundary.get_door_display()}.")
    refuse_unmet(community, way)
    given = answered(way, answers or {})
    mine = enter(community, by)
    if given:
        JoinRequest.objects.create(
            community=community, member=by, answers=given, state=JoinRequest.State.ACCEPTED, decided_at=timezone.now()
        )
    return mine


def refuse_if_closed(community: Community) -> None:
    if community.is_archived:
        raise Refused(f"“{community.name}” is closed. It stays readable, but nobody joins it any more.")


def refuse_paused(member: Member) -> None:
    if member.paused_until and member.paused_until >= timezone.localdate():
        raise Refused(f"{member.name} cannot be asked at the moment. Try again after {member.paused_until:%-d %B}.")


def refuse_unmet(community: Community, way: WayIn) -> None:
    if way.unmet:
        missing = "; ".join(demand.title for demand in way.unmet)
        raise Refused(f"“{community.name}” asks for more before you can come in: {missing}.")


def answered(way: WayIn, answers: Mapping[int, str]) -> list[dict[str, str]]:
    """Question and answer, for every question of the boundary; refuses what was left empty."""
    given = [{"question": one.value, "answer": answers.get(one.pk, "").strip()} for one in way.questions]
    missing = next((one["question"] for one in given if not one["answer"]), "")
    if missing:
        raise Refused(f"Answer the question “{missing}” first.")
    return given


def enter(community: Community, member: Member, *, decided_by: Member | None = None) -> Membership:
    """Write the membership into a community that the caller has locked, whatever its boundary asks.

    An open request or invitation of the member is thereby answered."""
    now = timezone.now()
    mine, is_new = Membership.objects.get_or_create(community=community, member=member)
    if not is_new and mine.status == Status.LEFT:
        mine.status, mine.joined_at, mine.left_at = Status.ACTIVE, now, None
        mine.save(update_fields=["status", "joined_at", "left_at"])
    JoinRequest.objects.filter(community=community, member=member, state=JoinRequest.State.OPEN).update(
        state=JoinRequest.State.ACCEPTED, decided_at=now, decided_by=decided_by
    )
    CommunityInvitation.objects.filter(community=community, member=member, answered_at=None).update(
        accepted=True, answered_at=now
    )
    ledger.record(
        "community-joined", by=member, kind="community", key=community.slug, title=community.name,
        address=community.get_absolute_url(), community=community.slug,
    )  # fmt: skip
    touch(member.pk)
    return mine


@transaction.atomic
def leave(community: Community, *, by: Member) -> None:
    """End the membership, whatever its role; always possible. The row stays, and leaving twice changes nothing.

    Where the only lead leaves, the others who carry the community hear of it, or else the organizers."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # choosing a primary community waits for us
    mine = membership_of(community, by)
    if mine is None:
        return
    Membership.objects.filter(pk=mine.pk).update(
        status=Status.LEFT, left_at=timezone.now(), is_primary=False, role=Role.MEMBER, dormant_since=None,
        confirmed_at=None,
    )  # fmt: skip
    touch(by.pk)
    if mine.role == Role.LEAD:
        tell_if_nobody_leads(community, gone=by)


@transaction.atomic
def choose_primary(community: Community, *, by: Member) -> Membership:
    """Join the community and make it the member's primary one; the mark moves from another. Repeats safely.

    Refuses what is no target community, an archived one, and one whose boundary the member does not pass."""
    if community.kind != Community.Kind.TARGET:
        raise Refused(f"“{community.name}” is not one of the target communities. Only those can be your primary one.")
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # two choices at once wait for each other
    if locked(community).is_archived:
        raise Refused(f"“{community.name}” is closed. Choose another primary community.")
    mine = join(community, by=by)
    Membership.objects.filter(member=by, is_primary=True).exclude(pk=mine.pk).update(is_primary=False)
    Membership.objects.filter(pk=mine.pk).update(is_primary=True)
    mine.is_primary = True
    buddies.assign(by, community)
    touch(by.pk)
    return mine


@transaction.atomic
def wake(community: Community, *, by: Member) -> bool:
    """End the rest of a membership. Returns whether it rested; where it did not, nothing changes."""
    resting = Membership.objects.filter(community=community, member=by, status=Status.DORMANT)
    return bool(resting.update(status=Status.ACTIVE, dormant_since=None))


@transaction.atomic
def come_back(community: Community, *, by: Member) -> bool:
    """Wake one's resting membership by saying so, which counts as an act there. Returns whether it rested."""
    if not wake(community, by=by):
        return False
    ledger.record(
        "community-woken", by=by, kind="community", key=community.slug, title=community.name,
        address=community.get_absolute_url(), community=community.slug,
        once=f"community-woken:{by.pk}:{community.slug}:{timezone.localdate()}",
    )  # fmt: skip
    return True


@transaction.atomic
def give_role(mine: Membership, role: str, *, by: Member) -> Membership:
    """Give a member of the community another role; giving the same one again changes nothing.

    Refuses what `rules.roles_to_give` does not allow, and a lead below the level that the charter asks for."""
    mine = Membership.objects.select_for_update(of=("self",)).select_related("community", "member").get(pk=mine.pk)
    if role == mine.role:
        return mine
    if role not in rules.roles_to_give(mine, membership_of(mine.community, by), by):
        raise Refused("You cannot give this role. Leads are chosen by a vote of the members, or by an organizer.")
    if role == Role.LEAD:
        refuse_below_level(mine.community, mine.member)
    before, mine.role, mine.confirmed_at = mine.role, Role(role), None
    mine.save(update_fields=["role", "confirmed_at"])
    touch(mine.member_id)
    if by.pk != mine.member_id:
        notify(
            mine.member, "community-task", title=f"Your task in {mine.community.name}: {mine.get_role_display()}",
            text=f"{by.name} has changed it.", address=mine.community.get_absolute_url(), key=f"role:{mine.pk}:{role}",
        )  # fmt: skip
    if before == Role.LEAD:
        tell_if_nobody_leads(mine.community, gone=mine.member)
    return mine


def give_role_by_vote(community: Community, member: Member, role: str, *, confirmed_at: datetime | None) -> None:
    """Carry out what the members decided about a lead, in the transaction of the caller.

    Refused ones who do not lead, and who have left, stay as they are."""
    mine = Membership.objects.select_for_update().filter(community=community, member=member).current().first()
    if mine is None or (role != Role.LEAD and mine.role != Role.LEAD):
        return
    mine.role, mine.confirmed_at = Role(role), confirmed_at
    mine.save(update_fields=["role", "confirmed_at"])
    touch(member.pk)
    if role != Role.LEAD:
        tell_if_nobody_leads(community, gone=member)


def refuse_below_level(community: Community, candidate: Member) -> None:
    slug = charter_of(community).lead_level
    if slug and not holds_level(candidate, slug):
        raise Refused(f"The charter asks that a lead holds the level “{slug}”, and {candidate.name} does not yet.")


def tell_if_nobody_leads(community: Community, *, gone: Member) -> None:
    """Deputies are told where there are some, and organizers in any case, that the community is without a lead."""
    if community.memberships.current().filter(role=Role.LEAD, member__is_active=True).exists():
        return
    told = {one.pk for one in [*carriers_to_ask(community), *organizers()]} - {gone.pk}
    notify_many(
        told, "community-without-lead", title=f"{community.name} has no lead any more",
        text=f"{gone.name} does not lead it any longer. Propose a lead, so that the members can confirm one.",
        address=f"{community.get_absolute_url()}charter/", key=f"no-lead:{community.pk}:{timezone.localdate()}",
    )  # fmt: skip


@transaction.atomic
def rest(community: Community, silent: list[int], *, now: datetime) -> int:
    """Let these memberships (by number) rest, and tell their owners; those that have ended meanwhile stay so."""
    found = Membership.objects.filter(pk__in=silent, community=community, status=Status.ACTIVE)
    rows = list(found.select_for_update(of=("self",)).order_by("pk"))
    found.filter(pk__in=[row.pk for row in rows]).update(status=Status.DORMANT, dormant_since=now)
    notify_many(
        [row.member_id for row in rows], "community-rest", title=f"Your membership in {community.name} rests",
        text="We have not seen you there for a while. Nothing is lost: it wakes with your next act there, or with one "
        "press of a button on its page.",
        address=community.get_absolute_url(), key=f"rest:{community.pk}:{now:%Y-%m-%d}",
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def wake_all(woken: list[int]) -> int:
    """Wake these memberships, because their owners acted."""
    resting = Membership.objects.filter(pk__in=woken, status=Status.DORMANT)
    return resting.update(status=Status.ACTIVE, dormant_since=None)
