"""What a member does with a suggestion on the start page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from cop.lib.http import own_address
from members.guards import MemberRequest, member_post, member_required
from members.operations import suggestions


@member_post("home:dashboard", with_arguments=False)
def dismiss(request: MemberRequest, kind: str, key: str) -> HttpResponse:
    suggestions.dismiss(kind, key, by=request.user)
    messages.success(request, "It stays away for 90 days.")
    return redirect("/dashboard/#suggestions")


@require_safe
@member_required
def follow(request: MemberRequest, kind: str, key: str) -> HttpResponse:
    """Go to what was suggested, and note that the suggestion was followed."""
    suggestions.follow(kind, key, by=request.user)
    return redirect(own_address(request, request.GET.get("next", ""), "/dashboard/"))
