from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labs.models import Lab
from labs.queries import catalogue as lists
from modules.guards import viewer


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All labs that the viewer's ceiling lets pass, with filters that stand in the address."""
    found = lists.catalogue(viewer(request), request.GET.dict())
    return render(request, "labs/list.html", {"section": "learn", "found": found})


def visible_lab(request: HttpRequest, slug: str) -> Lab:
    return get_object_or_404(Lab.objects.visible_to(viewer(request)).select_related("module"), slug=slug)
