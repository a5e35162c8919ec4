"""Who may enter a view."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from members.models import Member
from members.queries.conduct import version_to_accept

CONDUCT_PAGE = "/welcome/conduct/"  # stands in cop.home, because it shows a document of governance
View = Callable[..., HttpResponse]


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
