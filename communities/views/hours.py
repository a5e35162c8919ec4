from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import rules
from communities.forms.hours import HoursForm
from communities.models import Community, Membership, VolunteerHours
from communities.operations import hours as operations
from communities.queries import hours as queries
from communities.queries.charter import charter_of
from communities.views.guards import for_carriers, for_members
from cop.lib.http import tried
from members.guards import MemberRequest
from members.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def show(request: MemberRequest, mine: Membership) -> HttpResponse:
    """One's own hours, and the form to log more; for those who lead also the hours of the others."""
    form = HoursForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_valid():
        given = form.cleaned_data
        if not tried(request, lambda: _logged(operations.log_hours(mine.community, by=request.user, **given))):
            return redirect("communities:hours", mine.community.slug)
    return render(request, "communities/hours.html", _page(mine, request.user, form, timezone.localdate()))


def _logged(entry: VolunteerHours) -> str:
    return f"{queries.plain(entry.hours)} h are in your list."


def _page(mine: Membership, member: Member, form: HoursForm, today: date) -> dict[str, Any]:
    community, most = mine.community, charter_of(mine.community).most_hours_a_week
    leads = rules.carries(mine)
    return {
        "community": community, "form": form, "section": "people", "here": "hours", "mine": mine, "looks_after": leads,
        "own": queries.own_hours(community, member, most=most, today=today), "roles": queries.roles_of(member, member),
        "volunteers": queries.volunteers(community, member, most=most, today=today) if leads else None,
    }  # fmt: skip


@require_POST
@for_members
def remove(request: MemberRequest, mine: Membership, pk: int) -> HttpResponse:
    entry = get_object_or_404(VolunteerHours, pk=pk, member=request.user, community=mine.community)
    tried(request, lambda: _removed(entry, request.user))
    return redirect("communities:hours", mine.community.slug)


def _removed(entry: VolunteerHours, by: Member) -> str:
    operations.remove(entry, by=by)
    return "The entry is taken back."


@require_safe
@for_carriers
def person(request: MemberRequest, community: Community, handle: str) -> HttpResponse:
    """The hours and tasks of one volunteer, for those who lead; organizers are not their lead."""
    own = Membership.objects.filter(community=community, member=request.user).current().first()
    theirs = queries.volunteer(community, request.user, handle)
    if not rules.carries(own) or theirs is None:
        raise Http404
    most, today = charter_of(community).most_hours_a_week, timezone.localdate()
    context = {
        "community": community, "section": "people", "here": "hours", "theirs": theirs, "looks_after": True,
        "own": queries.own_hours(community, theirs.member, most=most, today=today),
        "roles": queries.roles_of(theirs.member, request.user),
    }  # fmt: skip
    return render(request, "communities/volunteer.html", context)
