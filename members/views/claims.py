from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from members.claims import BY_SLUG
from members.forms.recognition import ClaimForm, DecisionForm
from members.guards import MemberRequest, member_post, member_required
from members.models import Claim
from members.operations import claims as operations
from members.queries import claims as queries

A_PAGE = 20


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    """One's own claims, and how many wait for one's word."""
    page = Paginator(queries.own_claims(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "kinds": BY_SLUG, "waiting": queries.waiting_for(request.user).count(), "section": "me",
    }  # fmt: skip
    return render(request, "members/claims.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def new(request: MemberRequest) -> HttpResponse:
    form, status = ClaimForm(request.POST or None, by=request.user), 200
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.claim(form.work(), by=request.user, witness=form.cleaned_data["witness"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = 409 if refusal.lost_race else 200
        else:
            who = made.witness.first_name if made.witness else "An organizer"
            messages.success(request, f"Claimed. {who} looks at it; you hear of the answer.")
            return redirect("members:claims")
    return render(request, "members/claim_new.html", {"form": form, "section": "me"}, status=status)


@require_safe
@member_required
def to_decide(request: MemberRequest) -> HttpResponse:
    """Claims that wait for the word of whoever looks: as their witness, or as an organizer."""
    page = Paginator(queries.waiting_for(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kinds": BY_SLUG, "form": DecisionForm(), "section": "me"}
    return render(request, "members/claims_to_decide.html", context)


@member_post("members:claims_to_decide", with_arguments=False)
def decide(request: MemberRequest, number: int) -> HttpResponse:
    """Confirm or decline; where it is refused, what was written is kept. To others there is no such claim."""
    claim = get_object_or_404(Claim.objects.select_related("member", "witness"), pk=number)
    if not queries.may_decide(claim, request.user):
        return render(request, "errors/404.html", status=404)
    form, confirm = DecisionForm(request.POST), request.POST.get("answer") == "yes"
    form.is_valid()
    try:
        operations.decide(claim, confirm=confirm, by=request.user, note=form.cleaned_data.get("note", ""))
    except Refused as refusal:
        form.add_error("note", refusal.message)
        context = {"claim": claim, "kinds": BY_SLUG, "form": form, "section": "me"}
        return render(request, "members/claim_decide.html", context, status=409 if refusal.lost_race else 200)
    said = "Confirmed. It counts now." if confirm else "Declined. Your note is sent."
    messages.success(request, said)
    return redirect("members:claims_to_decide")


@member_post("members:claims", with_arguments=False)
def withdraw(request: MemberRequest, number: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=number, member=request.user)
    try:
        operations.withdraw(claim, by=request.user)
        messages.success(request, "Withdrawn. You may claim it again.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("members:claims")
