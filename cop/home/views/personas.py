"""The page of a persona, with where to begin: it reads modules, events and communities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cop.home.queries.personas import start
from members.models import Persona


@require_safe
def persona(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Persona, slug=slug)
    return render(request, "home/persona.html", {"persona": found, "start": start(found), "section": "people"})
