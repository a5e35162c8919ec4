"""Campaigns of a community for what it is short of; inviting goes through its boundary."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.models import Community, CommunityInvitation, RecruitmentCampaign
from communities.operations import boundary
from communities.operations.membership import locked, refuse_if_closed
from cop.lib.errors import Refused
from members.models import Member, Skill


@transaction.atomic
def open_campaign(
    community: Community, *, title: str, sentence: str, by: Member, skills: Iterable[Skill] = (),
    functions: Iterable[str] = (), sectors: Iterable[str] = (), now: datetime | None = None,
) -> RecruitmentCampaign:  # fmt: skip
    """Open a campaign. Refuses who does not lead the community, a closed one, and a profile that names nothing."""
    community = locked(community)
    boundary.refuse_strangers(community, by)
    refuse_if_closed(community)
    skills, functions, sectors = list(skills), list(functions), list(sectors)
    if not (skills or functions or sectors):
        raise Refused("Choose at least one skill, function or sector that is missing.")
    campaign = RecruitmentCampaign.objects.create(
        community=community, title=title.strip(), sentence=sentence.strip(), functions=functions, sectors=sectors,
        by=by, opened_at=now or timezone.now(),
    )  # fmt: skip
    campaign.skills.set(skills)
    return campaign


@transaction.atomic
def invite(campaign: RecruitmentCampaign, *, handle: str, by: Member) -> CommunityInvitation:
    """Invite a member with the sentence of the campaign. Refuses an ended campaign, and whatever the boundary does."""
    if campaign.closed_at:
        raise Refused("This campaign has ended. Open a new one to invite people.")
    return boundary.invite(campaign.community, handle=handle, by=by, sentence=campaign.sentence)


@transaction.atomic
def close_campaign(campaign: RecruitmentCampaign, *, by: Member, now: datetime | None = None) -> None:
    """End a campaign; invitations that are out stay. Ending it twice changes nothing."""
    boundary.refuse_strangers(campaign.community, by)
    RecruitmentCampaign.objects.filter(pk=campaign.pk, closed_at=None).update(closed_at=now or timezone.now())
