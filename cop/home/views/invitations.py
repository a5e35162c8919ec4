"""Inviting people, and what those see who were invited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from communities.models import Community
from cop.lib.errors import Refused
from cop.lib.words import count
from members.guards import MemberRequest, member_required
from members.invitation_forms import InvitationForm
from members.invited import SESSION_KEY
from members.models import Invitation
from members.operations import invitations as operations

SHOWN = 50


def communities_to_join() -> list[tuple[str, str]]:
    """Slug and name of the communities to which an invitation can lead."""
    open_ones = Community.objects.live().filter(visibility=Community.Visibility.PUBLIC)
    return list(open_ones.order_by("order", "name").values_list("slug", "name"))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    """The form, and what became of the member's invitations."""
    start = {"community": request.GET.get("community", "")}
    form = InvitationForm(request.POST or None, initial=start, communities=communities_to_join())
    if request.method == "POST" and form.is_valid():
        wish = form.cleaned_data
        try:
            done = operations.invite(
                wish["addresses"], by=request.user, sentence=wish["sentence"], persona=wish["persona"],
                community=wish["community"],
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("addresses", refusal.message)
        else:
            before = f" {done.repeated} of the addresses you had invited before." if done.repeated else ""
            none = "Who is a member already, or wants no invitations, gets no letter."
            messages.success(request, f"{count(done.noted, 'invitation')} on the way. {none}{before}")
            return redirect("home:invitations")
    sent = Invitation.objects.filter(by=request.user).select_related("accepted_by")[:SHOWN]
    return render(request, "home/invitations.html", {"form": form, "invitations": sent, "section": "people"})


@require_safe
def opened(request: HttpRequest, token: str) -> HttpResponse:
    """What an invited person sees first. The token waits in their session until they have signed up."""
    invitation = operations.open_invitation(token)
    if invitation is None:
        messages.info(request, "This invitation has been used or has run out. You can join all the same.")
        return redirect("account_signup")
    if request.user.is_authenticated:
        messages.info(request, "You are a member already.")
        return redirect("home:dashboard")
    request.session[SESSION_KEY] = token
    return render(request, "home/invited.html", {"invitation": invitation})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """No invitations to this address: a page with a button, so that a scanner of links decides nothing."""
    if request.method == "POST":
        done = operations.no_more(token)
        return render(request, "home/no_invitations.html", {"done": done, "broken": not done})
    return render(request, "home/no_invitations.html", {"done": False, "broken": False})
