from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.models import Revision
from editorial.queries import queue
from members.guards import MemberRequest, member_required

A_PAGE = 30


@require_safe
@member_required
def waiting(request: MemberRequest) -> HttpResponse:
    """What waits for the member's decision as a steward, oldest first."""
    page = Paginator(queue.waiting_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "decides": bool(page) or queue.decides(request.user), "late_from": timezone.now() - queue.LATE,
        "section": "learn", "here": "queue",
    }  # fmt: skip
    return render(request, "texts/queue.html", context)


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    rows = queue.of_member(request.user)
    context = {
        "now": [row for row in rows if row.status in (Revision.Status.DRAFT, Revision.Status.CHANGES_ASKED)],
        "waiting": [row for row in rows if row.status == Revision.Status.PROPOSED],
        "decided": [row for row in rows if row.status in ("accepted", "refused", "withdrawn")],
        "section": "learn", "here": "mine",
    }  # fmt: skip
    return render(request, "texts/mine.html", context)
