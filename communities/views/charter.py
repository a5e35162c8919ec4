from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from communities import rules
from communities.forms.charter import CandidateForm, ProposalForm, VoteForm
from communities.models import Community, Membership, Motion
from communities.operations import motions
from communities.queries import motions as queries
from communities.queries.boundary import boundary_of
from communities.queries.charter import charter_of, formal_parts, lines_of, values_of
from communities.queries.people import membership_of
from communities.views.guards import for_members, visible
from cop.lib import words
from cop.lib.http import tried
from members.guards import MemberRequest, member_required
from members.models import Member


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """What the community agreed, what each field makes the software do, and every motion."""
    community = visible(request, slug)
    charter, mine = charter_of(community), membership_of(community, request.user)
    context = {
        "community": community, "section": "people", "here": "charter", "charter": charter,
        "looks_after": _looks_after(request, mine), "lines": lines_of(values_of(charter, boundary_of(community))),
        "formal": formal_parts(community), "motions": queries.motions_of(community),
        "may_propose": rules.may_propose(mine) and not community.is_archived,
        "is_in": mine is not None,
    }  # fmt: skip
    return render(request, "communities/charter.html", context)


def _looks_after(request: HttpRequest, mine: Membership | None) -> bool:
    return isinstance(request.user, Member) and rules.may_look_after(mine, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def propose(request: MemberRequest, mine: Membership) -> HttpResponse:
    """New values for the charter, put to the vote of the members."""
    if not rules.may_propose(mine):
        raise Http404
    community = mine.community
    data = [request.POST] if request.method == "POST" else []
    form = ProposalForm(
        *data, community=community, charter=charter_of(community), boundary=boundary_of(community)
    )  # fmt: skip
    if data and form.is_valid():
        made: list[Motion] = []
        status = tried(request, lambda: _proposed(community, form, request.user, made))
        if not status:
            return redirect(made[0])
    context = {"community": community, "form": form, "section": "people", "here": "charter"}
    return render(request, "communities/propose.html", context)


def _proposed(community: Community, form: ProposalForm, by: Member, made: list[Motion]) -> str:
    made.append(motions.propose_change(community, form.changes(), reason=form.cleaned_data["reason"], by=by))
    return "The vote is open. The members are told."


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def propose_lead(request: MemberRequest, mine: Membership) -> HttpResponse:
    if not rules.may_propose(mine):
        raise Http404
    given = {"handle": request.GET.get("handle", "")}
    form = CandidateForm(request.POST or None, initial=given, community=mine.community, viewer=request.user)
    if form.is_valid():
        made: list[Motion] = []
        if not tried(request, lambda: _lead_proposed(mine.community, form, request.user, made)):
            return redirect(made[0])
    context = {"community": mine.community, "form": form, "section": "people", "here": "charter"}
    return render(request, "communities/propose_lead.html", context)


def _lead_proposed(community: Community, form: CandidateForm, by: Member, made: list[Motion]) -> str:
    candidate, reason = form.cleaned_data["handle"], form.cleaned_data["reason"]
    made.append(motions.open_lead_confirmation(community, candidate, by, reason=reason))
    return "The vote is open. The members are told."


@require_safe
def motion(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _motion_page(request, _motion(request, slug, pk), VoteForm())


@member_required
def vote(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """One's own vote, open to the other members; can be changed until the end."""
    found = _motion(request, slug, pk)
    if request.method != "POST":
        return redirect(found)
    form, status = VoteForm(request.POST), 200
    if form.is_valid():
        yes, reason = form.cleaned_data["choice"] == "yes", form.cleaned_data["reason"]
        status = tried(request, lambda: _voted(motions.vote(found, yes=yes, by=request.user, reason=reason).motion))
        if not status:
            return redirect(found)
    return _motion_page(request, found, form, status)


def _voted(motion: Motion) -> str:
    return f"Your vote is in. You can change it until {words.day_and_clock(motion.closes_at)}."


@member_required
def withdraw(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    found = _motion(request, slug, pk)
    if request.method == "POST":
        tried(request, lambda: _withdrawn(found, request.user))
    return redirect(found)


def _withdrawn(motion: Motion, by: Member) -> str:
    motions.withdraw(motion, by=by)
    return "The vote is withdrawn. Nothing changes."


def _motion(request: HttpRequest, slug: str, pk: int) -> Motion:
    found = Motion.objects.select_related("community__charter", "by", "candidate")
    return get_object_or_404(found, community=visible(request, slug), pk=pk)


def _motion_page(request: HttpRequest, found: Motion, form: VoteForm, status: int = 200) -> HttpResponse:
    viewer = request.user if isinstance(request.user, Member) else None
    charter = charter_of(found.community)
    page = queries.page_of(found, viewer, charter.quorum_percent)
    if page.mine and not form.is_bound:
        form = VoteForm(initial={"choice": "yes" if page.mine.yes else "no", "reason": page.mine.reason})
    context: dict[str, Any] = {
        "community": found.community, "motion": found, "page": page, "form": form, "charter": charter,
        "section": "people", "here": "charter",
    }  # fmt: skip
    return render(request, "communities/motion.html", context, status=status)
