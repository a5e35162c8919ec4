from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from communities.forms.boundary import AnswersForm
from communities.models import Boundary, Community
from communities.operations import boundary, membership
from communities.queries.boundary import way_in
from communities.queries.people import membership_of
from communities.views.guards import visible
from cop.lib.errors import Refused
from cop.lib.http import own_address, tried
from members.guards import MemberRequest, member_required


def acts_on_community(act: Callable[[Community, Any], str]) -> Callable[..., HttpResponse]:
    """A view that lets a member act on a community by POST, says what happened and leads back to its page.

    By GET it only leads to the page: that is where a visitor arrives who had to log in first."""

    @member_required
    def view(request: MemberRequest, slug: str) -> HttpResponse:
        community = visible(request, slug)
        if request.method != "POST":
            return redirect(community)
        try:
            messages.success(request, act(community, request.user))
        except Refused as refusal:
            messages.error(request, refusal.message)
        back = request.POST.get("next", "")
        return HttpResponseRedirect(own_address(request, back, community.get_absolute_url()))

    return view


@member_required
def join(request: MemberRequest, slug: str) -> HttpResponse:
    """Join at once where one press is enough; else on to the page that says what is asked."""
    community = visible(request, slug)
    if request.method != "POST":
        return redirect(community)
    if not membership_of(community, request.user) and not way_in(community, request.user).is_plain:
        return redirect("communities:apply", slug=slug)
    tried(request, lambda: _joined(membership.join(community, by=request.user).community))
    back = request.POST.get("next", "")
    return HttpResponseRedirect(own_address(request, back, community.get_absolute_url()))


def _joined(community: Community) -> str:
    return f"You belong to {community.name} now."


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def apply(request: MemberRequest, slug: str) -> HttpResponse:
    """What the community asks, one by one, and the form to join or to ask."""
    community = visible(request, slug)
    if membership_of(community, request.user):
        return redirect(community)
    way = way_in(community, request.user)
    form = AnswersForm(request.POST or None, questions=way.questions)
    status = 200
    if request.method == "POST" and form.is_valid():
        status = tried(request, lambda: _come_in(community, way.boundary.door, form.answers(), request.user))
        if not status:
            return redirect(community)
    context = {"community": community, "way": way, "form": form, "section": "people"}
    return render(request, "communities/apply.html", context, status=status or 200)


def _come_in(community: Community, door: str, answers: dict[int, str], member: Any) -> str:
    if door == Boundary.Door.ASK:
        boundary.ask(community, by=member, answers=answers)
        return f"Your request is with those who lead {community.name}. You get a notice when they answer."
    membership.join(community, by=member, answers=answers)
    return _joined(community)


@acts_on_community
def withdraw(community: Community, member: Any) -> str:
    boundary.withdraw(community, by=member)
    return "Your request is taken back. You can ask again at any time."


@acts_on_community
def accept_invitation(community: Community, member: Any) -> str:
    boundary.answer(community, accept=True, by=member)
    return _joined(community)


@member_required
def decline_invitation(request: MemberRequest, slug: str) -> HttpResponse:
    """Afterwards the page may be hidden from the member, so the way leads to the list."""
    community = visible(request, slug)
    if request.method != "POST":
        return redirect(community)
    tried(request, lambda: _declined(community, request.user))
    return redirect("communities:list")


def _declined(community: Community, member: Any) -> str:
    boundary.answer(community, accept=False, by=member)
    return f"You stay outside {community.name} for now."


@member_required
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    community = visible(request, slug)
    if request.method != "POST":
        return redirect(community)
    tried(request, lambda: _left(community, request.user))
    onward = community.get_absolute_url() if _still_known(community, request.user) else "/communities/"
    return HttpResponseRedirect(own_address(request, request.POST.get("next", ""), onward))


def _left(community: Community, member: Any) -> str:
    membership.leave(community, by=member)
    return f"You have left {community.name}. You can come back at any time."


def _still_known(community: Community, member: Any) -> bool:
    return Community.objects.visible_to(member).filter(pk=community.pk).exists()


@acts_on_community
def primary(community: Community, member: Any) -> str:
    membership.choose_primary(community, by=member)
    return f"{community.name} is your primary community now."


@acts_on_community
def wake(community: Community, member: Any) -> str:
    membership.come_back(community, by=member)
    return f"Good to see you. You count among the active members of {community.name} again."
