"""Private notes of runs: saved by a button or by the page itself, and taken along as Markdown."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from cop.lib.http import markdown_file
from cop.lib.words import clock, day
from labs.forms.labs import NotesForm
from labs.models import LabRun
from labs.operations import running
from labs.queries import runs as queries
from labs.views.runs import own_run, show_run, step_address
from members.guards import MemberRequest, member_post, member_required


@member_post("labs:detail")
def notes(request: MemberRequest, slug: str) -> HttpResponse:
    """Save the notes. What is refused stays in the form; a script that asks for JSON gets it."""
    found = own_run(request.user, slug)
    by_script = "application/json" in request.headers.get("Accept", "")
    try:
        saved = running.save_notes(
            found, request.POST.get("notes", ""), by=request.user, seen=request.POST.get("seen")
        )  # fmt: skip
    except Refused as refusal:
        if by_script:
            return JsonResponse({"error": refusal.message}, status=409 if refusal.lost_race else 422)
        return refused(request, own_run(request.user, slug), refusal)
    if by_script:
        said = f"Saved {clock(saved.notes_saved_at)}" if saved.notes_saved_at else ""
        return JsonResponse({"saved": said, "seen": queries.stamp(saved)})
    step = request.POST.get("step", "")
    return redirect(f"{step_address(found, step) if step else found.get_absolute_url()}#notes")


def refused(request: MemberRequest, found: LabRun, refusal: Refused) -> HttpResponse:
    form = NotesForm(request.POST)
    form.add_error("notes", refusal.message)
    if refusal.lost_race:
        return show_run(request, found, form, meanwhile=found.notes, status=409)
    return show_run(request, found, form)


@require_safe
@member_required
def notes_file(request: MemberRequest, slug: str) -> HttpResponse:
    """The notes as a Markdown file."""
    found = own_run(request.user, slug)
    return markdown_file(f"{found.lab.slug}-notes.md", f"# Notes: {found.lab.title}\n\n{text_of(request, found)}")


@require_safe
@member_required
def all_notes(request: MemberRequest) -> HttpResponse:
    """The notes of all the member's labs as one Markdown file."""
    parts = [f"## {run.lab.title}\n\n{text_of(request, run)}" for run in queries.noted(request.user)]
    return markdown_file("lab-notes.md", "\n".join(["# Notes on labs\n", *(parts or ["There are none yet.\n"])]))


def text_of(request: MemberRequest, run: LabRun) -> str:
    address = request.build_absolute_uri(run.lab.get_absolute_url())
    return f"{address}, {day(run.notes_saved_at or timezone.now())}\n\n{run.notes}\n"
