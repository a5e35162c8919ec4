"""The page of one change, and what is decided and said there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from editorial.forms.writing import DecisionForm, InviteForm, RemarkForm
from editorial.kinds import kind_of
from editorial.merge import Merged
from editorial.models import Revision
from editorial.operations import comments, proposals
from editorial.queries.reading import ChangePage, page_of
from editorial.rules import may_decide
from editorial.showing import shown
from editorial.views.guards import readable, viewer
from members.guards import MemberRequest, member_post


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return change_page(request, readable(request, pk))


@member_post("editorial:revision")
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept, ask for changes or refuse, as the button says; 403 for who does not decide on this change."""
    revision = readable(request, pk)
    if not may_decide(request.user, revision):
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return change_page(request, revision, decision=form)
    try:
        said = _decided(revision, form.cleaned_data, request)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return change_page(request, readable(request, pk), decision=form, status=409 if refusal.lost_race else 200)
    messages.success(request, said)
    return redirect(revision)


def _decided(revision: Revision, given: dict[str, Any], request: MemberRequest) -> str:
    seen = {"by": request.user, "reason": given["reason"], "edition": given["edition"]}
    if given["do"] == "accept":
        done = proposals.accept(revision, waive=given["waive"], **seen)
        return f"Accepted. Version {done.number} of “{done.text.title}” is what readers see now."
    if given["do"] == "ask":
        proposals.ask_for_changes(revision, **seen)
        return "The author has your words and can go on writing."
    proposals.refuse(revision, **seen)
    return "Refused. The author has your reason."


@member_post("editorial:revision")
def remark(request: MemberRequest, pk: int) -> HttpResponse:
    revision = readable(request, pk)
    page = page_of(revision, request.user)
    form, status = RemarkForm(request.POST, sections=page.sections), 200
    if form.is_valid():
        try:
            made = comments.comment(revision, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = 409 if refusal.lost_race else 200
        else:
            messages.success(request, "Your remark stands below. The authors are told.")
            return redirect(f"{revision.get_absolute_url()}#remark-{made.pk}")
    return change_page(request, revision, remarking=form, status=status)


def change_page(
    request: HttpRequest, revision: Revision, *, decision: DecisionForm | None = None,
    remarking: RemarkForm | None = None, invitation: InviteForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    looks = viewer(request)
    page = page_of(revision, looks, everything="all" in request.GET)
    context = {
        "revision": revision, "text": revision.text, "page": page, **_names(revision),
        "everything": "all" in request.GET,
        "merged": _merged(revision, page), "html": "" if page.against else shown(revision.text.kind, revision.content),
        "difference": page.difference, "rows_left_out": page.rows_left_out, "section": "learn",
        "decision": decision or DecisionForm(initial={"edition": revision.edition}),
        "remarking": remarking or RemarkForm(sections=page.sections),
        "invitation": invitation or (InviteForm(by=looks) if looks else None),
        "panel": kind_of(revision.text.kind).panel(revision, request),
    }  # fmt: skip
    return render(request, "texts/revision.html", context, status=status)


def _names(revision: Revision) -> dict[str, str]:
    """What the two columns of the difference are called."""
    after = f"Version {revision.number}" if revision.number else "This change"
    return {"before_name": f"Version {revision.base.number}" if revision.base else "Before", "after_name": after}


def _merged(revision: Revision, page: ChangePage) -> Merged | None:
    """What a merge with the newer version would give, where one came in meanwhile."""
    if not (page.is_behind and page.newest and (page.writes or page.decides)):
        return None
    return proposals.merged_with(revision, page.newest)
