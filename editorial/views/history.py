from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from editorial.difference import compare
from editorial.models import Revision, Text
from editorial.queries import history as queries
from editorial.queries.queue import open_on
from editorial.queries.reading import shortened
from editorial.sections import tidy
from editorial.showing import shown
from editorial.views.guards import text_or_404, viewer

LONGEST_NUMBER = 9


@require_safe
def show(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Every version with number, author, note and kind of change; what waits; who wrote; where it came from."""
    text = text_or_404(request, kind, key)
    versions = queries.versions_of(text)
    context = {
        "text": text, "versions": versions, "contributors": queries.contributors(text, versions),
        "relations": queries.relations_of(text), "waiting": open_on(text.pk) if viewer(request) else [],
        "section": "learn",
    }  # fmt: skip
    return render(request, "texts/history.html", context)


@require_safe
def difference(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Any two versions side by side; without numbers, the newest and the one before it."""
    text = text_or_404(request, kind, key)
    versions = queries.versions_of(text)
    if not versions:
        raise Http404
    after = _version(request, "to", versions, versions[0])
    before = _version(request, "from", versions, versions[min(versions.index(after) + 1, len(versions) - 1)])
    everything = "all" in request.GET
    context = {
        "text": text, "versions": versions, "before": before, "after": after, "everything": everything,
        "before_name": f"Version {before.number}", "after_name": f"Version {after.number}",
        "section": "learn", **shortened(compare(tidy(before.content), tidy(after.content), everything=everything)),
    }  # fmt: skip
    return render(request, "texts/difference.html", context)


def _version(request: HttpRequest, name: str, versions: list[Revision], usual: Revision) -> Revision:
    """The version whose number stands in the address; 404 where there is none."""
    asked = request.GET.get(name, "")
    if not asked:
        return usual
    if not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER):
        raise Http404
    return _numbered(versions, int(asked))


@require_safe
def version(request: HttpRequest, kind: str, key: str, number: int) -> HttpResponse:
    """One version as readers saw it."""
    text = text_or_404(request, kind, key)
    versions = queries.versions_of(text)
    found = _numbered(versions, number)
    return render(request, "texts/version.html", _of_version(text, versions, found))


def _numbered(versions: list[Revision], number: int) -> Revision:
    found = next((one for one in versions if one.number == number), None)
    if found is None:
        raise Http404
    return found


def _of_version(text: Text, versions: list[Revision], found: Revision) -> dict[str, object]:
    place = versions.index(found)
    return {
        "text": text, "version": found, "html": shown(text.kind, found.content), "is_newest": place == 0,
        "before": versions[place + 1] if place + 1 < len(versions) else None,
        "after": versions[place - 1] if place else None, "newest": versions[0], "section": "learn",
    }  # fmt: skip
