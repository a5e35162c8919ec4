"""Which community a page is about, and who may see it."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from communities import rules
from communities.models import Community
from communities.queries.people import membership_of
from members.guards import MemberRequest, member_required


def visible(request: HttpRequest, slug: str) -> Community:
    """The community, as far as the viewer may know of it; else 404."""
    found = Community.objects.visible_to(request.user).select_related("parent", "boundary", "charter")
    return get_object_or_404(found, slug=slug)


def for_carriers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For leads, deputies and organizers; to others the page does not exist. The view gets the community."""

    @member_required
    @functools.wraps(view)
    def guarded(request: MemberRequest, slug: str, **kwargs: object) -> HttpResponse:
        community = visible(request, slug)
        if not rules.may_look_after(membership_of(community, request.user), request.user):
            raise Http404
        return view(request, community, **kwargs)

    return guarded


def for_members(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who belong to the community; to others the page does not exist. The view gets the membership."""

    @member_required
    @functools.wraps(view)
    def guarded(request: MemberRequest, slug: str, **kwargs: object) -> HttpResponse:
        mine = membership_of(visible(request, slug), request.user)
        if mine is None:
            raise Http404
        return view(request, mine, **kwargs)

    return guarded
