"""Answers over HTTP that several apps give in the same way."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from cop.lib.errors import Refused

View = Callable[..., HttpResponse]
# For the HTML part of a mail in a frame: the mail's own look and nothing else. No script, no form, nothing fetched.
MAIL_POLICY = {
    "default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"], "base-uri": [NONE],
    "form-action": [NONE], "frame-ancestors": [SELF], "object-src": [NONE], "sandbox": [""],
}  # fmt: skip


def own_address(request: HttpRequest, address: str, otherwise: str) -> str:
    """The address somebody sent along as the way on, where it is a path of this site; else the other one."""
    stays = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if stays and address.startswith("/") else otherwise


def page_of_button(name: str, arguments: Mapping[str, object], taken: bool | Collection[str]) -> str:
    """The address of the page with the button. taken: which of the view's arguments stand in it: all, none or these."""
    kept = arguments if taken is True else {key: arguments[key] for key in taken or ()}
    return reverse(name, kwargs=dict(kept))


def posts_only(back_to: str, *, with_arguments: bool | Collection[str] = True) -> Callable[[View], View]:
    """For what a button does: a plain visit changes nothing, and a page with status 405 says so and names the way on.

    back_to: the name of the page that has the button. with_arguments: whether its address takes the arguments of the
    view's, or which of them.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            back = page_of_button(back_to, kwargs, with_arguments)
            answer = render(request, "errors/405.html", {"back": back}, status=405)
            answer["Allow"] = "POST"
            return answer

        return checked

    return decorate


def tried(request: HttpRequest, wish: Callable[[], str]) -> int:
    """Do what was asked and say what came of it; the status that a page shown now should have, 0 after success."""
    try:
        said = wish()
    except Refused as refusal:
        messages.error(request, refusal.message)
        return 409 if refusal.lost_race else 200
    if said:
        messages.success(request, said)
    return 0


def markdown_file(name: str, text: str) -> HttpResponse:
    """A Markdown text to keep. name: of the file, in plain letters."""
    answer = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
