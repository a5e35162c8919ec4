from __future__ import annotations

import zoneinfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from members.forms import ProfileForm
from members.guards import MemberRequest, member_post, member_required
from members.models import Level, Member
from members.operations import profile as operations
from members.queries.directory import acts_of, with_level
from members.queries.levels import standing


@require_safe
@member_required
def show(request: MemberRequest, handle: str) -> HttpResponse:
    """A member's page: one's own with the gap to the next level, others' where they are in the directory."""
    people = with_level(Member.objects.visible_to(request.user).select_related("persona"))
    person = get_object_or_404(people, handle=handle.lower())
    is_self = person.pk == request.user.pk
    context = {
        "person": person,
        "is_self": is_self,
        "section": "people",
        "standing": standing(person) if is_self else None,
        "acts": acts_of(person, limit=20),
        "topics": [topic for part in person.can_help_with.split(",") if (topic := part.strip())],
    }
    return render(request, "members/profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def edit(request: MemberRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=Member.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_profile(form.instance, form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("handle", refusal.message)
        else:
            messages.success(request, "Your profile is saved.")
            return redirect("members:edit_profile")
    zones = sorted(zoneinfo.available_timezones())
    return render(request, "members/edit_profile.html", {"form": form, "zones": zones, "section": "me"})


@member_post("members:levels", with_arguments=False)
def wish(request: MemberRequest, slug: str) -> HttpResponse:
    try:
        operations.wish_for_level(get_object_or_404(Level, slug=slug), by=request.user)
        messages.success(request, "Noted. The level comes as soon as its other conditions are met.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(request.user.get_absolute_url())
