from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from members.guards import MemberRequest, member_post
from modules.forms.reading import NoteForm
from modules.guards import viewer
from modules.models import Article, ReadingMode
from modules.operations.articles import mark_read
from modules.queries import reading as queries
from modules.queries.checks import checks_of
from modules.queries.versions import versions_line
from modules.reading import order


@require_safe
def article(request: HttpRequest, module: str, article: str) -> HttpResponse:
    """An article in the reader's mode, with its contents list, notes, sources and the way on."""
    return show_article(request, visible_article(request, module, article))


def show_article(
    request: HttpRequest, found: Article, note: NoteForm | None = None, *, elsewhere: str = "", status: int = 200
) -> HttpResponse:
    """note: one that was refused, with the reason. elsewhere: what another device saved instead of it."""
    reader = viewer(request)
    reading = queries.reading_of(found, reader, request.GET.get("read", ""))
    placed, around = order(queries.sections_of(found), reading.mode), queries.around(found, reader)
    context: dict[str, Any] = {
        "section": "learn", "article": found, "module": found.module, "reading": reading, "placed": placed,
        "around": around, "modes": ReadingMode.choices, "elsewhere": elsewhere,
        "place_key": queries.key_of(found), "resume": queries.worth_resuming(reading, placed, around.done_at),
        "versions": versions_line("article", queries.key_of(found), reader, around.done_at),
        "checks": checks_of(found, reader),
        "form": note or NoteForm(initial={"text": reading.note, "seen": reading.edition}),
    }  # fmt: skip
    return render(request, "modules/article.html", context, status=status)


@member_post("modules:article")
def read(request: MemberRequest, module: str, article: str) -> HttpResponse:
    """Mark a Concept as read and go on to what follows it."""
    found = visible_article(request, module, article)
    try:
        mark_read(found, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(found)
    onward = queries.around(found, request.user).onward
    return redirect(onward.address if onward else found.module)


def visible_article(request: HttpRequest, module: str, article: str) -> Article:
    seen = Article.objects.visible_to(viewer(request)).select_related("module", "author")
    return get_object_or_404(seen, module__slug=module, slug=article)
