from __future__ import annotations

import functools

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from cop.lib.http import View
from members.directory_wish import Wish
from members.guards import MemberRequest, member_required
from members.models import Persona
from members.queries.directory import Directory
from members.queries.levels import gaps


def leaves_as_whole_page(view: View) -> View:
    """When the answer leads elsewhere, as to the log-in, the whole page goes there, not a part of it."""

    @functools.wraps(view)
    def whole(request: HttpRequest) -> HttpResponse:
        answer = view(request)
        if getattr(request, "htmx", False) and answer.has_header("Location"):
            return HttpResponseClientRedirect(answer["Location"])
        return answer

    return whole


@require_safe
@leaves_as_whole_page
@member_required
def directory(request: MemberRequest) -> HttpResponse:
    """Who knows what and has time; a part of the page where htmx asks, the whole page otherwise."""
    wish = Wish.read(request.GET)
    found = Directory(request.user, wish, day=timezone.localdate())
    page = found.page(request.GET.get("page"))
    context = {"found": found, "wish": wish, "page": page, "cards": found.cards(page), "section": "people"}
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    answer = render(request, "members/directory_part.html" if is_part else "members/directory.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """The levels; to members each with what they did for it and what is missing."""
    found = gaps(request.user if request.user.is_authenticated else None)
    top = max((gap.level.order for gap in found if gap.award), default=0)
    upwards = (gap.level for gap in found if gap.conditions and gap.level.order > top)
    return render(
        request, "members/levels.html", {"gaps": found, "next_level": next(upwards, None), "section": "people"}
    )


@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    return render(request, "members/personas.html", {"personas": Persona.objects.all(), "section": "people"})
