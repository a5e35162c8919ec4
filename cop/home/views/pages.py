from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cop.home.queries.dashboard import dashboard as dashboard_of
from cop.home.queries.landing import landing
from cop.lib.http import own_address, posts_only
from cop.site.context import THEMES
from members.guards import MemberRequest, member_required
from members.queries.spotlight import current as spotlight

A_YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home/home.html", {"landing": landing(), "spotlight": spotlight(request.user)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@require_safe
@member_required
def dashboard(request: MemberRequest) -> HttpResponse:
    found = dashboard_of(request.user)
    return render(request, "home/dashboard.html", {"dashboard": found, "spotlight": found.spotlight})


@posts_only("home:home")
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light or dark in a cookie of its own; works signed out too."""
    response = HttpResponseRedirect(own_address(request, request.POST.get("next", ""), "/"))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response
