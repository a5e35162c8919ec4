"""Changing the charter and confirming a lead, by an open vote of the members.

One vote each, changeable until the end. A motion is decided only when its time is over, by the quorum that the charter
names then."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities import rules, tasks
from communities.charter_fields import BY_NAME
from communities.models import Charter, Community, Membership, Motion, MotionVote
from communities.operations import charter as charters
from communities.operations import launch
from communities.operations.membership import give_role_by_vote, locked, refuse_below_level, refuse_paused, wake
from communities.queries.boundary import boundary_of
from communities.queries.charter import charter_of, values_of
from communities.queries.motions import tally_of
from communities.queries.people import carriers_to_ask, membership_of
from cop.lib.errors import Refused
from cop.lib.tasks import wake_on_commit
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify_many

State = Motion.State
Kind = Motion.Kind
log = logging.getLogger(__name__)


@transaction.atomic
def propose_change(
    community: Community, changes: Mapping[str, Any], *, reason: str, by: Member, now: datetime | None = None
) -> Motion:
    """Open a vote on new values for fields of the charter; the members are told.

    changes: field to new value, valid each; what is as it was is left out. Refuses who may not propose, a change of
    nothing, a criterion that stands twice, an empty reason, and a second motion of the kind while one is open."""
    community, now = locked(community), now or timezone.now()
    if not rules.may_propose(membership_of(community, by)):
        raise Refused("Leads, deputies and core members propose changes of the charter. Tell one of them your wish.")
    if not reason.strip():
        raise Refused("Write why the members should change this.")
    asked = [(one["kind"], one["value"]) for one in changes.get("criteria", [])]
    if len(set(asked)) < len(asked):
        raise Refused("The same is asked twice of who comes in. Keep one of the two.")
    before = values_of(charter_of(community), boundary_of(community))
    stored = {name: {"from": before[name], "to": value} for name, value in changes.items() if before[name] != value}
    if not stored:
        raise Refused("Nothing in this differs from the charter. Change at least one field.")
    return _open(community, Kind.CHARTER, by, now, title=_title(stored), reason=reason.strip(), changes=stored)


@transaction.atomic
def open_lead_confirmation(
    community: Community, candidate: Member, by: Member | None, now: datetime | None = None, *, reason: str = ""
) -> Motion:
    """Open a vote on whether the candidate leads the community (on); an open vote on the same person is found again.

    by: who proposes; None where the software does, because a term ends. Refuses a candidate who is not in it, who asked
    for a pause, who is below the level that the charter asks for, and a second vote on a lead while one is open."""
    community, now = locked(community), now or timezone.now()
    if by and not (by.is_staff or by == candidate or rules.may_propose(membership_of(community, by))):
        raise Refused("Leads, deputies and core members propose a lead.")
    found = community.motions.filter(kind=Kind.LEAD, state=State.OPEN, candidate=candidate).first()
    if found:
        return found
    mine = membership_of(community, candidate)
    if mine is None:
        raise Refused(f"{candidate.name} does not belong to “{community.name}”. Only its members can lead it.")
    if by and by != candidate:
        refuse_paused(candidate)
    if mine.role != Membership.Role.LEAD:
        refuse_below_level(community, candidate)
    return _open(
        community, Kind.LEAD, by, now, title=f"A lead for {community.name}"[:160], candidate=candidate,
        reason=reason.strip() or "The charter asks that the members confirm who leads.",
    )  # fmt: skip


@transaction.atomic
def vote(motion: Motion, *, yes: bool, by: Member, reason: str = "", now: datetime | None = None) -> MotionVote:
    """Vote, or change one's vote. Refuses when the time is over, and who was not a member when it opened."""
    motion, now = _locked(motion), now or timezone.now()
    if motion.state != State.OPEN or now >= motion.closes_at:
        raise Refused("The time to vote on this is over.", lost_race=True)
    mine = membership_of(motion.community, by)
    if mine is None or mine.joined_at > motion.opened_at:
        raise Refused("Those vote who belonged to the community when the vote opened.")
    row, _ = MotionVote.objects.update_or_create(
        motion=motion, member=by, defaults={"yes": yes, "reason": reason.strip(), "at": now}
    )
    wake(motion.community, by=by)
    ledger.record(
        "motion-voted", by=by, kind="motion", key=str(motion.pk), title=_in_ledger(motion),
        address=motion.get_absolute_url(), community=motion.community.slug,
    )  # fmt: skip
    return row


@transaction.atomic
def withdraw(motion: Motion, *, by: Member, now: datetime | None = None) -> None:
    """End an open vote without a decision; for who proposed it, and for organizers."""
    motion = _locked(motion)
    if motion.state != State.OPEN:
        raise Refused("This is decided already.", lost_race=True)
    if not by.is_staff and motion.by_id != by.pk:
        raise Refused("Only who proposed this can withdraw it.")
    motion.state, motion.closed_at = State.WITHDRAWN, now or timezone.now()
    motion.save(update_fields=["state", "closed_at"])


@transaction.atomic
def close(motion: Motion, *, now: datetime) -> Motion.State | None:
    """Count and decide a motion whose time is over, and carry out what was accepted.

    None, and no change, where it is decided already or still has time."""
    motion = _locked(motion)
    if motion.state != State.OPEN or now < motion.closes_at:
        return None
    tally = tally_of(motion, charter_of(motion.community).quorum_percent)
    motion.state, motion.closed_at = tally.outcome, now
    motion.yes, motion.no, motion.needed = tally.yes, tally.no, tally.needed
    motion.save(update_fields=["state", "closed_at", "yes", "no", "needed"])
    if motion.kind == Kind.CHARTER and motion.state == State.ACCEPTED:
        charters.apply(motion.community, {name: change["to"] for name, change in motion.changes.items()})
    if motion.kind == Kind.LEAD and motion.candidate:
        _carry_out_confirmation(motion, motion.candidate, now)
    _tell_result(motion)
    return motion.state


def close_due(*, now: datetime | None = None) -> dict[str, int]:
    """Decide every motion whose time is over, each in its own transaction; counts by outcome.

    One that cannot be carried out stays open, is counted and logged, and keeps no other from being decided."""
    now = now or timezone.now()
    counts = {state.value: 0 for state in (State.ACCEPTED, State.REFUSED, State.NO_QUORUM)} | {"failed": 0}
    for motion in Motion.objects.filter(state=State.OPEN, closes_at__lte=now).order_by("pk"):
        try:
            outcome = close(motion, now=now)
        except Exception:  # whatever is wrong with one, the others wait for their decision
            log.exception("motion %s cannot be decided", motion.pk)
            counts["failed"] += 1
            continue
        if outcome:
            counts[outcome.value] += 1
    return counts


def open_ended_terms(*, now: datetime | None = None) -> int:
    """Ask the members again about every lead whose term is over; not while the last such vote is recent."""
    now = now or timezone.now()
    leads = Membership.objects.filter(role=Membership.Role.LEAD, confirmed_at__lt=now, member__is_active=True).current()
    opened = 0
    for lead in leads.filter(community__is_archived=False).select_related("community__charter", "member"):
        charter = charter_of(lead.community)
        if lead.confirmed_at and _months_after(lead.confirmed_at, charter.lead_term_months) <= now:
            opened += _ask_again(lead, charter, now)
    return opened


def _ask_again(lead: Membership, charter: Charter, now: datetime) -> bool:
    recent = Motion.objects.filter(community=lead.community, kind=Kind.LEAD).exclude(
        closed_at__lt=now - timedelta(days=charter.confirm_lead_days)
    )
    if recent.filter(candidate=lead.member).exists() or recent.filter(state=State.OPEN).exists():
        return False
    reason = f"The term of {charter.lead_term_months} months is over. The charter asks the members again."
    open_lead_confirmation(lead.community, lead.member, None, now, reason=reason)
    return True


def _months_after(moment: datetime, months: int) -> datetime:
    """So many months of 30.44 days later: a term needs no calendar."""
    return moment + timedelta(days=30.44 * months)


def _open(community: Community, kind: str, by: Member | None, now: datetime, **fields: Any) -> Motion:
    if community.is_archived:
        raise Refused(f"“{community.name}” is closed. It decides nothing any more.")
    waiting = community.motions.filter(kind=kind, state=State.OPEN).first()
    if waiting:
        raise Refused(f"Another vote of this kind is open until {waiting.closes_at:%-d %B}: “{waiting.title}”.")
    closes_at = now + timedelta(days=charter_of(community).voting_days)
    motion = Motion.objects.create(
        community=community, kind=kind, by=by, opened_at=now, closes_at=closes_at, **fields
    )  # fmt: skip
    if by:
        ledger.record(
            "motion-proposed", by=by, kind="motion", key=str(motion.pk), title=_in_ledger(motion),
            address=motion.get_absolute_url(), community=community.slug,
        )  # fmt: skip
    wake_on_commit(tasks.tell_of_motion, motion.pk)
    return motion


def _locked(motion: Motion) -> Motion:
    return (
        Motion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("community", "candidate", "by")
        .get(pk=motion.pk)
    )


def _carry_out_confirmation(motion: Motion, candidate: Member, now: datetime) -> None:
    """Accepted: leads, confirmed. Refused: leads no longer. Too few votes: stays as it was."""
    if motion.state == State.ACCEPTED:
        give_role_by_vote(motion.community, candidate, Membership.Role.LEAD, confirmed_at=now)
        launch.advance(motion.community, now=now)
    elif motion.state == State.REFUSED:
        give_role_by_vote(motion.community, candidate, Membership.Role.CORE, confirmed_at=None)


def _tell_result(motion: Motion) -> None:
    told = {one.pk for one in (*carriers_to_ask(motion.community), motion.by, motion.candidate) if one}
    told |= set(motion.votes.values_list("member", flat=True))
    notify_many(
        told, "motion", title=f"{motion.title}: {motion.get_state_display()}",
        text=f"{motion.yes} yes, {motion.no} no; the quorum asked for {motion.needed}.",
        address=motion.get_absolute_url(), key=f"motion-result:{motion.pk}",
    )  # fmt: skip


def _title(stored: Mapping[str, Any]) -> str:
    names = [BY_NAME[name].title for name in stored]
    rest = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return f"Change of the charter: {', '.join(names[:2]).lower()}{rest}"[:160]


def _in_ledger(motion: Motion) -> str:
    """Kind and community only: the title may name a candidate, and rows of the ledger cannot be erased."""
    return f"{motion.get_kind_display().capitalize()} in {motion.community.name}"
