"""How many people have, wish for and help with each skill."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.guards import MemberRequest, member_required
from members.queries.skills import totals


@require_safe
@member_required
def skills(request: MemberRequest) -> HttpResponse:
    """Totals per skill: organizers see every number, others none below five."""
    found = totals(for_organizers=request.user.is_staff)
    return render(request, "members/skill_totals.html", {"totals": found, "section": "people"})
