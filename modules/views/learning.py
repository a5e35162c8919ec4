from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.guards import MemberRequest, member_required
from members.queries.consents import has_given
from modules.forms.reading import HowIReadForm
from modules.operations.reading import SIGNALS, prefer
from modules.queries import ceilings
from modules.queries import reading as queries


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def learning(request: MemberRequest) -> HttpResponse:
    """How the member reads and does labs, and what the site keeps for them; posting it keeps the choices."""
    member = request.user
    own, signals = queries.preference_of(member), has_given(member, SIGNALS)
    persona = member.persona.reading_mode if member.persona else ""
    form = HowIReadForm(
        request.POST or None, of_persona=queries.mode_for(persona),
        initial={"mode": own.mode, "one_step": own.one_step, "signals": signals},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        prefer(by=member, **form.cleaned_data)
        messages.success(request, "Your choices are saved. They hold on all your devices.")
        return redirect("modules:learning")
    context = {
        "section": "me", "form": form, "ceiling_choice": ceilings.choice_of(member), "next": request.path,
        "places": queries.latest_places(member), "bookmarks": queries.bookmarks_of(member),
        "notes": queries.notes_of(member), "scores": queries.best_scores(member),
    }  # fmt: skip
    return render(request, "modules/learning.html", context)
