from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labs.models import Lab, LabRun
from labs.queries import feedback, runs
from labs.queries.reviews import hand_in_of
from labs.queries.rules import lab_rules
from labs.views.exposure import DETAIL, warning_before
from modules.guards import viewer
from modules.queries.ceilings import beside, from_beside
from modules.queries.versions import versions_line


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a lab is, what it needs and where data goes; its steps as an outline or, on wish, in full."""
    member = viewer(request)
    seen = Lab.objects.visible_to(member).select_related("module").annotate(is_kept=feedback.kept_by(member))
    lab: Any = get_object_or_404(beside(seen, member), slug=slug)
    if warning := warning_before(request, lab, DETAIL, from_beside([lab], member)):
        return warning
    run = LabRun.objects.filter(member=member, lab=lab).select_related("lab").first() if member else None
    own = runs.run_standing(run) if run else None
    steps = [one.step for one in own.steps] if own else list(lab.steps.all())
    context = {
        "section": "learn", "lab": lab, "steps": steps, "own": own,
        "around": runs.surroundings(lab), "in_full": request.GET.get("steps") == "all",
        "hand_in": hand_in_of(lab, member), "troubles": runs.troubles(lab), "figures": feedback.figures(lab),
        "rules": lab_rules(),
        "broken": feedback.broken_steps([lab]).get(lab.pk, []), "keeps": lab.is_kept,
        "versions": versions_line("lab", lab.slug, member, run.finished_at if run else None),
    }  # fmt: skip
    return render(request, "labs/detail.html", context)
