"""How a group that fell silent goes on: one page with three buttons."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from communities.forms.quiet import MergeForm, ReviveForm
from communities.models import Community
from communities.operations import silence
from communities.queries.founding import homes_for, since_when_quiet
from communities.queries.group_rules import group_rules
from communities.views.guards import for_carriers
from cop.lib.http import tried
from members.guards import MemberRequest
from members.models import Member


@require_safe
@for_carriers
def show(request: MemberRequest, community: Community) -> HttpResponse:
    return _page(request, community)


def _page(request: MemberRequest, community: Community, status: int = 200, **forms: Any) -> HttpResponse:
    homes = homes_for(community, request.user)
    context = {
        "community": community, "section": "people", "looks_after": True, "since": since_when_quiet(community),
        "rules": group_rules(), "revive_form": ReviveForm(), "merge_form": MergeForm(homes=homes), **forms,
    }  # fmt: skip
    return render(request, "communities/quiet.html", context, status=status)


@require_POST
@for_carriers
def revive(request: MemberRequest, community: Community) -> HttpResponse:
    form = ReviveForm(request.POST)
    if not form.is_valid():
        return _page(request, community, revive_form=form)
    plan = form.cleaned_data["plan"]
    status = tried(request, lambda: _revived(silence.revive(community, plan=plan, by=request.user)))
    return _page(request, community, status, revive_form=form) if status else redirect(community)


def _revived(community: Community) -> str:
    return f"{community.name} goes on. Its members have been told."


@require_POST
@for_carriers
def merge(request: MemberRequest, community: Community) -> HttpResponse:
    form = MergeForm(request.POST, homes=homes_for(community, request.user))
    if not form.is_valid():
        return _page(request, community, merge_form=form)
    status = tried(request, lambda: _merged(community, form.home(), request.user))
    return _page(request, community, status, merge_form=form) if status else redirect(form.home())


def _merged(community: Community, into: Community, by: Member) -> str:
    silence.merge(community, into=into, by=by)
    return f"{community.name} is part of {into.name} now. Everybody who moved has been told."


@require_POST
@for_carriers
def close(request: MemberRequest, community: Community) -> HttpResponse:
    status = tried(request, lambda: _closed(silence.close(community, by=request.user)))
    return _page(request, community, status) if status else redirect(community)


def _closed(community: Community) -> str:
    return f"{community.name} is closed and stays readable. Its members have been told."
