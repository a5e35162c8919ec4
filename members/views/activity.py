from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.guards import MemberRequest, member_required
from members.models import LevelRule, Verb
from members.queries import activity as queries
from members.queries.levels import acts_for, condition

A_PAGE = 30


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    """All one's own acts; `kind` leaves those of one kind, an unknown one changes nothing."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Verb.Kind.values else ""
    page = Paginator(queries.acts_of(request.user, kind=kind), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "diary": queries.diary(request.user), "kind": kind, "section": "me"}
    return render(request, "members/activity.html", context)


@require_safe
@member_required
def of_rule(request: MemberRequest, number: int) -> HttpResponse:
    """The acts that count for one rule of a level: what stands behind a number of the gap list."""
    rules = LevelRule.objects.select_related("level").prefetch_related("verbs", "level__rules__verbs")
    rule = get_object_or_404(rules, pk=number)
    found = condition(rule, acts_for(request.user, [rule.level]), request.user)
    page = Paginator(found.acts, A_PAGE).get_page(request.GET.get("page"))
    context = {"rule": rule, "condition": found, "page": page, "section": "me"}
    return render(request, "members/activity_of_rule.html", context)


@require_safe
@member_required
def export(request: MemberRequest) -> HttpResponse:
    """One's own acts as CSV."""
    rows = queries.as_csv(queries.acts_of(request.user))
    answer = HttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = f"acts-{timezone.localdate():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
