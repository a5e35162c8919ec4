"""What the buttons on the page of a change do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from cop.lib.http import tried
from editorial.forms.writing import InviteForm
from editorial.models import Revision, SectionComment
from editorial.operations import comments, drafts, proposals
from editorial.views.guards import readable, writable
from editorial.views.revisions import change_page
from members.guards import MemberRequest, member_post
from members.models import Member

View = Callable[..., HttpResponse]


def button(act: Callable[[MemberRequest, Revision], str], *, on: str = "editorial:revision") -> View:
    """A view for the authors: does what was asked; a lost race answers with the page and 409."""

    @member_post("editorial:revision")
    def view(request: MemberRequest, pk: int) -> HttpResponse:
        revision = writable(request, pk)
        status = tried(request, lambda: act(request, revision))
        if status == 409:
            return change_page(request, readable(request, pk), status=status)
        return redirect(on, *([pk] if on != "editorial:mine" or status else []))

    return view


def _withdraw(request: MemberRequest, revision: Revision) -> str:
    proposals.withdraw(revision, by=request.user)
    return "The change is taken back. You can take it up again."


def _take_up(request: MemberRequest, revision: Revision) -> str:
    drafts.take_up(revision, by=request.user)
    return "This is a draft again. Propose it when it is ready."


def _share(request: MemberRequest, revision: Revision) -> str:
    found = drafts.share(revision, by=request.user, shared="end" not in request.POST)
    if found.is_shared:
        return "Every member who has the address of this page can read the draft now."
    return "Only its authors see the draft now."


withdraw, take_up, share = button(_withdraw), button(_take_up, on="editorial:edit"), button(_share)


@member_post("editorial:revision")
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    revision = writable(request, pk)
    status = tried(request, lambda: _discarded(revision, request.user))
    if status == 409:
        return change_page(request, revision, status=status)
    return redirect(revision) if status else redirect("editorial:mine")


def _discarded(revision: Revision, by: Member) -> str:
    drafts.discard(revision, by=by)
    return "The draft is gone."


@member_post("editorial:revision")
def invite(request: MemberRequest, pk: int) -> HttpResponse:
    revision = writable(request, pk)
    form = InviteForm(request.POST, by=request.user)
    if not form.is_valid():
        return change_page(request, revision, invitation=form)
    status = tried(request, lambda: _invited(revision, form.cleaned_data["handle"], request.user))
    return change_page(request, revision, status=status) if status == 409 else redirect(revision)


def _invited(revision: Revision, member: Member, by: Member) -> str:
    drafts.invite(revision, member, by=by)
    return f"{member.first_name} is asked to write with you."


@member_post("editorial:revision")
def uninvite(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an invitation back, or one's own name off the draft."""
    revision = writable(request, pk)
    asked = request.POST.get("member", "")
    found = next((one.member for one in revision.co_authors.all() if str(one.member_id) == asked), None)
    if found is None:
        raise Http404
    status = tried(request, lambda: _uninvited(revision, found, request.user))
    if status == 409:
        return change_page(request, revision, status=status)
    return redirect("editorial:mine") if found == request.user and not status else redirect(revision)


def _uninvited(revision: Revision, member: Member, by: Member) -> str:
    drafts.uninvite(revision, member, by=by)
    return "You do not write this draft any more." if member == by else "The invitation is taken back."


@member_post("editorial:revision")
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose that this version comes back."""
    version = readable(request, pk)
    made: list[Revision] = []
    status = tried(request, lambda: _restored(version, request, made))
    if status == 409:
        return change_page(request, version, status=status)
    return redirect(made[0] if made else version)


def _restored(version: Revision, request: MemberRequest, made: list[Revision]) -> str:
    made.append(proposals.restore(version, by=request.user, note=request.POST.get("note", "")[:200]))
    return "Proposed. Those who keep the text decide, as on every change."


@member_post("editorial:queue", with_arguments=False)
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """Settle a remark."""
    remark = get_object_or_404(SectionComment.objects.select_related("revision"), pk=pk)
    revision = readable(request, remark.revision_id)
    tried(request, lambda: _closed(remark, request.user))
    return redirect(f"{revision.get_absolute_url()}#remark-{remark.pk}")


def _closed(remark: SectionComment, by: Member) -> str:
    comments.close(remark, by=by)
    return "The remark is settled."
