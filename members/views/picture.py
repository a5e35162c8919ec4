"""The pictures of members: one for everybody who may see it, and the page on which its owner changes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from members.audience import may_see_picture
from members.forms.picture import PictureForm
from members.guards import MemberRequest, member_post, member_required
from members.models import Avatar, Member
from members.operations import pictures as operations

A_YEAR = 365 * 24 * 3600


@require_safe
def show(request: HttpRequest, handle: str) -> HttpResponse:
    """A picture, for those who may see it; 404 for all others, whether there is one or not.

    The address carries the picture's version, so a browser keeps it for a year; no cache between may."""
    person = get_object_or_404(Member.objects.active(), handle=handle.lower())
    if not person.picture_version or not may_see_picture(person, request.user):
        raise Http404
    etag = f'"{person.picture_version}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        image = get_object_or_404(Avatar.objects.only("image"), member=person).image
        answer = HttpResponse(bytes(image), content_type="image/webp")
    is_newest = request.GET.get("v") == person.picture_version
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable" if is_newest else "private, no-cache"
    answer["ETag"] = etag
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = "inline"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def change(request: MemberRequest) -> HttpResponse:
    form = PictureForm()
    if request.method == "POST":
        form = PictureForm(request.POST, request.FILES)
        if form.is_valid() and _keep(request, form):
            messages.success(request, "This is your picture now.")
            return redirect("members:picture_page")
    return render(request, "members/picture.html", {"form": form, "section": "me"})


def _keep(request: MemberRequest, form: PictureForm) -> bool:
    upload = form.cleaned_data["picture"]
    try:
        # One byte more than allowed is enough to refuse the rest unread.
        operations.set_picture(request.user, upload.read(operations.MOST_BYTES + 1), by=request.user)
    except Refused as refusal:
        form.add_error("picture", refusal.message)
        return False
    return True


@member_post("members:picture_page", with_arguments=False)
def remove(request: MemberRequest) -> HttpResponse:
    operations.remove_picture(request.user, by=request.user)
    messages.success(request, "Your picture is removed. Others see your initials.")
    return redirect("members:picture_page")
