"""The first steps of a new member: code of conduct, place in the community, Welcome Kit."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from communities.operations.membership import choose_primary
from communities.queries.channels import places_for
from communities.queries.people import primary_of
from cop.home.forms import PlaceForm, QuestionsForm
from cop.home.queries.first_steps import fitted
from cop.lib.errors import Refused
from cop.lib.http import own_address
from governance.queries import conduct_in_force
from members.guards import MemberRequest, member_post, member_required
from members.models import Invitation, Persona, PlacementAnswer, PlacementQuestion, WelcomeStep
from members.operations import conduct as conduct_operations
from members.operations import profile as profile_operations
from members.operations import welcome as operations
from members.placement import closest
from members.queries.conduct import version_to_accept
from members.queries.welcome import buddy_of, kit


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def conduct(request: MemberRequest) -> HttpResponse:
    """The code of conduct to read and accept; afterwards on to where the member was going."""
    onward = own_address(request, request.POST.get("next") or request.GET.get("next", ""), "/dashboard/")
    wanted = version_to_accept(request.user)
    if not wanted:
        return HttpResponseRedirect(onward)
    if request.method == "POST":
        try:
            conduct_operations.accept(request.POST.get("version", ""), by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(request.get_full_path())
        is_placed = PlacementAnswer.objects.filter(member=request.user).exists()
        return HttpResponseRedirect(onward) if is_placed else redirect("home:place")
    context = {"version": wanted, "document": conduct_in_force(), "next": onward}
    return render(request, "home/conduct.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def place(request: MemberRequest) -> HttpResponse:
    """Choose a persona, or none, and a first community."""
    member = request.user
    answer = PlacementAnswer.objects.filter(member=member).first()
    proposed = closest(answer.scores) if answer else []
    first = request.GET.get("persona") or (member.persona.slug if member.persona else "") or next(iter(proposed), "")
    persona = Persona.objects.filter(slug=first).first()
    primary = primary_of(member)
    invited = Invitation.objects.filter(accepted_by=member).first()
    led_to = (invited.community if invited else "") or (persona.community if persona else "")
    community = primary.slug if primary else led_to
    form = PlaceForm(request.POST or None, initial={"persona": first, "community": community})
    if request.method == "POST" and form.is_valid():
        profile_operations.choose_persona(member, form.cleaned_data["persona"], by=member)
        try:
            if form.cleaned_data["community"]:
                choose_primary(form.cleaned_data["community"], by=member)
            messages.success(request, "You have found your place. You can change it at any time.")
        except Refused as refusal:  # a community that asks for something first
            messages.warning(request, f"{refusal.message} You can come back to it later.")
        return redirect("home:dashboard")
    context = {"form": form, "proposed": Persona.objects.filter(slug__in=proposed), "answer": answer}
    return render(request, "home/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def questions(request: MemberRequest) -> HttpResponse:
    """Six questions that propose a persona; a tie proposes both."""
    asked = list(PlacementQuestion.objects.prefetch_related("options"))
    form = QuestionsForm(request.POST or None, questions=asked)
    if request.method == "POST" and form.is_valid():
        weights = {
            f"{question.key}/{option.key}": option.weights for question in asked for option in question.options.all()
        }
        profile_operations.answer_placement(request.user, form.cleaned_data, weights)
        return redirect("home:place")
    return render(request, "home/questions.html", {"form": form})


@require_safe
@member_required
def welcome(request: MemberRequest) -> HttpResponse:
    return _kit_page(request, "")


def _kit_page(request: MemberRequest, hello: str) -> HttpResponse:
    """The kit, with the buddy and the places that suit the member's persona first."""
    member = request.user
    places = places_for(member.persona.slug if member.persona else "", member)
    context = {"kit": fitted(kit(member), member), "buddy": buddy_of(member), "places": places, "hello": hello}
    return render(request, "home/welcome.html", context)


@member_post("home:welcome")
def hello(request: MemberRequest) -> HttpResponse:
    try:
        operations.say_hello(request.POST.get("hello", ""), by=request.user)
        messages.success(request, "Hello. Others see your sentence on their start page.")
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _kit_page(request, request.POST.get("hello", ""))
    return redirect("home:welcome")


@member_post("home:welcome", with_arguments=False)
def step(request: MemberRequest, slug: str) -> HttpResponse:
    """Tick a step, or skip it."""
    found = get_object_or_404(WelcomeStep, slug=slug)
    try:
        if "skip" in request.POST:
            operations.skip(found, by=request.user)
        else:
            operations.tick(found, by=request.user)
    except Refused as refusal:
        messages.error(request, format_html('{} <a href="{}">Do it now</a>', refusal.message, found.address))
    return redirect("home:welcome")
