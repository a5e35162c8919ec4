from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from members.guards import MemberRequest, member_post
from modules.guards import viewer
from modules.models import Article, ItemProgress, SyllabusItem
from modules.operations.articles import item_key, mark_read
from modules.queries import standing as queries


@require_safe
def article(request: HttpRequest, module: str, article: str) -> HttpResponse:
    """An article with its contents list, its sources and the way on."""
    found = visible_article(request, module, article)
    item = SyllabusItem.objects.placed().filter(kind=SyllabusItem.Kind.CONCEPT, key=item_key(found)).first()
    before, after = queries.neighbours(item) if item else (None, None)
    reader = viewer(request)
    own = ItemProgress.objects.filter(member=reader, item=item, state="done").first() if item and reader else None
    context = {
        "section": "learn", "article": found, "module": found.module, "item": item, "own": own,
        "before": before, "after": after,
    }  # fmt: skip
    return render(request, "modules/article.html", context)


@member_post("modules:article")
def read(request: MemberRequest, module: str, article: str) -> HttpResponse:
    """Mark a Concept as read and go on to what follows it."""
    found = visible_article(request, module, article)
    try:
        progress = mark_read(found, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(found)
    after = queries.item_after(progress.item)
    return redirect(after.address if after else found.module)


def visible_article(request: HttpRequest, module: str, article: str) -> Article:
    seen = Article.objects.visible_to(viewer(request)).select_related("module", "author")
    return get_object_or_404(seen, module__slug=module, slug=article)
