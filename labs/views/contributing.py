"""Proposing a lab, and saying how a proposed one went."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from cop.lib.errors import Refused
from editorial.models import Revision
from editorial.rules import may_read
from labs.forms.contributing import ContributeForm, TriedForm
from labs.models import RanIt
from labs.operations.contributing import TRYABLE, is_new_lab, propose_lab, tried, writers_of
from labs.operations.writing import KIND
from labs.queries.rules import lab_rules
from members.guards import MemberRequest, member_post, member_required
from modules.guards import viewer


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def contribute(request: MemberRequest) -> HttpResponse:
    """Write down a new lab; what was typed becomes a draft that only its author sees."""
    module = request.GET.get("module", "")
    form = ContributeForm(request.POST or None, initial={"module": _module(module)} if module else None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = propose_lab(module=form.cleaned_data["module"], fields=form.fields_of_lab(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Your draft is kept. Look at it, and propose it when it is whole.")
            return redirect("editorial:edit", draft.pk)
    context = {"section": "learn", "form": form, "rules": lab_rules()}
    return render(request, "labs/contribute.html", context)


def _module(slug: str) -> int | None:
    found = ContributeForm.base_fields["module"].queryset  # type: ignore[attr-defined]
    number: int | None = found.filter(slug=slug).values_list("pk", flat=True).first()
    return number


@member_post("editorial:revision")
def say_tried(request: MemberRequest, pk: int) -> HttpResponse:
    """Say how a proposed lab went."""
    revision = get_object_or_404(Revision.objects.select_related("text"), pk=pk, text__kind=KIND)
    if not may_read(request.user, revision):
        raise Http404
    form = TriedForm(request.POST)
    if not form.is_valid():
        return render(request, "labs/tried.html", {"section": "learn", "form": form, "revision": revision})
    try:
        tried(revision, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        context = {"section": "learn", "form": form, "revision": revision}
        return render(request, "labs/tried.html", context, status=409 if refusal.lost_race else 200)
    messages.success(request, "Thank you. The author is told, and it counts when the lab is published.")
    return redirect(f"{revision.get_absolute_url()}#tried")


def panel(revision: Revision, request: HttpRequest) -> str:
    """Who ran a proposed lab, and the form for saying so; for who reads its page. Three queries at most."""
    if revision.number or revision.status not in TRYABLE:
        return ""
    member = viewer(request)
    rows = list(RanIt.objects.filter(revision=revision).select_related("member").order_by("at", "pk"))
    own = next((row for row in rows if member and row.member_id == member.pk), None)
    context = {
        "revision": revision, "rows": rows, "is_new": is_new_lab(revision), "rules": lab_rules(),
        "form": TriedForm(initial=_said(own)) if member and member.pk not in writers_of(revision) else None,
    }  # fmt: skip
    return render_to_string("labs/_tried.html", context, request)


def _said(own: RanIt | None) -> dict[str, object]:
    return {"worked": str(int(own.worked)), "minutes": own.minutes, "text": own.text} if own else {}
