"""What a reader does beside reading: place, bookmarks, notes, the mode. The script of the page asks for JSON."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from cop.lib.http import markdown_file, own_address, posts_only
from cop.lib.words import clock, day
from members.guards import MemberRequest, member_post, member_required
from modules.forms.reading import NoteForm
from modules.guards import viewer
from modules.models import Article, ReadingMode, ReadingNote
from modules.operations import reading as operations
from modules.queries import reading as queries
from modules.views.articles import show_article, visible_article

LONGEST_BODY = 20_000  # bytes of a message about a place


@posts_only("modules:learning", with_arguments=False)
def place(request: HttpRequest) -> HttpResponse:
    """Where the reader is now, told by the script of the page. It never complains: nobody waits for the answer."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
        return HttpResponse(status=413)
    said = request.POST
    if reader := viewer(request):
        operations.keep_place(
            said.get("kind", ""), said.get("key", ""), section=said.get("section", ""), title=said.get("title", ""),
            by=reader,
        )  # fmt: skip
    return HttpResponse(status=204)


@member_post("modules:learning", with_arguments=False)
def forget_places(request: MemberRequest) -> HttpResponse:
    operations.forget_places(by=request.user)
    messages.success(request, "The site no longer knows where you stopped reading.")
    return redirect("modules:learning")


@member_post("modules:learning", with_arguments=False)
def bookmark(request: MemberRequest) -> HttpResponse:
    """Keep a place of this site, or let it go; then back to it, or to the list."""
    address = own_address(request, request.POST.get("address", ""), "")
    try:
        if request.POST.get("keep") == "1" and address:
            operations.keep_bookmark(address, title=request.POST.get("title", ""), by=request.user)
        else:
            operations.remove_bookmark(address, by=request.user)
    except Refused as refusal:
        if wants_json(request):
            return JsonResponse({"error": refusal.message}, status=422)
        messages.error(request, refusal.message)
    if wants_json(request):
        return JsonResponse({})
    return redirect(own_address(request, request.POST.get("next", ""), address or "/me/learning/"))


@member_post("modules:learning", with_arguments=False)
def mode(request: MemberRequest) -> HttpResponse:
    """Always read in this mode, from the page of an article."""
    wanted = request.POST.get("mode", "")
    try:
        operations.prefer(by=request.user, mode=wanted)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        how = f"“{ReadingMode(wanted).label}” for you" if wanted else "as it suits your kind of work"
        messages.success(request, f"Articles open {how} from now on.")
    return redirect(own_address(request, request.POST.get("next", ""), "/me/learning/"))


@member_post("modules:article")
def reach_end(request: MemberRequest, module: str, article: str) -> HttpResponse:
    """The script has seen the end of the text; whether that counts is the reader's choice."""
    try:
        progress = operations.reach_end(visible_article(request, module, article), by=request.user)
    except Refused:  # a draft, or an introduction
        progress = None
    return JsonResponse({"read": progress is not None})


@member_post("modules:article")
def note(request: MemberRequest, module: str, article: str) -> HttpResponse:
    found = visible_article(request, module, article)
    text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    try:
        saved = operations.save_note(found, text, by=request.user, seen=seen)
    except Refused as refusal:
        return _refused(request, found, refusal)
    if wants_json(request):
        now = f"Saved {clock(saved.saved_at)}" if saved else "Saved: the note is empty"
        return JsonResponse({"saved": now, "seen": operations.edition(saved)})
    return redirect(f"{found.get_absolute_url()}#notes-box")


def _refused(request: MemberRequest, found: Article, refusal: Refused) -> HttpResponse:
    """What was typed stays in the form; a note that was saved elsewhere is shown beside it and no longer in the way."""
    if wants_json(request):
        return JsonResponse({"error": refusal.message}, status=409 if refusal.lost_race else 422)
    other = ReadingNote.objects.filter(member=request.user, article=found).first() if refusal.lost_race else None
    seen = operations.edition(other) if other else request.POST.get("seen", "")
    form = NoteForm({"text": request.POST.get("text", ""), "seen": seen})
    form.add_error("text", refusal.message)
    return show_article(
        request, found, form, elsewhere=other.text if other else "", status=409 if refusal.lost_race else 200
    )


@require_safe
@member_required
def note_file(request: MemberRequest, module: str, article: str) -> HttpResponse:
    """The note on one article as a Markdown file."""
    own = ReadingNote.objects.filter(member=request.user).select_related("article__module")
    found = get_object_or_404(own, article__module__slug=module, article__slug=article)
    return markdown_file(f"{found.article.slug}-notes.md", f"# Notes: {_in_words(request, found)}")


@require_safe
@member_required
def notes_file(request: MemberRequest) -> HttpResponse:
    """All notes on articles in one Markdown file."""
    notes = queries.notes_of(request.user)
    parts = [f"# Notes on articles, {day(timezone.now())}\n", *(f"## {_in_words(request, one)}" for one in notes)]
    return markdown_file("notes.md", "\n".join(parts))


def _in_words(request: MemberRequest, note: ReadingNote) -> str:
    address = request.build_absolute_uri(note.article.get_absolute_url())
    return f"{note.article.title}\n\n{address}, saved {day(note.saved_at)}\n\n{note.text.strip()}\n"


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
