"""First posts of newcomers, and the duty that answers them; for those who belong to the community."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities import rules
from communities.forms.newcomers import AnswerForm, FirstPostForm, TurnForm
from communities.models import Community, DutyTurn, FirstPost, Membership
from communities.operations import newcomers as operations
from communities.queries import newcomers as queries
from communities.queries.people import membership_of
from communities.views.guards import visible
from cop.lib.http import tried
from members.guards import MemberRequest, member_required
from members.models import Member


def for_insiders(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who belong to the community, and organizers; to others the page does not exist."""

    @member_required
    @functools.wraps(view)
    def guarded(request: MemberRequest, slug: str, **kwargs: object) -> HttpResponse:
        community = visible(request, slug)
        mine = membership_of(community, request.user)
        if mine is None and not request.user.is_staff:
            raise Http404
        return view(request, community, mine, **kwargs)

    return guarded


def _context(request: MemberRequest, community: Community, mine: Membership | None, here: str) -> dict[str, Any]:
    looks_after = rules.may_look_after(mine, request.user)
    return {"community": community, "mine": mine, "looks_after": looks_after, "here": here, "section": "people"}


@require_safe
@for_insiders
def index(request: MemberRequest, community: Community, mine: Membership | None) -> HttpResponse:
    return _list(request, community, mine, FirstPostForm())


def _list(request: MemberRequest, community: Community, mine: Membership | None, form: FirstPostForm) -> HttpResponse:
    corner = queries.corner_of(community, request.user, every=True)
    context = _context(request, community, mine, "newcomers") | {"corner": corner, "form": form}
    return render(request, "communities/newcomers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def write(request: MemberRequest, community: Community, mine: Membership | None) -> HttpResponse:
    """The form stands on the page of the community too; faults are shown here."""
    form = FirstPostForm(request.POST or None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if not tried(request, lambda: _written(operations.write(community, text=text, by=request.user))):
            return redirect("communities:newcomers", community.slug)
    return _list(request, community, mine, form)


def _written(post: FirstPost) -> str:
    if post.due_at:
        return "Your words are there, and somebody has been told. A person answers in time."
    return "Your words are there, and somebody has been told."


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def post(request: MemberRequest, community: Community, mine: Membership | None, pk: int) -> HttpResponse:
    """One first post, and the form to answer it; who was second finds the own words kept."""
    row = _found(community, pk)
    form = AnswerForm(request.POST or None)
    status = 200
    if form.is_valid():
        text = form.cleaned_data["text"]
        status = tried(request, lambda: _answered(operations.answer(row, text=text, by=request.user), request.user))
        if not status:
            return redirect("communities:newcomers", community.slug)
        row = _found(community, pk)
    context = _context(request, community, mine, "newcomers") | {
        "post": queries.post_for(row, request.user, timezone.now()), "form": form,
    }  # fmt: skip
    return render(request, "communities/newcomers_post.html", context, status=status)


def _found(community: Community, pk: int) -> FirstPost:
    found = queries.visible_posts(community).select_related("member", "answered_by", "community")
    return get_object_or_404(found, pk=pk)


def _answered(row: FirstPost, by: Member) -> str:
    name = queries.post_for(row, by, timezone.now()).author
    return f"{name.first_name if name else 'The newcomer'} has your answer, and a notice of it."


@require_http_methods(["GET", "HEAD", "POST"])
@for_insiders
def duty(request: MemberRequest, community: Community, mine: Membership | None) -> HttpResponse:
    """Who looks after newcomers when; members take a turn, those who lead plan for everybody."""
    plans, today = rules.may_look_after(mine, request.user), timezone.localdate()
    form = TurnForm(request.POST or None, viewer=request.user, plans=plans)
    if form.is_valid():
        given = {"first_day": form.cleaned_data["first_day"], "last_day": form.cleaned_data["last_day"]}
        if not tried(
            request, lambda: _taken(operations.take_turn(community, member=form.who(), by=request.user, **given))
        ):
            return redirect("communities:duty", community.slug)
    context = _context(request, community, mine, "duty") | {
        "roster": queries.roster_of(community, request.user, today=today), "form": form,
        "promise": queries.promise_now(community),
    }  # fmt: skip
    return render(request, "communities/newcomers_duty.html", context)


def _taken(turn: DutyTurn) -> str:
    return f"{turn.member.name} is on duty from {turn.first_day:%-d %B} to {turn.last_day:%-d %B}."


@require_POST
@for_insiders
def leave_turn(request: MemberRequest, community: Community, mine: Membership | None, pk: int) -> HttpResponse:
    turn = get_object_or_404(DutyTurn.objects.select_related("community", "member"), pk=pk, community=community)
    tried(request, lambda: _left(turn, request.user))
    return redirect("communities:duty", community.slug)


def _left(turn: DutyTurn, by: Member) -> str:
    operations.leave_turn(turn, by=by)
    return "The turn is free again."
