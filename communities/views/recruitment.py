"""Campaigns of a community, for those who lead it and for organizers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.forms.recruitment import CampaignForm
from communities.models import Community, CommunityInvitation, RecruitmentCampaign
from communities.operations import recruitment as operations
from communities.queries import recruitment as queries
from communities.views.guards import for_carriers
from cop.lib.http import tried
from members.guards import MemberRequest
from members.models import Member

CHOSEN = 3  # missing skills that are ticked beforehand


@require_safe
@for_carriers
def index(request: MemberRequest, community: Community) -> HttpResponse:
    context = _context(community) | {"campaigns": queries.campaigns_of(community)}
    return render(request, "communities/campaigns.html", context)


def _context(community: Community) -> dict[str, Any]:
    return {"community": community, "section": "people", "here": "campaigns", "looks_after": True}


@require_http_methods(["GET", "HEAD", "POST"])
@for_carriers
def new(request: MemberRequest, community: Community) -> HttpResponse:
    """The profile, with what the community is short of chosen beforehand."""
    short = queries.shortages(community)
    missing = [one.skill.slug for one in short]
    form = CampaignForm(request.POST or None, suggested=missing, initial={"skills": missing[:CHOSEN]})
    if form.is_valid():
        made: list[RecruitmentCampaign] = []
        if not tried(request, lambda: _opened(made, community, form, request.user)):
            return redirect(made[0])
    context = _context(community) | {"form": form, "short": short}
    return render(request, "communities/campaign_new.html", context)


def _opened(made: list[RecruitmentCampaign], community: Community, form: CampaignForm, by: Member) -> str:
    made.append(operations.open_campaign(community, by=by, **form.cleaned_data))
    return "The campaign is open. Below stand those who could help."


@require_safe
@for_carriers
def detail(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    campaign = _found(community, pk)
    found = queries.candidates(campaign, request.user, today=timezone.localdate())
    context = _context(community) | {
        "campaign": campaign, "holders": [one for one in found if one.has_skill],
        "others": [one for one in found if not one.has_skill], "skills": list(campaign.skills.all()),
        "functions": queries.labels(campaign.functions, Member.Function.choices),
        "sectors": queries.labels(campaign.sectors, Member.Sector.choices), "most": queries.MOST,
    }  # fmt: skip
    return render(request, "communities/campaign.html", context)


@require_POST
@for_carriers
def invite(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    campaign, handle = _found(community, pk), request.POST.get("handle", "")[:31]
    tried(request, lambda: _invited(operations.invite(campaign, handle=handle, by=request.user)))
    return redirect(campaign)


def _invited(invitation: CommunityInvitation) -> str:
    return f"{invitation.member.name} is invited and has been told."


@require_POST
@for_carriers
def close(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    campaign = _found(community, pk)
    tried(request, lambda: _closed(campaign, request.user))
    return redirect("communities:campaigns", community.slug)


def _closed(campaign: RecruitmentCampaign, by: Member) -> str:
    operations.close_campaign(campaign, by=by)
    return f"The campaign “{campaign.title}” has ended."


def _found(community: Community, pk: int) -> RecruitmentCampaign:
    return get_object_or_404(RecruitmentCampaign.objects.select_related("community", "by"), pk=pk, community=community)
