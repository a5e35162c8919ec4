from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from members.guards import MemberRequest, member_post, member_required
from members.models import Member
from modules.addresses import host_of
from modules.forms.opinions import NoteForm, SuggestForm
from modules.guards import viewer
from modules.models import ExternalResource, Module
from modules.operations import resources
from modules.operations.resources import Suggestion
from modules.queries import resources as queries
from modules.rules import may_decide_on


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """All accepted resources by module, with filters that stand in the address."""
    found = queries.shelf(viewer(request), request.GET.dict())
    return render(request, "modules/resources.html", {"section": "learn", "page": found})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def suggest(request: MemberRequest) -> HttpResponse:
    chosen = Module.objects.filter(slug=request.GET.get("module", "")).first()
    form = SuggestForm(request.POST or None, initial={"module": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            made = resources.suggest(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _said(made, request.user))
            return redirect(made.resource)
    return render(request, "modules/suggest.html", {"section": "learn", "form": form})


def _said(made: Suggestion, by: Member) -> str:
    if made.is_new:
        return "Thank you. Those who keep the module decide on it, and you are told."
    if made.resource.suggested_by_id == by.pk:
        return "You have suggested this page already. Here it is."
    if made.resource.status == ExternalResource.Status.ACCEPTED:
        return "This page is in the list already. Your sentence stands with it as your note."
    return "Somebody has suggested this page already. Your sentence stands with it as your note."


@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    """One resource: where it leads, why it is here, and what members say on it."""
    return _page(request, _found(request, slug))


def _found(request: HttpRequest, slug: str) -> ExternalResource:
    return get_object_or_404(queries.visible_to(viewer(request)), slug=slug)


def _page(
    request: HttpRequest, found: ExternalResource, status: int = 200, note: NoteForm | None = None
) -> HttpResponse:
    member = viewer(request)
    notes = list(found.notes.select_related("member"))
    mine = next((one for one in notes if member and one.member_id == member.pk), None)
    context: dict[str, Any] = {
        "section": "learn", "resource": found, "notes": notes, "host": host_of(found.url),
        "note": note or NoteForm(initial={"text": mine.text if mine else ""}),
        "done": found.completions.filter(member=member).first() if member else None,
        "number_done": found.completions.count(),
        "may_decide": member is not None and may_decide_on(found, member),
    }  # fmt: skip
    return render(request, "modules/resource.html", context, status=status)


def acts(act: Callable[[ExternalResource, MemberRequest], str]) -> Callable[..., HttpResponse]:
    """A view for a button on the page of a resource; a lost race answers with 409."""

    @member_post("modules:resource", with_arguments=["slug"])
    def view(request: MemberRequest, slug: str) -> HttpResponse:
        found = _found(request, slug)
        try:
            messages.success(request, act(found, request))
        except Refused as refusal:
            messages.error(request, refusal.message)
            if refusal.lost_race:
                return _page(request, _found(request, slug), status=409)
        return redirect(found)

    return view


@acts
def finish(found: ExternalResource, request: MemberRequest) -> str:
    resources.finish(found, by=request.user)
    return "Noted as done. It stands in your activity as learning."


@acts
def accept(found: ExternalResource, request: MemberRequest) -> str:
    resources.accept(found, by=request.user)
    return "It stands in the list now."


@acts
def refuse(found: ExternalResource, request: MemberRequest) -> str:
    resources.refuse(found, by=request.user, reason=request.POST.get("reason", ""))
    return "It is refused, with your reason."


@member_post("modules:resource", with_arguments=["slug"])
def say(request: MemberRequest, slug: str) -> HttpResponse:
    """Keep the member's note; one that is too long comes back with what was typed."""
    found = _found(request, slug)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note=form)
    kept = resources.say(found, form.cleaned_data["text"], by=request.user)
    messages.success(request, "Your note is kept." if kept else "Your note is taken away.")
    return redirect(found)
