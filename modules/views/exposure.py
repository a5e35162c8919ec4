from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cop.lib.http import own_address
from members.guards import MemberRequest, member_required
from modules.forms.exposure import CeilingForm
from modules.operations import exposure
from modules.queries import ceilings


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def ceiling(request: MemberRequest) -> HttpResponse:
    """How far the member's data may go: their own ceiling, beside that of their organisation."""
    form = CeilingForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {"section": "learn", "form": form, "ceiling_choice": ceilings.choice_of(request.user)}
        return render(request, "modules/ceiling.html", context)
    chosen = form.cleaned_data["ceiling"]
    if chosen:
        exposure.set_ceiling(request.user, chosen)
    else:
        exposure.remove_ceiling(request.user)
    messages.success(request, words_of(ceilings.ceiling_of(request.user)))
    return redirect(own_address(request, request.POST.get("next", ""), request.path))


def words_of(ceiling: ceilings.Ceiling) -> str:
    """What holds now."""
    if not ceiling.value:
        return "No ceiling holds for you now. Lists show every lab and tool."
    return f"Your ceiling is “{ceiling.words}” now ({ceiling.source}). Lists hide what goes further."
