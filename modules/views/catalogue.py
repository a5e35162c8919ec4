from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from modules.guards import viewer
from modules.queries import module_page, standing

AT_ONCE = 50


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All modules, fifty on a page, with the member's own progress."""
    member = viewer(request)
    rows = Paginator(module_page.seen_by(member), AT_ONCE).get_page(request.GET.get("page"))
    standings = standing.complete_standings(rows, member)
    return render(request, "modules/list.html", {"section": "learn", "standings": standings, "page_obj": rows})


@require_safe
def detail(request: HttpRequest, module: str) -> HttpResponse:
    """One module: its ladder, what is inside, and the one thing to do now."""
    member = viewer(request)
    found = get_object_or_404(module_page.with_ways_on(module_page.seen_by(member), member), slug=module)
    page = module_page.page(found, member)
    return render(
        request, "modules/detail.html", {"section": "learn", "module": found, "page": page, "one": page.standing}
    )
