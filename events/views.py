from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from cop.lib.http import View, posts_only
from cop.lib.words import count
from cop.site.context import brand
from events import agenda, calendars, queries
from events.box import box
from events.listing import Wish, listing, month
from events.models import Event, Registration
from events.operations import registration as registrations
from events.operations.registration import Outcome
from events.times import known_zone
from members.guards import MemberRequest, member_required

FEED_LENGTH = 200
RECORDINGS_PER_PAGE = 24


def button_only(view: View) -> View:
    """For what a button on the event's page does: a plain visit changes nothing; who is signed out is led to the
    log-in and from there back to the event."""

    @posts_only("events:detail")
    @functools.wraps(view)
    def guarded(request: HttpRequest, slug: str) -> HttpResponse:
        if not request.user.is_authenticated:
            back = urlencode({"next": resolve_url("events:detail", slug)})
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")
        return view(request, slug)

    return guarded


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    wish = Wish.read(request.GET, request.user)
    found = listing(wish, request.user, page=request.GET.get("page", "1"))
    return render(request, "events/list.html", {"list": found, "now": timezone.now(), "section": "events"})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Event.objects.visible_to(request.user).select_related("host", "community", "module", "series")
    event = get_object_or_404(shown, slug=slug)
    return render(request, "events/detail.html", _page(request, event))


def _page(request: HttpRequest, event: Event) -> dict[str, Any]:
    now = timezone.now()
    own = queries.of_viewer(request.user, [event]).get(event.pk)
    waiting = Registration.objects.waiting().filter(event=event).count()
    state = box(event, request.user, own, waiting=waiting, now=now)
    return {
        "event": event, "box": state, "month": month(event.starts_at), "section": "events",
        "agenda": agenda.parse(event.agenda, starts_at=event.starts_at, zone=known_zone(event.time_zone)),
        "company": queries.company(event, request.user) if request.user.is_authenticated else None,
        "topics": event.topics.all(), "is_over": now >= event.end,
        "has_recording": event.shows_recording(now),
    }  # fmt: skip


@button_only
@member_required
def register(request: MemberRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return _answer(request, event, lambda: _words(registrations.register(event, member=request.user, by=request.user)))


@button_only
@member_required
def cancel(request: MemberRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)

    def take_back() -> str:
        waited = registrations.cancel(event, member=request.user, by=request.user).waited
        return "You left the waiting list." if waited else "Your place is given back. Register again if plans change."

    return _answer(request, event, take_back)


def _answer(request: HttpRequest, event: Event, wish: Callable[[], str]) -> HttpResponse:
    """Do it and say what came of it, on the event's page; 409 where somebody else was quicker."""
    try:
        messages.success(request, wish())
    except Refused as refused:
        messages.error(request, refused.message)
        if refused.lost_race:
            return render(request, "events/detail.html", _page(request, event), status=409)
    return redirect(event)


def _words(outcome: Outcome) -> str:
    if outcome.waits:
        already = "" if outcome.is_new else "already "
        return f"You are {already}on the waiting list, number {outcome.position}."
    if not outcome.is_new:
        return "You are already registered."
    return f"You are registered. A mail with the calendar entry goes to {outcome.registration.member.email}."


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.announced().open_to(request.user), slug=slug)
    return _file(calendars.public([event]), f"{event.slug}.ics")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Announced events to come, for calendars that read an address by themselves: what everybody may know of."""
    open_ones = Event.objects.published().open_to(AnonymousUser())
    events = open_ones.coming(timezone.now()).order_by("starts_at", "pk")[:FEED_LENGTH]
    return _file(calendars.public(events, name=f"{brand().abbreviation} events"), "events.ics")


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def recordings(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.recordings(request.user), RECORDINGS_PER_PAGE).get_page(request.GET.get("page"))
    number = count(page.paginator.count, "recording")
    return render(request, "events/recordings.html", {"page_obj": page, "number": number, "section": "events"})
