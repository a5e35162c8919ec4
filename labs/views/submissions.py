"""A member's own side: handing in, looking at what came back, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from labs import rubric
from labs.forms.reviews import HandInForm
from labs.models import Lab, Submission
from labs.operations import submissions as operations
from labs.queries import review_queue, reviewing
from labs.queries import reviews as queries
from labs.queries.rules import lab_rules
from labs.views.catalogue import visible_lab
from labs.views.runs import runs_of, start_first
from members.guards import MemberRequest, member_post, member_required

A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def hand_in(request: MemberRequest, slug: str) -> HttpResponse:
    """The form for one round; what a round before said stands in it."""
    if (run := runs_of(request.user).filter(lab__slug=slug).first()) is None:
        return start_first(request, slug)
    lab = run.lab
    before = Submission.objects.filter(lab=lab, member=request.user).first()
    form = HandInForm(request.POST or None, lab=lab, by=request.user, initial=_initial(before))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.hand_in(lab, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = 409 if refusal.lost_race else 200
        else:
            messages.success(request, "Handed in. You hear of the answer; until then you can take it back.")
            return redirect(made)
    context = {
        "section": "learn", "lab": lab, "form": form, "standing": queries.hand_in_of(lab, request.user),
        "criteria": rubric.criteria(lab.rubric), "back": run.get_absolute_url(),
    }  # fmt: skip
    return render(request, "labs/reviews/hand_in.html", context, status=status)


def _initial(before: Submission | None) -> dict[str, Any]:
    last = before.rounds.order_by("-round").first() if before else None
    if before is None or last is None:
        return {}
    team = " ".join(mate.handle for mate in queries.team(before))
    return {
        "link": last.link, "text": last.text, "reflection": last.reflection, "team": team, "is_shown": before.is_shown
    }  # fmt: skip


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    """Everything one handed in."""
    page = Paginator(queries.own_list(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"section": "learn", "page": page, "in_hand": queries.reviews_in_hand(request.user)}
    return render(request, "labs/reviews/mine.html", context)


@require_safe
@member_required
def detail(request: MemberRequest, number: int) -> HttpResponse:
    """One piece of work with its rounds and what was said of them. To others there is no such page."""
    work = get_object_or_404(queries.visible_to(request.user).select_related("claim__by"), pk=number)
    is_own = work.member_id == request.user.pk
    team = queries.team(work)
    inside = is_own or request.user in team
    is_waiting = work.status == Submission.Status.WAITING
    context = {
        "section": "learn", "work": work, "lab": work.lab, "rounds": queries.rounds(work), "team": team,
        "is_own": is_own, "is_inside": inside, "in_hand": queries.reviews_in_hand(request.user) if is_own else 0,
        "before": queries.place_of(work) if is_own and is_waiting else 0, "promised": lab_rules().review_days,
        "usual": queries.wait_in_words(queries.usual_wait()) if inside and is_waiting else "",
        "claim": review_queue.claim_on(work, timezone.now()), "criteria": rubric.criteria(work.lab.rubric),
        "may_review": is_waiting and not inside and reviewing.may_review(work, request.user),
    }  # fmt: skip
    return render(request, "labs/reviews/submission.html", context)


@require_safe
@member_required
def solutions(request: MemberRequest, slug: str) -> HttpResponse:
    """How others did the lab, for those whose own work on it is accepted."""
    lab: Lab = visible_lab(request, slug)
    passed = queries.has_passed(lab, request.user)
    found = queries.solutions(lab, request.user) if passed else Submission.objects.none()
    page = Paginator(found.select_related("member"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "labs/reviews/solutions.html", {"section": "learn", "lab": lab, "page": page, "passed": passed}
    )


def changing(request: MemberRequest, number: int, act: Callable[[Submission], object], done: str) -> HttpResponse:
    """Do something with a piece of work that the member sees, say it, and come back to its page."""
    work = get_object_or_404(queries.visible_to(request.user), pk=number)
    try:
        act(work)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    still = queries.visible_to(request.user).filter(pk=number).exists()
    return redirect(work) if still else redirect("labs:submissions")


@member_post("labs:submission")
def withdraw(request: MemberRequest, number: int) -> HttpResponse:
    by = request.user
    return changing(
        request, number, lambda work: operations.withdraw(work, by=by),
        "Taken back. Nobody else sees it now; you can hand it in again.",
    )  # fmt: skip


@member_post("labs:submission")
def ask_peers(request: MemberRequest, number: int) -> HttpResponse:
    by = request.user
    return changing(
        request, number, lambda work: operations.ask_peers(work, by=by), "Members who passed this lab are asked now."
    )


@member_post("labs:submission")
def leave_team(request: MemberRequest, number: int) -> HttpResponse:
    by = request.user
    return changing(
        request, number, lambda work: operations.leave_team(work, by=by), "You are no longer named in this team."
    )


@member_post("labs:submission")
def show(request: MemberRequest, number: int) -> HttpResponse:
    by, shown = request.user, request.POST.get("shown") == "yes"
    said = "Members whose own work is accepted see it now." if shown else "Hidden from other members."
    return changing(request, number, lambda work: operations.show(work, shown=shown, by=by), said)
