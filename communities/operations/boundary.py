"""Asking to come in, deciding requests, invitations.

An invitation takes the place of asking and of the questions. It does not lift the criteria: those were agreed by the
members, and one lead's word must not undo them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from communities import rules
from communities.models import Boundary, Community, CommunityInvitation, JoinRequest, Membership
from communities.operations.membership import answered, enter, locked, refuse_if_closed, refuse_paused, refuse_unmet
from communities.queries.boundary import way_in
from communities.queries.people import carriers_to_ask, membership_of
from cop.lib.errors import Refused
from members.models import Member
from members.operations.notices import notify, notify_many


@transaction.atomic
def ask(community: Community, *, by: Member, answers: Mapping[int, str] | None = None) -> JoinRequest:
    """Ask to come in; asking twice finds the first request. Leads and deputies are told.

    answers: number of a question to the answer. Refuses an archived community, a door at which nobody asks, unmet
    criteria, an unanswered question, and who is in already."""
    community = locked(community)
    if membership_of(community, by):
        raise Refused(f"You belong to “{community.name}” already.")
    refuse_if_closed(community)
    way = way_in(community, by)
    if way.request:
        return way.request
    if way.boundary.door != Boundary.Door.ASK:
        raise Refused(f"Nobody asks to come into “{community.name}”: {way.boundary.get_door_display()}.")
    refuse_unmet(community, way)
    made = JoinRequest.objects.create(community=community, member=by, answers=answered(way, answers or {}))
    notify_many(
        [one.pk for one in carriers_to_ask(community)], "community-request", key=f"request:{made.pk}",
        title=f"{by.name} asks to join {community.name}", address=f"{community.get_absolute_url()}requests/",
        text="The answers are beside the request. Accept it, or say why not.",
    )  # fmt: skip
    return made


@transaction.atomic
def withdraw(community: Community, *, by: Member) -> None:
    """Take back an open request; where there is none, nothing changes."""
    locked(community)
    JoinRequest.objects.filter(community=community, member=by, state=JoinRequest.State.OPEN).update(
        state=JoinRequest.State.WITHDRAWN, decided_at=timezone.now()
    )


@transaction.atomic
def decide(request: JoinRequest, *, accept: bool, by: Member, note: str = "") -> JoinRequest:
    """Accept or decline a request, and tell the member.

    Refuses who does not lead, a request decided already, and accepting somebody who is not here any more."""
    community = locked(request.community)
    request = JoinRequest.objects.select_for_update(of=("self",)).select_related("member", "decided_by").get(
        pk=request.pk
    )  # fmt: skip
    refuse_strangers(community, by)
    if request.state != JoinRequest.State.OPEN:
        who = f" by {request.decided_by}" if request.decided_by else ""
        raise Refused(f"This request was answered{who} already: {request.get_state_display()}.", lost_race=True)
    if accept:
        refuse_if_closed(community)
        if not request.member.is_active:
            raise Refused("Who asked is not a member of this site any more.")
    request.state = JoinRequest.State.ACCEPTED if accept else JoinRequest.State.DECLINED
    request.decided_by, request.decided_at, request.note = by, timezone.now(), note.strip()
    request.save(update_fields=["state", "decided_by", "decided_at", "note"])
    if accept:
        enter(community, request.member, decided_by=by)
    said = f"{by.name} writes: {request.note}" if request.note else ""
    notify(
        request.member, "community-answered", text=said, address=community.get_absolute_url(),
        key=f"answer:{request.pk}",
        title=f"You belong to {community.name} now" if accept else f"{community.name} did not accept your request",
    )  # fmt: skip
    return request


@transaction.atomic
def invite(community: Community, *, handle: str, by: Member, sentence: str = "") -> CommunityInvitation:
    """Invite a member of the directory; a second invitation finds the first.

    sentence: why to come; what the community says of itself where it is left out.

    Refuses who does not lead, unknown and hidden people, members who have asked for a pause, who is in already, and
    who has asked already: their request waits for an answer."""
    community = locked(community)
    refuse_strangers(community, by)
    refuse_if_closed(community)
    member = Member.objects.visible_to(by).filter(handle__iexact=handle.strip().lstrip("@")).first()
    if member is None:
        raise Refused(f"There is no “{handle}” in the directory. Write the handle as it stands on their page.")
    if membership_of(community, member):
        raise Refused(f"{member.name} belongs to “{community.name}” already.")
    refuse_paused(member)
    if JoinRequest.objects.filter(community=community, member=member, state=JoinRequest.State.OPEN).exists():
        raise Refused(f"{member.name} has asked to come in. Answer that request.")
    made, is_new = CommunityInvitation.objects.get_or_create(
        community=community, member=member, answered_at=None, defaults={"by": by}
    )
    if is_new:
        why = sentence.strip() or f"{community.why}."
        notify(
            member, "community-invitation", title=f"{by.name} invites you to {community.name}",
            text=f"{why} You decide on its page.", address=community.get_absolute_url(),
            key=f"invitation:{made.pk}",
        )  # fmt: skip
    return made


@transaction.atomic
def take_back(invitation: CommunityInvitation, *, by: Member) -> None:
    """Withdraw an invitation that was not answered yet; otherwise nothing changes."""
    refuse_strangers(invitation.community, by)
    CommunityInvitation.objects.filter(pk=invitation.pk, answered_at=None).update(
        answered_at=timezone.now(), accepted=False
    )


@transaction.atomic
def answer(community: Community, *, accept: bool, by: Member) -> Membership | None:
    """Accept or decline one's invitation. Refuses where there is none, and accepting while criteria are unmet."""
    community = locked(community)
    way = way_in(community, by)
    if way.invitation is None:
        raise Refused("There is no open invitation for you here.")
    if not accept:
        CommunityInvitation.objects.filter(pk=way.invitation.pk).update(answered_at=timezone.now(), accepted=False)
        _tell_inviter(way.invitation, f"{by.name} does not join {community.name} for now")
        return None
    refuse_if_closed(community)
    refuse_unmet(community, way)
    mine = enter(community, by, decided_by=way.invitation.by)
    _tell_inviter(way.invitation, f"{by.name} has joined {community.name}")
    return mine


def refuse_strangers(community: Community, by: Member) -> None:
    if not rules.may_look_after(membership_of(community, by), by):
        raise Refused(f"Only those who lead “{community.name}” do this.")


def _tell_inviter(invitation: CommunityInvitation, title: str) -> None:
    if invitation.by:
        notify(
            invitation.by, "community-answered", title=title, address=invitation.community.get_absolute_url(),
            key=f"invitation-answer:{invitation.pk}",
        )  # fmt: skip
