from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from members.guards import MemberRequest, member_post
from newsletters import operations, queries, tokens
from newsletters.forms import LeavingForm, SearchForm, SubscribeForm
from newsletters.models import Issue, Subscription

HERE = {"section": "newsletters"}
ASKED = "Look into your mailbox. If this address does not get the newsletter yet, a link to confirm it is on its way."


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    search = SearchForm(request.GET)
    text = search.cleaned_data["q"] if search.is_valid() else ""
    context = {
        "years": queries.archive(text), "text": text, "subscribed": queries.is_subscribed(request.user),
    }  # fmt: skip
    return render(request, "newsletters/archive.html", HERE | context)


@require_safe
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Issue.objects.published(), slug=slug)
    before, after = queries.neighbours(found)
    context = {
        "issue": found, "before": before, "after": after, "contents": queries.contents(found),
        "subscribed": queries.is_subscribed(request.user),
    }  # fmt: skip
    return render(request, "newsletters/issue.html", HERE | context)


def subscribe(request: HttpRequest) -> HttpResponse:
    """The answer is the same for every address, known or not."""
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.ask_for_it(form.cleaned_data["email"])
        messages.success(request, ASKED)
        return redirect("newsletters:archive")
    return render(request, "newsletters/subscribe.html", HERE | {"form": form})


@member_post("newsletters:archive")
def mine(request: MemberRequest) -> HttpResponse:
    """A member's own switch."""
    if request.POST.get("switch") == "on":
        operations.subscribe_member(request.user, by=request.user)
        messages.success(request, f"The next issue goes to {request.user.email}.")
    else:
        operations.unsubscribe_member(request.user, by=request.user)
        messages.success(request, "No newsletter will come any more. You can read every issue here.")
    return redirect("newsletters:archive")


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, because mail scanners open links; the button on the page confirms."""
    key = tokens.key_to_confirm(token)
    if key is None or not Subscription.objects.filter(key=key).exists():
        return render(request, "newsletters/old_link.html", HERE | {"form": SubscribeForm()}, status=400)
    if request.method != "POST":
        return render(request, "newsletters/confirm.html", HERE | {"address": _address(key)})
    try:
        subscription = operations.confirm(key)
    except Refused:
        return render(request, "newsletters/old_link.html", HERE | {"form": SubscribeForm()}, status=400)
    messages.success(request, f"The next issue goes to {subscription.address}.")
    return redirect("newsletters:archive")


@csrf_exempt  # the signed token is the permission; mail programs post here without a cookie
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Leave without signing in. Only POST changes anything; a mail program's POST is answered without a redirect."""
    key = tokens.key_to_unsubscribe(token)
    if key is None:
        raise BadRequest("This is not a link of ours.")
    if request.method != "POST":
        return _leaving_page(request, key)
    _change(request, key)
    if "List-Unsubscribe" in request.POST:
        return _leaving_page(request, key)
    return redirect(reverse("newsletters:unsubscribe", args=[token]))


def _change(request: HttpRequest, key: uuid.UUID) -> None:
    wish = request.POST.get("wish", "stop")
    if wish == "resume":
        try:
            operations.resubscribe(key)
        except Refused as refused:
            messages.error(request, refused.message)
    elif wish == "reason":
        form = LeavingForm(request.POST)
        if form.is_valid():
            operations.say_why(key, form.cleaned_data["reason"])
            messages.success(request, "Thank you for the answer.")
    else:
        operations.unsubscribe(key)


def _leaving_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    found = Subscription.objects.select_related("member").filter(key=key).first()
    form = LeavingForm(initial={"reason": found.leaving_reason} if found else {})
    return render(request, "newsletters/unsubscribe.html", HERE | {"subscription": found, "form": form})


def _address(key: uuid.UUID) -> str:
    return Subscription.objects.select_related("member").get(key=key).address
