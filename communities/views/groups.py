from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from communities.models import Community
from communities.queries import groups


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    entries = groups.entries(request.user)
    context = {
        "targets": [entry for entry in entries if entry.community.kind == Community.Kind.TARGET],
        "others": [entry for entry in entries if entry.community.kind != Community.Kind.TARGET],
        "has_primary": any(entry.mine and entry.mine.is_primary for entry in entries),
        "section": "people",
    }
    return render(request, "communities/list.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    known = Community.objects.visible_to(request.user).select_related("parent", "boundary", "charter")
    community = get_object_or_404(groups.with_people(known), slug=slug)
    page = groups.page_of(community, request.user, community.people)
    return render(request, "communities/detail.html", {"community": community, "page": page, "section": "people"})
