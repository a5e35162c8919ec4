"""A member's inbox on the site, their settings of notices, and the one click that stops a kind of mail."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib import words
from cop.lib.http import own_address
from members import emails
from members.forms.notices import NoticeForm
from members.guards import MemberRequest, member_post, member_required
from members.models import Member
from members.notice_kinds import MAIL, SITE, NoticeKind
from members.operations import attention
from members.operations import notices as operations
from members.queries import notices as queries

PER_PAGE = 20
HERE = {"section": "me"}


@require_safe
@member_required
def inbox(request: MemberRequest) -> HttpResponse:
    unread_only = request.GET.get("show") == "unread"
    found = Paginator(queries.inbox(request.user, unread_only=unread_only), PER_PAGE)
    context = {"page": found.get_page(request.GET.get("page")), "unread_only": unread_only}
    return render(request, "members/notices.html", HERE | context)


@require_safe
@member_required
def follow(request: MemberRequest, number: int) -> HttpResponse:
    """Go where a notice leads; who went there has read it."""
    found = operations.mark_read(request.user, number)
    if found is None:
        raise Http404("There is no such notice in your inbox.")
    return redirect(own_address(request, found.address, "/me/notices/"))


@member_post("members:notices", with_arguments=False)
def read(request: MemberRequest, number: int) -> HttpResponse:
    if operations.mark_read(request.user, number) is None:
        raise Http404("There is no such notice in your inbox.")
    return redirect(own_address(request, request.POST.get("next", ""), "/me/notices/"))


@member_post("members:notices", with_arguments=False)
def read_all(request: MemberRequest) -> HttpResponse:
    number = operations.mark_all_read(request.user)
    messages.success(request, f"Marked as read: {words.count(number, 'notice')}.")
    return redirect("members:notices")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def settings(request: MemberRequest) -> HttpResponse:
    wishes = queries.wishes(request.user, timezone.now())
    form = NoticeForm(request.POST or None, wishes=wishes)
    if request.method == "POST" and form.is_valid():
        hours = {field.name: form.cleaned_data[field.name] for field in form.hours}
        attention.choose(request.user, form.ways, by=request.user, **hours)
        messages.success(request, "Your choices are saved. They hold from the next notice on.")
        return redirect("members:notice_settings")
    return render(request, "members/notice_settings.html", HERE | {"form": form, "spent": wishes.spent})


@csrf_exempt  # the signed token is the permission; mail programs post here without a cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails of one kind without signing in. Opening the link changes nothing, because mail scanners open links."""
    found = emails.read_token(token)
    member = Member.objects.filter(pk=found[0], erased_at=None).first() if found else None
    if found is None or member is None or found[1].fixed:
        return render(request, "members/notice_off_broken.html", HERE, status=400)
    kind = found[1]
    if request.method == "POST":
        attention.prefer(member, kind.slug, MAIL if request.POST.get("wish") == "resume" else SITE)
        if "List-Unsubscribe" not in request.POST:
            return redirect("members:notice_off", token=token)
    return _off_page(request, member, kind)


def _off_page(request: HttpRequest, member: Member, kind: NoticeKind) -> HttpResponse:
    way = queries.readers([member.pk], kind)
    is_off = not way or way[0].way(kind) != MAIL
    return render(request, "members/notice_off.html", HERE | {"kind": kind, "is_off": is_off})
