"""Members' own lists of skills, and the pages on which a skill is opened, endorsed and judged."""

from __future__ import annotations

import functools
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from cop.lib.http import View
from members.guards import MemberRequest, member_post, member_required
from members.models import Endorsement, Member, MemberSkill, Skill
from members.operations import endorsements
from members.operations import skills as operations
from members.queries.endorsing import in_words, is_mentor, shared_activity, why_not_endorse, why_not_validate
from members.queries.rules import member_rules
from members.queries.skill_detail import detail
from members.queries.skills import ProfileSkills, Strength, areas_for, profile_skills, rows_of
from members.skill_forms import DepthForm, EndorsementForm, SkillForm, ValidationForm


def open_page(view: View) -> View:
    """For visitors as far as the page's owner lets them, and for members as everywhere."""
    for_members = member_required(view)

    @require_safe
    @functools.wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (for_members if request.user.is_authenticated else view)(request, *args, **kwargs)

    return chosen


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    """The member's list, with the form for a further skill; `?skill=` fills in its name."""
    form, status = SkillForm(request.POST or None, initial=_chosen(request)), 200
    if request.method == "POST" and form.is_valid():
        try:
            row = operations.add(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", refusal.message)
            status = 409 if refusal.lost_race else 200
        else:
            messages.success(request, _added(row))
            return redirect("members:skills")
    context = {
        "form": form,
        "strengths": rows_of(request.user, for_owner=True),
        "areas": areas_for(request.user),
        "most": member_rules().most_skills,
        "section": "me",
    }
    return render(request, "members/skills.html", context, status=status)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    slug = request.GET.get("skill", "")
    skill = Skill.objects.accepted().filter(slug=slug).first() if slug else None
    return {"name": skill.title if skill else "", "claimed": 2, "wants": 0}


def _added(row: MemberSkill) -> str:
    if row.skill.state == Skill.State.PROPOSED:
        return f"“{row.skill.title}” is in your list. The stewards decide whether others can choose it too."
    return f"“{row.skill.title}” is in your list."


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def change(request: MemberRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(MemberSkill.objects.select_related("skill"), member=request.user, skill__slug=slug)
    now = {"claimed": row.claimed, "wants": row.wants, "helps": row.helps}
    form = DepthForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        operations.change(row, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{row.skill.title}” is saved.")
        return redirect("members:skills")
    return render(request, "members/skill_change.html", {"form": form, "row": row, "section": "me"})


@member_post("members:change_skill")
def remove(request: MemberRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(MemberSkill.objects.select_related("skill"), member=request.user, skill__slug=slug)
    operations.remove(row, by=request.user)
    messages.success(request, f"“{row.skill.title}” is out of your list.")
    return redirect("members:skills")


@open_page
def of_member(request: HttpRequest, handle: str) -> HttpResponse:
    """All skills of a member, and what the viewer and they could learn from each other, with the numbers."""
    person, shown = _skills_of(request, handle)
    context = {"person": person, "skills": shown, "section": "people"}
    return render(request, "members/skills_of_member.html", context)


@open_page
def show(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """One skill opened: the rule, the three parts with their weights, and what stands behind each."""
    person, strength = _strength(request, handle, slug)
    return _page(request, person, strength)


@member_post("members:skill")
def endorse(request: MemberRequest, handle: str, slug: str) -> HttpResponse:
    person, strength = _strength(request, handle, slug)
    form = EndorsementForm(request.POST)
    if not form.is_valid():
        return _page(request, person, strength, endorsing=form)
    try:
        endorsements.endorse(strength.row, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, person, strength, endorsing=form, status=409 if refusal.lost_race else 200)
    messages.success(request, f"Your word on “{strength.skill.title}” stands. {person.first_name} is told.")
    return redirect("members:skill", handle=person.handle, slug=slug)


@member_post("members:skill")
def withdraw(request: MemberRequest, handle: str, slug: str) -> HttpResponse:
    person, strength = _strength(request, handle, slug)
    given = get_object_or_404(Endorsement, member=person, skill=strength.skill, by=request.user)
    endorsements.withdraw(given, by=request.user)
    messages.success(request, "Your endorsement is taken back.")
    return redirect("members:skill", handle=person.handle, slug=slug)


@member_post("members:skill")
def validate(request: MemberRequest, handle: str, slug: str) -> HttpResponse:
    person, strength = _strength(request, handle, slug)
    form = ValidationForm(request.POST, acts=_acts(person, strength, request.user))
    if not form.is_valid():
        return _page(request, person, strength, validating=form)
    try:
        endorsements.validate(strength.row, form.judgement(), by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, person, strength, validating=form, status=409 if refusal.lost_race else 200)
    messages.success(request, f"Your judgement stands for {member_rules().validation_months} months.")
    return redirect("members:skill", handle=person.handle, slug=slug)


def _skills_of(request: HttpRequest, handle: str) -> tuple[Member, ProfileSkills]:
    """The member and their skills, for who may see both; 404 for everybody else."""
    people = Member.objects.with_page_for(request.user)
    person: Member = get_object_or_404(people, handle=handle.lower())
    shown = profile_skills(person, request.user)
    if not shown.is_visible:
        raise Http404
    return person, shown


def _strength(request: HttpRequest, handle: str, slug: str) -> tuple[Member, Strength]:
    person, shown = _skills_of(request, handle)
    for strength in (*shown.known, *shown.wishes):
        if strength.skill.slug == slug:
            return person, strength
    raise Http404


def _acts(person: Member, strength: Strength, viewer: Any) -> list[Any]:
    return [one.act for one in detail(strength, person, viewer).first_acts]


def _page(
    request: HttpRequest, person: Member, strength: Strength, *, endorsing: forms.Form | None = None,
    validating: forms.Form | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    opened = detail(strength, person, request.user)
    context = {
        "person": person,
        "detail": opened,
        "rule": strength.rule,
        "section": "people",
        "is_self": request.user.pk == person.pk,
        **_endorsing(request.user, person, strength, endorsing),
        **_validating(request.user, person, strength, opened, validating),
    }
    return render(request, "members/skill.html", context, status=status)


def _endorsing(viewer: Any, person: Member, strength: Strength, form: forms.Form | None) -> dict[str, Any]:
    """What the page needs for the viewer's own word; nothing for visitors and on one's own page."""
    is_open = strength.skill.state == Skill.State.ACCEPTED
    if not viewer.is_authenticated or viewer.pk == person.pk or not is_open:
        return {"may_speak": False}
    shared = shared_activity(person, viewer)
    given = Endorsement.objects.filter(member=person, skill=strength.skill, by=viewer).first()
    now = {"level": given.level, "sentence": given.sentence} if given else {"level": 2}
    return {
        "may_speak": True,
        "given": given,
        "shared": in_words(shared) if shared else "",
        "why_not": why_not_endorse(person, by=viewer, shared=shared),
        "endorsing": form or EndorsementForm(initial=now),
    }


def _validating(
    viewer: Any, person: Member, strength: Strength, opened: Any, form: forms.Form | None
) -> dict[str, Any]:  # fmt: skip
    """What the page needs for a Mentor's judgement; nothing for others."""
    if not viewer.is_authenticated or viewer.pk == person.pk or not is_mentor(viewer):
        return {"is_mentor": False}
    acts = [one.act for one in opened.first_acts]
    return {
        "is_mentor": True,
        "why_not_validate": why_not_validate(person, strength.skill, by=viewer),
        "validating": form or ValidationForm(acts=acts, initial={"level": max(1, strength.row.claimed)}),
    }
