from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cop.lib.errors import Refused
from members.forms.recognition import KudosForm
from members.guards import MemberRequest, member_post, member_required
from members.models import Activity, BadgeAward, Kudos, Member
from members.operations import badges, kudos
from members.queries.kudos import A_WEEK, given_since
from members.queries.portfolio import piece_to_thank_for
from members.queries.rules import member_rules


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def give(request: MemberRequest, handle: str) -> HttpResponse:
    """Thank a member of the directory, for an act in their portfolio or in general; 404 for anybody else."""
    to = get_object_or_404(Member.objects.visible_to(request.user), handle=handle.lower(), in_directory=True)
    act = _act(request, to)
    form = KudosForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kudos.give(to, by=request.user, reason=form.cleaned_data["reason"], act=act)
        except Refused as refusal:
            form.add_error("reason", refusal.message)
        else:
            messages.success(request, f"{to.first_name} hears of it, and it stands here.")
            return redirect(f"{to.get_absolute_url()}#thanks")
    left = max(0, member_rules().kudos_a_week - given_since(request.user, timezone.now() - A_WEEK))
    context = {"form": form, "person": to, "act": act, "left": left, "section": "people"}
    return render(request, "members/kudos.html", context)


def _act(request: MemberRequest, to: Member) -> Activity | None:
    number = request.GET.get("act", "")
    if not number:
        return None
    is_number = number.isascii() and number.isdigit() and len(number) < 20
    act = piece_to_thank_for(to, request.user, int(number)) if is_number else None
    if act is None:
        raise Http404
    return act


@member_post("members:edit_profile", with_arguments=False)
def remove(request: MemberRequest, number: int) -> HttpResponse:
    kudos.remove(get_object_or_404(Kudos, pk=number, to=request.user), by=request.user)
    messages.success(request, "These thanks are gone from your page.")
    return redirect(f"{request.user.get_absolute_url()}#thanks")


@member_post("members:edit_profile", with_arguments=False)
def badge(request: MemberRequest, slug: str) -> HttpResponse:
    """Hide or show one's own badge."""
    award = get_object_or_404(BadgeAward.objects.select_related("badge"), badge=slug, member=request.user)
    seen = request.POST.get("seen") == "yes"
    badges.show(award, seen=seen, by=request.user)
    said = "is seen by others now" if seen else "is hidden from others now"
    messages.success(request, f"“{award.badge.title}” {said}.")
    return redirect(f"{request.user.get_absolute_url()}#badges")
