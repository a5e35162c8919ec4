"""Who asks, and what a signed-out person's button does."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from members.guards import View, member_required
from members.models import Member


def viewer(request: HttpRequest) -> Member | None:
    """The signed-in member who looks, or None for a visitor."""
    return request.user if isinstance(request.user, Member) else None


def member_post(back_to: str) -> Any:
    """For buttons of members: other methods answer 405; who is signed out signs in and comes back to the page named."""

    def decorate(view: View) -> View:
        guarded = member_required(view)

        @require_POST
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if viewer(request) is None:
                return redirect_to_login(reverse(back_to, kwargs=kwargs))
            return guarded(request, *args, **kwargs)

        return checked

    return decorate
