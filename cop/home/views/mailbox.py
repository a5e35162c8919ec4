"""What the demo's mail catcher received. Outside the demo these pages do not exist."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from cop.home.queries import mailbox as caught
from cop.lib.http import MAIL_POLICY, View

PER_PAGE = 25
LINKS_OPEN_BESIDE = {"sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"]}


def demo_only(view: View) -> View:
    """The folder of caught mails as second argument; 404 where the site is no demo or catches none."""

    @require_safe
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEMO and settings.DEMO_MAILBOX):
            raise Http404
        return view(request, Path(settings.DEMO_MAILBOX), *args, **kwargs)

    return guarded


@demo_only
def mailbox(request: HttpRequest, folder: Path) -> HttpResponse:
    to = request.GET.get("to", "").strip()
    found = Paginator(caught.newest(folder, to=to), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "home/mailbox.html", {"page_obj": found, "to": to})


@demo_only
def mail(request: HttpRequest, folder: Path, key: str) -> HttpResponse:
    return render(request, "home/mail.html", {"mail": one(folder, key)})


@csp_replace(MAIL_POLICY | LINKS_OPEN_BESIDE)
@xframe_options_sameorigin
@demo_only
def mail_html(request: HttpRequest, folder: Path, key: str) -> HttpResponse:
    """The HTML part alone, shut off from the site; its links open beside it."""
    part = one(folder, key).html
    if not part:
        raise Http404
    return HttpResponse(f'<base target="_blank">{part}')


@demo_only
def mail_attachment(request: HttpRequest, folder: Path, key: str, number: int) -> HttpResponse:
    attachments = one(folder, key).attachments
    if not 1 <= number <= len(attachments):
        raise Http404
    wanted = attachments[number - 1]
    # Never shown by the browser itself, whatever the mail calls it.
    return HttpResponse(
        wanted.content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{wanted.safe_name}"'},
    )


def one(folder: Path, key: str) -> caught.CaughtMail:
    found = caught.read(folder, key)
    if found is None:
        raise Http404
    return found
