from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from communities import operations, queries
from communities.models import Channel, Community
from cop.lib.errors import Refused
from cop.lib.http import own_address
from members.guards import MemberRequest, member_required


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    entries = queries.entries(request.user)
    context = {
        "targets": [entry for entry in entries if entry.community.kind == Community.Kind.TARGET],
        "others": [entry for entry in entries if entry.community.kind != Community.Kind.TARGET],
        "has_primary": any(entry.mine and entry.mine.is_primary for entry in entries),
        "section": "people",
    }
    return render(request, "communities/list.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(queries.with_people(Community.objects.select_related("parent")), slug=slug)
    page = queries.page_of(community, request.user, community.people)
    return render(request, "communities/detail.html", {"community": community, "page": page, "section": "people"})


@require_safe
def connect(request: HttpRequest) -> HttpResponse:
    channels = queries.channels()
    context = {
        "active": [channel for channel in channels if channel.status == Channel.Status.ACTIVE],
        "planned": [channel for channel in channels if channel.status == Channel.Status.PLANNED],
        "section": "people",
    }
    return render(request, "communities/connect.html", context)


def acts_on_community(act: Callable[[Community, Any], str]) -> Callable[..., HttpResponse]:
    """A view that lets a member act on a community by POST, says what happened and leads back to its page.

    By GET it only leads to the page: that is where a visitor arrives who had to log in first."""

    @member_required
    def view(request: MemberRequest, slug: str) -> HttpResponse:
        community = get_object_or_404(Community, slug=slug)
        if request.method != "POST":
            return redirect(community)
        try:
            messages.success(request, act(community, request.user))
        except Refused as refusal:
            messages.error(request, refusal.message)
        back = request.POST.get("next", "")
        return HttpResponseRedirect(own_address(request, back, community.get_absolute_url()))

    return view


@acts_on_community
def join(community: Community, member: Any) -> str:
    operations.join(community, by=member)
    return f"You belong to {community.name} now."


@acts_on_community
def leave(community: Community, member: Any) -> str:
    operations.leave(community, by=member)
    return f"You have left {community.name}. You can come back at any time."


@acts_on_community
def primary(community: Community, member: Any) -> str:
    operations.choose_primary(community, by=member)
    return f"{community.name} is your primary community now."
