"""Which text or wording a page is about, and who may see it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from editorial.models import Revision, Text
from editorial.queries.reading import revision_for, text_for
from editorial.rules import writes
from members.guards import MemberRequest
from members.models import Member


def viewer(request: HttpRequest) -> Member | None:
    return request.user if isinstance(request.user, Member) else None


def text_or_404(request: HttpRequest, kind: str, key: str) -> Text:
    found = text_for(viewer(request), kind, key)
    if found is None:
        raise Http404
    return found


def readable(request: HttpRequest, pk: int) -> Revision:
    """The wording, where the viewer may read it; else 404, because even its existence is private."""
    found = revision_for(viewer(request), pk)
    if found is None:
        raise Http404
    return found


def writable(request: MemberRequest, pk: int) -> Revision:
    """The wording, for its authors; 403 for who may only read it."""
    found = readable(request, pk)
    if not writes(request.user, found):
        raise PermissionDenied
    return found
