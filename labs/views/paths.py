"""The pages about paths, and the way to a goal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from labs.models import Path
from labs.operations import paths as operations
from labs.queries import path_pages as queries
from labs.queries.recommending import KIND
from members.guards import MemberRequest, member_post, member_required
from members.operations import suggestions
from modules.guards import viewer


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All paths, the viewer's own first."""
    return render(request, "paths/list.html", {"section": "learn", "standings": queries.catalogue(viewer(request))})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One path: its map and ladder, the one thing to do now, and what brings the viewer there."""
    member = viewer(request)
    path = get_object_or_404(queries.seen_by(member), slug=slug)
    page = queries.page(path, member)
    return render(request, "paths/detail.html", {"section": "learn", "path": path, "page": page, "one": page.standing})


@member_post("paths:detail")
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    path = get_object_or_404(Path.objects.visible_to(request.user), slug=slug)
    try:
        enrolment = operations.follow(path, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        done = "You have done all of it already" if enrolment.completed_at else "Your start page shows what comes next"
        messages.success(request, f"You follow the path to {path.role}. {done}.")
    return redirect(path)


@member_post("paths:detail")
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    path = get_object_or_404(Path.objects.visible_to(request.user), slug=slug)
    operations.leave(path, by=request.user)
    messages.success(request, f"You no longer follow the path to {path.role}. What you have done stays done.")
    return redirect(path)


@require_safe
@member_required
def recommend(request: MemberRequest) -> HttpResponse:
    """What closes the gap to a goal that the member chooses: a role at the end of a path, or their own wishes."""
    page = queries.recommendations(request.user, request.GET.get("goal", ""))
    return render(request, "paths/recommend.html", {"section": "learn", "page": page})


@member_post("paths:recommend", with_arguments=False)
def dismiss(request: MemberRequest, key: str) -> HttpResponse:
    """Keep one recommended thing away for a while; the goal comes back with the button."""
    suggestions.dismiss(KIND, key, by=request.user)
    messages.success(request, "It stays away for 90 days.")
    goal = request.POST.get("goal", "")
    return redirect(
        f"{reverse('paths:recommend')}?goal={goal}" if goal.replace("-", "").isalnum() else "paths:recommend"
    )
