"""What leads, deputies and organizers see: requests, members and their roles, invitations."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from communities import rules
from communities.forms.boundary import InviteForm
from communities.models import Community, CommunityInvitation, JoinRequest, Membership
from communities.operations import boundary, membership
from communities.queries import boundary as boundaries
from communities.queries.people import hidden_members, members_of, membership_of
from communities.views.guards import for_carriers
from cop.lib.http import tried
from members.guards import MemberRequest

PER_PAGE = 50


@require_safe
@for_carriers
def requests(request: MemberRequest, community: Community) -> HttpResponse:
    return _requests_page(request, community)


def _requests_page(request: MemberRequest, community: Community, status: int = 200) -> HttpResponse:
    context = {
        "community": community, "section": "people", "here": "requests", "looks_after": True,
        "waiting": boundaries.open_requests(community), "decided": boundaries.decided_requests(community),
    }  # fmt: skip
    return render(request, "communities/requests.html", context, status=status)


@require_POST
@for_carriers
def decide(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    found = get_object_or_404(JoinRequest.objects.select_related("community"), pk=pk, community=community)
    accept, note = "accept" in request.POST, request.POST.get("note", "")[:300]
    status = tried(request, lambda: _decided(boundary.decide(found, accept=accept, by=request.user, note=note)))
    return _requests_page(request, community, status) if status else redirect("communities:requests", community.slug)


def _decided(request: JoinRequest) -> str:
    if request.state == JoinRequest.State.ACCEPTED:
        return f"{request.member.name} belongs to {request.community.name} now, and has been told."
    return f"{request.member.name} has been told that it does not suit at the moment."


@require_safe
@for_carriers
def members(request: MemberRequest, community: Community) -> HttpResponse:
    return _members_page(request, community, InviteForm())


def _members_page(request: MemberRequest, community: Community, form: InviteForm) -> HttpResponse:
    words = request.GET.get("q", "")[:80]
    page = Paginator(members_of(community, request.user, words), PER_PAGE).get_page(request.GET.get("page"))
    own = membership_of(community, request.user)
    rows = [(one, _roles(one, own, request.user)) for one in page.object_list]
    context: dict[str, Any] = {
        "community": community, "section": "people", "here": "members", "hidden": hidden_members(community),
        "looks_after": True, "page_obj": page,
        "rows": rows, "words": words, "form": form, "invitations": boundaries.open_invitations(community),
    }  # fmt: skip
    return render(request, "communities/members.html", context)


def _roles(mine: Membership, giver: Membership | None, by: Any) -> list[tuple[str, str]]:
    return [(role, Membership.Role(role).label) for role in rules.roles_to_give(mine, giver, by)]


@require_POST
@for_carriers
def give_role(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    mine = get_object_or_404(members_of(community, request.user), pk=pk)  # who is not named here gets no task here
    role = request.POST.get("role", "")
    tried(request, lambda: _given(membership.give_role(mine, role, by=request.user)))
    if rules.may_look_after(membership_of(community, request.user), request.user):
        return redirect("communities:members", community.slug)
    return redirect(community)  # stepped down oneself


def _given(mine: Membership) -> str:
    return f"{mine.member.name}: {mine.get_role_display()} of {mine.community.name}."


@require_POST
@for_carriers
def invite(request: MemberRequest, community: Community) -> HttpResponse:
    form = InviteForm(request.POST)
    if form.is_valid():
        handle = form.cleaned_data["handle"]
        if not tried(request, lambda: _invited(boundary.invite(community, handle=handle, by=request.user))):
            return redirect("communities:members", community.slug)
    return _members_page(request, community, form)


def _invited(invitation: CommunityInvitation) -> str:
    return f"{invitation.member.name} is invited and has been told."


@require_POST
@for_carriers
def take_back(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    invitation = community.invitations.filter(pk=pk).first()
    if invitation is None:
        raise Http404
    boundary.take_back(invitation, by=request.user)
    return redirect("communities:members", community.slug)
