from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from modules.guards import viewer
from modules.models import Article, Module
from modules.queries import standing as queries


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All modules, with the member's own progress."""
    return render(request, "modules/list.html", {"section": "learn", "standings": queries.overview(viewer(request))})


@require_safe
def detail(request: HttpRequest, module: str) -> HttpResponse:
    """One module: its ladder, what is inside, and the one thing to do now."""
    found = get_object_or_404(Module.objects.prefetch_related("subtopics", "stewards"), slug=module)
    one = queries.standing(found, viewer(request))
    introductions = found.articles.published().filter(kind=Article.Kind.HOWTO_INTRO)
    published = None if found.is_published else Module.objects.published().first()
    context = {
        "section": "learn", "module": found, "one": one, "changes": queries.changes(one), "published": published,
        "introductions": introductions, "following": queries.module_after(one),
    }  # fmt: skip
    return render(request, "modules/detail.html", context)
