from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labs.models import Lab, LabRun
from labs.queries import catalogue as lists
from labs.queries import runs
from modules.guards import viewer


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All labs, with filters that stand in the address."""
    found = lists.catalogue(viewer(request), request.GET.dict())
    return render(request, "labs/list.html", {"section": "learn", "found": found})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a lab is, what it needs and where data goes; its steps as an outline or, on wish, in full."""
    lab = visible_lab(request, slug)
    member = viewer(request)
    own = LabRun.objects.filter(member=member, lab=lab).select_related("lab").first() if member else None
    context = {
        "section": "learn", "lab": lab, "steps": lab.steps.all(), "own": runs.run_standing(own) if own else None,
        "around": runs.surroundings(lab), "in_full": request.GET.get("steps") == "all",
    }  # fmt: skip
    return render(request, "labs/detail.html", context)


def visible_lab(request: HttpRequest, slug: str) -> Lab:
    return get_object_or_404(Lab.objects.visible_to(viewer(request)).select_related("module"), slug=slug)
