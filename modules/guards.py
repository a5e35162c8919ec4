"""Who asks."""

from __future__ import annotations

from django.http import HttpRequest

from members.models import Member


def viewer(request: HttpRequest) -> Member | None:
    """The signed-in member who looks, or None for a visitor."""
    return request.user if isinstance(request.user, Member) else None
