"""A reviewer's side: the queue, one piece of work, claim and decision; and the chain for those who keep modules."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from labs import rubric
from labs.forms.reviews import ReviewForm
from labs.models import ReviewClaim, Submission
from labs.operations import reviewing as operations
from labs.queries import chain as chains
from labs.queries import review_queue, reviewing
from labs.queries import reviews as queries
from members.guards import MemberRequest, member_post, member_required
from members.models import Member


@require_safe
@member_required
def queue(request: MemberRequest) -> HttpResponse:
    """What waits for a review that the member may give, the oldest first."""
    module = request.GET.get("module", "")
    found = review_queue.queue(request.user, module=module, number=request.GET.get("page"), now=timezone.now())
    keeps = bool(chains.modules_for(request.user))
    context = {"section": "learn", "queue": found, "module": module, "keeps": keeps}
    return render(request, "labs/reviews/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def review(request: MemberRequest, number: int) -> HttpResponse:
    """One piece of work: its words, and for who claimed it the rubric. What was typed is never lost."""
    work = to_review(request.user, number)
    if request.method != "POST":
        if work.status == Submission.Status.WITHDRAWN:
            raise Http404
        return show(request, work, ReviewForm(lab=work.lab, initial={"round": work.round}))
    form = ReviewForm(request.POST, lab=work.lab)
    if not form.is_valid():
        return show(request, work, form)
    cleaned = form.cleaned_data
    try:
        operations.review(
            work, by=request.user, of_round=cleaned["round"], scores=form.scores(), comment=cleaned["comment"],
            decision=cleaned["decision"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, work, form, status=409 if refusal.lost_race else 200)
    messages.success(request, "Sent. Its author hears of it now, and you have one more review in hand.")
    return redirect("labs:reviews")


@member_post("labs:review")
def claim(request: MemberRequest, number: int) -> HttpResponse:
    work = to_review(request.user, number)
    try:
        operations.claim(work, by=request.user)
    except Refused as refusal:
        form = ReviewForm(lab=work.lab, initial={"round": work.round})
        messages.error(request, refusal.message)
        return show(request, work, form, status=409 if refusal.lost_race else 200)
    return redirect("labs:review", number=number)


@member_post("labs:review")
def release(request: MemberRequest, number: int) -> HttpResponse:
    operations.release(to_review(request.user, number), by=request.user)
    messages.success(request, "Let go. Others can look at it now.")
    return redirect("labs:reviews")


@require_safe
@member_required
def chain(request: MemberRequest) -> HttpResponse:
    """How far members come in each module, for organizers and for stewards of their own modules."""
    modules = chains.modules_for(request.user)
    if not modules and not request.user.is_staff:
        raise Http404
    return render(request, "labs/reviews/chain.html", {"section": "learn", "chains": chains.chains(modules)})


def to_review(member: Member, number: int) -> Submission:
    """The work, where the member may review it. Its own people hear that they may not; to others there is none."""
    work = get_object_or_404(Submission.objects.select_related("lab__module", "member", "claim__by"), pk=number)
    if reviewing.may_review(work, member):
        return work
    if work.pk in reviewing.made_by(member).values_list("pk", flat=True):
        raise PermissionDenied("Nobody reviews their own work or that of their team.")
    if queries.visible_to(member).filter(pk=number).exists():
        raise PermissionDenied("Mentors and the stewards of the module review this.")
    raise Http404


def show(request: MemberRequest, work: Submission, form: ReviewForm, *, status: int = 200) -> HttpResponse:
    """The rubric stands there for who holds the claim, and for whoever has typed something into it."""
    work = Submission.objects.select_related("lab__module", "member", "claim__by").get(pk=work.pk)
    held: ReviewClaim | None = review_queue.claim_on(work, timezone.now())
    is_mine = bool(held and held.by_id == request.user.pk)
    is_gone = work.status == Submission.Status.WITHDRAWN
    context: dict[str, Any] = {
        "section": "learn", "work": work, "lab": work.lab, "form": form, "claim": held, "is_mine": is_mine,
        "is_waiting": work.status == Submission.Status.WAITING, "is_gone": is_gone,
        "shows_form": is_mine or form.is_bound, "rounds": [] if is_gone else queries.rounds(work),
        "team": queries.team(work), "criteria": rubric.criteria(work.lab.rubric),
    }  # fmt: skip
    return render(request, "labs/reviews/review.html", context, status=status)
