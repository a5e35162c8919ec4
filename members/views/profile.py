from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from cop.site.context import brand
from members import places, sections
from members.forms.profile import ProfileForm
from members.guards import MemberRequest, member_post, member_required
from members.models import Level, Member
from members.operations import profile as operations
from members.queries.directory import acts_of, with_level
from members.queries.levels import standing
from members.queries.portfolio import portfolio
from members.queries.profile import completeness, preview, seen, stand_in
from members.queries.skills import profile_skills


@require_safe
def show(request: HttpRequest, handle: str) -> HttpResponse:
    return as_member(request, handle) if request.user.is_authenticated else page(request, handle)


def page(request: HttpRequest, handle: str) -> HttpResponse:
    """A member's page: to members who is in the directory, to visitors only who lets everybody see the page.

    Owners see all of it, with the gap to their next level, and may look at it as a visitor or as a member."""
    people = with_level(Member.objects.with_page_for(request.user).select_related("persona"))
    person = people.filter(handle=handle.lower()).first()
    if person is None:
        return render(request, "members/no_page.html", {"section": "people"}, status=404)
    viewer = stand_in(request.GET.get("as", ""), request.user, person)
    sight = seen(person, viewer)
    context = {
        "person": person,
        "viewer": viewer,
        "seen": sight,
        "is_owner": request.user.pk == person.pk,
        "is_self": sight.is_own,
        "section": "people",
        "standing": standing(person) if sight.is_own else None,
        "portfolio": portfolio(person, viewer),
        "parts": sections.sections_of(person, viewer),
        "acts": acts_of(person, viewer, limit=20) if sight.may["acts"] else [],
        "skills": profile_skills(person, viewer),
        "preview": preview(person, community=brand().name),
    }
    return render(request, "members/profile.html", context)


as_member = member_required(page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def edit(request: MemberRequest) -> HttpResponse:
    """The whole profile in one form; a fault anywhere keeps everything that was typed."""
    member = Member.objects.get(pk=request.user.pk)
    lacks = completeness(member)
    form, status = ProfileForm(request.POST or None, instance=member), 200
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_profile(
                request.user, form.profile(), audiences=form.audiences(), links=form.links(), by=request.user
            )
        except Refused as refusal:
            form.add_error("handle", refusal.message)
            status = 409 if refusal.lost_race else 200
        else:
            messages.success(request, "Your profile is saved.")
            return redirect("members:edit_profile")
    context = {"form": form, "zones": places.offered_zones(), "lacks": lacks, "section": "me"}
    return render(request, "members/edit_profile.html", context, status=status)


@member_post("members:levels", with_arguments=False)
def wish(request: MemberRequest, slug: str) -> HttpResponse:
    try:
        operations.wish_for_level(get_object_or_404(Level, slug=slug), by=request.user)
        messages.success(request, "Noted. The level comes as soon as its other conditions are met.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(request.user.get_absolute_url())
