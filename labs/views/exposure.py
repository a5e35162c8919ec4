"""The page that stands before a lab which sends data further than its reader wants or may."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cop.lib.errors import Refused
from labs.models import Lab
from labs.operations import running
from labs.views.catalogue import visible_lab
from members.guards import MemberRequest, member_post
from modules.guards import viewer
from modules.queries.ceilings import Ceiling, ceiling_of

OPENED = "labs-opened-anyway"  # in the session: by lab, the day and the ceiling above which it was opened
DETAIL, RUN, START = "detail", "run", "start"


def warning_before(
    request: HttpRequest, lab: Lab, then: str, ceiling: Ceiling | None = None
) -> HttpResponse | None:  # fmt: skip
    """The page to show instead of the lab; None where the ceiling lets it pass or it was opened anyway today.

    ceiling: the viewer's, where the caller has it already."""
    member = viewer(request)
    ceiling = ceiling or ceiling_of(member)
    if ceiling.allows(lab.exposure) or opened_today(request, lab, ceiling):
        return None
    context = {"section": "learn", "lab": lab, "ceiling": ceiling_of(member), "then": then}
    return render(request, "labs/above_ceiling.html", context)


def opened_today(request: HttpRequest, lab: Lab, ceiling: Ceiling) -> bool:
    """Whether the member has said today that it is fine, under the ceiling that holds now."""
    opened: dict[str, list[str]] = request.session.get(OPENED, {})
    return opened.get(lab.slug) == [timezone.localdate().isoformat(), ceiling.value]


@member_post("labs:detail")
def open_anyway(request: MemberRequest, slug: str) -> HttpResponse:
    """Open a lab above one's ceiling; it is not asked about again today. Where the member was about to start it, the
    run begins."""
    lab = visible_lab(request, slug)
    today = timezone.localdate().isoformat()
    kept = {key: value for key, value in request.session.get(OPENED, {}).items() if value[0] == today}
    request.session[OPENED] = kept | {lab.slug: [today, ceiling_of(request.user).value]}
    if request.POST.get("then") == START:
        try:
            return redirect(running.start(lab, by=request.user, above_ceiling_is_fine=True))
        except Refused as refusal:
            messages.error(request, refusal.message)
    return redirect("labs:run" if request.POST.get("then") == RUN else "labs:detail", slug=slug)
