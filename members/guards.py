"""Who may enter a view."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Collection
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account import app_settings as account_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cop.lib.http import View, page_of_button, posts_only
from members.models import Member
from members.queries.conduct import version_to_accept

CONDUCT_PAGE = "/welcome/conduct/"  # stands in cop.home, because it shows a document of governance


class MemberRequest(HttpRequest):
    """A request by a signed-in member."""

    user: Member


def member_required(view: View) -> View:
    """For signed-in members who have accepted the code of conduct; others are led there and back."""

    @login_required
    @functools.wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if version_to_accept(request.user):
            back = request.get_full_path() if request.method == "GET" else "/dashboard/"
            return redirect(f"{CONDUCT_PAGE}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return guarded


def member_post(back_to: str, *, with_arguments: bool | Collection[str] = True) -> Callable[[View], View]:
    """For buttons of members: a plain visit changes nothing; who is signed out signs in and comes back to the page.

    back_to, with_arguments: the page that has the button, as for `posts_only`.
    """

    def decorate(view: View) -> View:
        guarded = member_required(view)

        @posts_only(back_to, with_arguments=with_arguments)
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(page_of_button(back_to, kwargs, with_arguments))
            return guarded(request, *args, **kwargs)

        return checked

    return decorate


def fresh_log_in_required(view: View) -> View:
    """For dangerous steps: who did not log in within the last minutes proves once more who they are, and comes back.

    Accounts that can do this neither by password nor by a second step have to log in again."""

    @reauthentication_required
    @functools.wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if logged_in_lately(request):
            return view(request, *args, **kwargs)
        messages.warning(request, "Log out and log in again for this step. It makes sure that it is you.")
        return redirect("members:privacy")

    return cast(View, guarded)


def logged_in_lately(request: MemberRequest) -> bool:
    """Whether any proof of who this is, given in this session, is younger than a few minutes."""
    proofs = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(proofs) and time.time() - max(proofs) < account_settings.REAUTHENTICATION_TIMEOUT
