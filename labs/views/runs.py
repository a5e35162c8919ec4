from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from cop.lib.words import day
from labs.forms.labs import NotesForm
from labs.models import LabRun
from labs.operations import running
from labs.queries import runs as queries
from labs.views.catalogue import visible_lab
from members.guards import MemberRequest, member_post, member_required
from members.models import Member


@member_post("labs:detail")
def start(request: MemberRequest, slug: str) -> HttpResponse:
    try:
        found = running.start(visible_lab(request, slug), by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("labs:detail", slug=slug)
    return redirect(found)


@require_safe
@member_required
def run(request: MemberRequest, slug: str) -> HttpResponse:
    """The member's own run: steps to tick, notes, and the one thing to do now."""
    return show_run(request, own_run(request.user, slug))


@member_post("labs:detail")
def tick(request: MemberRequest, slug: str) -> HttpResponse:
    """Tick one step or take its tick away, and come back to the step."""
    found = own_run(request.user, slug)
    key = request.POST.get("step", "")
    try:
        running.tick(found, key, done=request.POST.get("done") == "1", by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(found)
    return redirect(f"{found.get_absolute_url()}#step-{key}")


@member_post("labs:detail")
def notes(request: MemberRequest, slug: str) -> HttpResponse:
    found = own_run(request.user, slug)
    form = NotesForm(request.POST)
    if not form.is_valid():
        return show_run(request, found, form)
    try:
        running.save_notes(found, form.cleaned_data["notes"], by=request.user)
    except Refused as refusal:
        form.add_error("notes", refusal.message)
        return show_run(request, found, form)
    return redirect(f"{found.get_absolute_url()}#notes")


@require_safe
@member_required
def notes_file(request: MemberRequest, slug: str) -> HttpResponse:
    """The notes as a Markdown file."""
    found = own_run(request.user, slug)
    address = request.build_absolute_uri(found.lab.get_absolute_url())
    text = f"# Notes: {found.lab.title}\n\n{address}, {day(timezone.now())}\n\n{found.notes}\n"
    answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.lab.slug}-notes.md"'
    return answer


@member_post("labs:detail")
def finish(request: MemberRequest, slug: str) -> HttpResponse:
    """Finish the run. Where something before the lab is open, the member is asked first."""
    found = own_run(request.user, slug)
    try:
        running.finish(found, by=request.user, out_of_order_is_fine=bool(request.POST.get("anyway")))
    except running.OutOfOrder as refusal:
        messages.error(request, f"{refusal.message} Tick the box to finish this lab before it.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(found)


def own_run(member: Member, slug: str) -> LabRun:
    """The member's own run, also of a lab that has become a draft again; 404 where there is none."""
    return get_object_or_404(LabRun.objects.select_related("lab__module"), member=member, lab__slug=slug)


def show_run(request: MemberRequest, found: LabRun, form: NotesForm | None = None) -> HttpResponse:
    around = queries.surroundings(found.lab)
    before = [] if found.finished_at else queries.open_before(around, request.user)
    context: dict[str, Any] = {
        "section": "learn", "one": queries.run_standing(found), "lab": found.lab, "run": found,
        "form": form or NotesForm(initial={"notes": found.notes}), "around": around,
        "troubles": queries.troubles(found.lab), "before": before,
    }  # fmt: skip
    return render(request, "labs/run.html", context)
