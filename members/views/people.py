from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.guards import MemberRequest, member_required
from members.models import Level, Persona
from members.queries.directory import FILTERS, facets, search
from members.queries.levels import standing

PER_PAGE = 24


@require_safe
@member_required
def directory(request: MemberRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    chosen = {name: value for name in FILTERS if (value := request.GET.get(name, "").strip())}
    page = Paginator(search(request.user, words=words, chosen=chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "words": words,
        "chosen": chosen,
        "facets": facets(request.user),
        "is_filtered": bool(words or chosen),
        "section": "people",
    }
    return render(request, "members/directory.html", context)


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    own = standing(request.user) if request.user.is_authenticated else None
    held = {award.level_id: award for award in own.held} if own else {}
    rows = [(level, held.get(level.slug)) for level in Level.objects.prefetch_related("rules")]
    return render(request, "members/levels.html", {"rows": rows, "standing": own, "section": "people"})


@require_safe
def personas(request: HttpRequest) -> HttpResponse:
    return render(request, "members/personas.html", {"personas": Persona.objects.all(), "section": "people"})


@require_safe
def persona(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Persona, slug=slug)
    return render(request, "members/persona.html", {"persona": found, "section": "people"})
