"""Petitions for new groups, and the checklist of those that came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from communities.forms.petitions import PetitionForm
from communities.models import LaunchStep, Petition
from communities.operations import launch, petitions
from communities.operations.petitions import NameIsNear
from communities.queries.group_rules import group_rules
from communities.queries.petitions import entries, page_of
from communities.views.guards import visible
from cop.lib.errors import Refused
from cop.lib.http import tried
from members.guards import MemberRequest, member_post, member_required


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    running, ended = entries(request.user)
    context = {"running": running, "ended": ended, "rules": group_rules(), "section": "people"}
    return render(request, "communities/petitions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new(request: MemberRequest) -> HttpResponse:
    """The form; a name that something nearly has shows that first, with a button to start anyway."""
    form = PetitionForm(request.POST or None)
    near: Any = []
    if request.method == "POST" and form.is_valid():
        try:
            petition = petitions.start(by=request.user, **form.cleaned_data)
        except NameIsNear as refusal:
            near = refusal.found
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Your petition is open, and your name stands below it. Tell others about it.")
            return redirect(petition)
    context = {"form": form, "near": near, "rules": group_rules(), "section": "people"}
    return render(request, "communities/petition_new.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    petition = _found(slug)
    return render(request, "communities/petition.html", _page(request, petition))


def _found(slug: str) -> Petition:
    return get_object_or_404(Petition.objects.select_related("by", "community"), slug=slug)


def _page(request: HttpRequest, petition: Petition) -> dict[str, Any]:
    return {"petition": petition, "page": page_of(petition, request.user), "section": "people"}


def acts_on_petition(act: Callable[[Petition, Any], str]) -> Callable[..., HttpResponse]:
    """A view for a button: does what was asked and shows what became of it; a lost race answers with 409."""

    @member_post("communities:petition")
    def view(request: MemberRequest, slug: str) -> HttpResponse:
        petition = _found(slug)
        status = tried(request, lambda: act(petition, request.user))
        if status != 409:
            petition.refresh_from_db()
            return redirect(_onward(petition, request.user))
        return render(request, "communities/petition.html", _page(request, _found(slug)), status=status)

    return view


def _onward(petition: Petition, member: Any) -> str:
    """To the group, where it has begun with the member in it."""
    group = petition.community
    has_begun = group is not None and group.memberships.filter(member=member).exists()
    return group.get_absolute_url() if group and has_begun else petition.get_absolute_url()


@acts_on_petition
def sign(petition: Petition, member: Any) -> str:
    signed = petitions.sign(petition, by=member)
    if signed.community:
        return f"{signed.name} has begun with your signature, and you are in. The first steps stand below."
    return "Your name stands below it. You can take it back until it becomes a group."


@acts_on_petition
def take_back(petition: Petition, member: Any) -> str:
    petitions.withdraw_signature(petition, by=member)
    return "Your signature is taken back."


@acts_on_petition
def withdraw(petition: Petition, member: Any) -> str:
    petitions.withdraw(petition, by=member)
    return "The petition is withdrawn. Those who signed have been told."


@member_post("communities:detail", with_arguments=["slug"])
def tick(request: MemberRequest, slug: str, key: str) -> HttpResponse:
    """Tick a step of the launch, or take the tick back."""
    step = get_object_or_404(LaunchStep.objects.select_related("community"), community=visible(request, slug), key=key)
    tried(request, lambda: _ticked(step, request))
    return redirect(f"{step.community.get_absolute_url()}#part-launch")


def _ticked(step: LaunchStep, request: MemberRequest) -> str:
    if "undo" in request.POST:
        launch.untick(step, by=request.user)
        return f"Open again: {step.title}."
    launch.tick(step, by=request.user)
    return f"Done: {step.title}."
