from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance import queries
from governance.models import GoverningDocument
from governance.rules import DUE_DAYS


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "committees": queries.committees(),
        "documents": queries.documents(),
        "due_days": DUE_DAYS,
        "today": timezone.localdate(),
        "section": "decide",
    }
    return render(request, "governance/home.html", context)


@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force, or the one that `?version=` names; to all but organizers a draft does not exist."""
    found = get_object_or_404(GoverningDocument, slug=slug)
    versions = queries.public_versions(found)
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if not wanted or one.version == wanted), None)
    if wanted and shown is None and request.user.has_perm("governance.view_documentversion"):
        shown = next((one for one in found.versions.all() if one.version == wanted), None)
    if wanted and shown is None:
        raise Http404("There is no such version.")
    context = {
        "document": found, "shown": shown, "versions": versions, "today": timezone.localdate(),
        "is_current": bool(shown and shown.status == shown.Status.IN_FORCE), "section": "decide",
    }  # fmt: skip
    return render(request, "governance/document.html", context)
