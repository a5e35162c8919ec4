from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.queries import channels


@require_safe
def connect(request: HttpRequest) -> HttpResponse:
    context = {"places": channels.places(request.user), "section": "people"}
    return render(request, "communities/connect.html", context)
