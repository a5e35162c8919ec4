"""Texts that are to be looked at again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from members.guards import MemberRequest, member_post, member_required
from modules.forms.upkeep import LookForm
from modules.operations.upkeep import next_review
from modules.queries.rules import learning_rules
from modules.queries.upkeep import queue
from modules.upkeep import source_of


@require_safe
@member_required
def review(request: MemberRequest) -> HttpResponse:
    """What the member keeps and what is due; organizers see all of it."""
    return show(request)


def show(request: MemberRequest, form: LookForm | None = None, *, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    found = queue(request.user, today)
    context = {
        "section": "learn", "late": [one for one in found if one.is_late(today)],
        "soon": [one for one in found if not one.is_late(today)], "form": form,
        "until": next_review(today), "rules": learning_rules(),
    }  # fmt: skip
    return render(request, "modules/review.html", context, status=status)


@member_post("modules:review", with_arguments=False)
def looked(request: MemberRequest) -> HttpResponse:
    """Somebody looked at a text and found it still true; 403 for who does not keep it, 404 for what is not there."""
    form = LookForm(request.POST)
    if not form.is_valid():
        return show(request, form)
    given = form.cleaned_data
    source = source_of(given["kind"])
    if source is None:
        raise Http404
    try:
        source.still_true(given["key"], request.user, given["said"])
    except LookupError as error:
        raise Http404 from error
    except Refused as refusal:
        raise PermissionDenied(refusal.message) from refusal
    messages.success(request, f"Noted. The text is looked at again by {next_review(timezone.localdate()):%-d %B %Y}.")
    return redirect(reverse("modules:review"))
