"""Writing a change: the form, what comes of a lost race, and both texts together where a newer version came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cop.lib.errors import Refused
from editorial.difference import compare
from editorial.forms.writing import MergeForm, WritingForm
from editorial.models import Revision, Text
from editorial.operations import drafts, proposals
from editorial.operations.drafts import SavedMeanwhile
from editorial.operations.proposals import NewerVersion, merged_with
from editorial.queries.history import accepted, newest_of
from editorial.queries.reading import MOST_SECTIONS, shortened
from editorial.rules import WRITABLE
from editorial.sections import Section, put_back, section_of, split, tidy
from editorial.showing import shown
from editorial.views.guards import text_or_404, writable
from members.guards import MemberRequest, member_required

METHODS = ["GET", "HEAD", "POST"]


@dataclass
class Desk:
    """What lies before a writer. section: the key of the one section, or empty. base: the version that they see."""

    text: Text
    draft: Revision | None
    base: Revision | None
    section: str

    @property
    def whole(self) -> str:
        return self.draft.content if self.draft else tidy(self.base.content) if self.base else ""

    @property
    def part(self) -> Section | None:
        return section_of(self.whole, self.section) if self.section else None

    def initial(self) -> dict[str, Any]:
        part, draft = self.part, self.draft
        return {
            "content": part.text.strip("\n") if part else self.whole, "note": draft.note if draft else "",
            "change": draft.change if draft else Revision.Change.MINOR, "edition": draft.edition if draft else 1,
            "base": self.base.number if self.base else None, "seen": part.mark if part else "",
        }  # fmt: skip

    @property
    def address(self) -> str:
        if self.draft:
            plain = reverse("editorial:edit", args=[self.draft.pk])
        else:
            plain = reverse("editorial:propose", args=[self.text.kind, self.text.key])
        return f"{plain}?{urlencode({'section': self.section})}"


@require_http_methods(METHODS)
@member_required
def propose(request: MemberRequest, kind: str, key: str) -> HttpResponse:
    """A change of a text that readers see. Nothing is kept before the first saving; a draft that is open goes on.

    A section that the text does not have leads to the choice of one, because pages name sections on their own."""
    text, section = text_or_404(request, kind, key), request.GET.get("section", "")
    base = newest_of(text)
    if request.method == "POST":
        number = request.POST.get("base", "")
        base = accepted().filter(text=text, number=number if number.isdecimal() and len(number) < 10 else 0).first()
    if base is None:
        raise Http404
    if section and section_of(base.content, section) is None:
        if request.method == "POST":
            raise Http404
        return redirect("editorial:propose", kind, key)
    mine = text.revisions.filter(author=request.user, status=Revision.Status.DRAFT, section=section, restores=None)
    draft = mine.first() if request.method != "POST" else None
    if draft:
        messages.info(request, "You have begun this change already. Here it is.")
        return redirect(Desk(text, draft, draft.base, section).address)
    return _at(request, Desk(text, None, base, section))


@require_http_methods(METHODS)
@member_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on with a draft, as a whole or in one section."""
    draft = writable(request, pk)
    if draft.status not in WRITABLE:
        messages.info(request, "This is no draft any more. Take it back to change it.")
        return redirect(draft)
    section = request.GET.get("section", draft.section)
    if section and section_of(draft.content, section) is None and request.method != "POST":
        section = ""
    return _at(request, Desk(draft.text, draft, draft.base, section))


def _at(request: MemberRequest, desk: Desk) -> HttpResponse:
    is_new = desk.base is None
    if request.method != "POST":
        return _page(request, desk, WritingForm(initial=desk.initial(), is_new=is_new))
    form = WritingForm(request.POST, is_new=is_new)
    if not form.is_valid():
        return _page(request, desk, form)
    if request.POST.get("do") == "preview":
        return _page(request, desk, form, preview=True)
    try:
        return _saved(request, desk, form.cleaned_data)
    except SavedMeanwhile as lost:
        return _conflict(request, desk, form, lost)
    except NewerVersion as lost:
        messages.warning(request, lost.message)
        return _merge_page(request, lost.revision, lost.newest, None, status=409)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, desk, _renewed(form, desk), status=409 if refusal.lost_race else 200)


def _saved(request: MemberRequest, desk: Desk, given: dict[str, Any]) -> HttpResponse:
    """Keep the words first, then propose them if that was asked; so nothing is lost whatever is refused."""
    is_first = desk.draft is None
    draft = desk.draft or drafts.begin(desk.text, by=request.user, section=desk.section, base=desk.base)
    desk.draft = draft
    about = {"note": given["note"], "change": given.get("change"), "by": request.user}
    if desk.section:
        draft = drafts.save_section(draft, key=desk.section, content=given["content"], seen=given["seen"], **about)
    else:
        edition = given["edition"] if not is_first or draft.edition > 1 else draft.edition
        draft = drafts.save(draft, content=given["content"], edition=edition or 0, **about)
    desk.draft = draft
    if request.POST.get("do") == "propose":
        proposals.propose(draft, by=request.user)
        messages.success(request, "Proposed. Those who keep the text are told, and you hear what they decide.")
        return redirect(draft)
    newest = newest_of(desk.text)
    if newest and newest.pk != draft.base_id:
        said = f"Your draft is saved. Version {newest.number} came in while you wrote: look at both together."
        raise NewerVersion(said, draft, newest, merged_with(draft, newest))
    messages.success(request, "Saved as a draft. Only you and those whom you invite see it.")
    return redirect(desk.address if desk.part or not desk.section else draft)


def _renewed(form: WritingForm, desk: Desk) -> WritingForm:
    """The form with the writer's words, set on the draft as it is now."""
    now = desk.initial()
    data = dict(form.data.items())
    data.update({name: str(now[name] or "") for name in ("edition", "base", "seen")})
    form.data = data
    return form


def _conflict(request: MemberRequest, desk: Desk, form: WritingForm, lost: SavedMeanwhile) -> HttpResponse:
    desk.draft = lost.revision
    theirs = desk.part.text if desk.part else "" if desk.section else desk.whole
    return _page(
        request, desk, _renewed(form, desk), status=409, lost=lost, theirs=theirs,
        before_name="Saved by another", after_name="Your words",
        **shortened(compare(theirs, tidy(form.cleaned_data["content"]), everything=True)),
    )  # fmt: skip


def _page(
    request: MemberRequest, desk: Desk, form: WritingForm, *, preview: bool = False, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    if preview:
        more |= _preview(desk, form.cleaned_data["content"])
    sections = split(desk.whole)[:MOST_SECTIONS]
    chooses_part = bool(desk.base and len(sections) > 1 and not (desk.draft or desk.section or form.is_bound))
    context = {
        "text": desk.text, "draft": desk.draft, "base": desk.base, "form": form, "desk": desk, "lost": None,
        "newer": _newer(desk.draft),
        "sections": sections, "chooses_part": chooses_part, "preview": None, "section": "learn",
        "before_name": "Before", "after_name": "After", **more,
    }  # fmt: skip
    return render(request, "texts/write.html", context, status=status)


def _newer(draft: Revision | None) -> Revision | None:
    """The version that came in since the draft was begun."""
    newest = newest_of(draft.text) if draft else None
    return newest if draft and newest and newest.pk != draft.base_id else None


def _preview(desk: Desk, content: str) -> dict[str, Any]:
    content = tidy(content)
    whole = put_back(desk.whole, desk.section, content) if desk.part else content
    before = tidy(desk.base.content) if desk.base else ""
    return {"preview": shown(desk.text.kind, content if desk.part else whole)} | shortened(compare(before, whole))


@require_http_methods(METHODS)
@member_required
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """The draft and the version that came in meanwhile, made into one by its author."""
    draft = writable(request, pk)
    newest = newest_of(draft.text)
    if draft.status not in WRITABLE or newest is None or newest.pk == draft.base_id:
        return redirect(draft)
    if request.method != "POST":
        return _merge_page(request, draft, newest, None)
    form = MergeForm(request.POST, merged=merged_with(draft, newest))
    if not form.is_valid():
        return _merge_page(request, draft, newest, form)
    try:
        if (form.cleaned_data["on"], form.cleaned_data["edition"]) != (newest.pk, draft.edition):
            raise Refused("Something newer came in while you chose. Look at both texts once more.", lost_race=True)
        drafts.rebase(draft, content=form.text(), on=newest, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _merge_page(request, draft, newest, None, status=409)
    messages.success(request, f"Your draft now builds on version {newest.number}. Read it, then propose it.")
    return redirect("editorial:edit", pk)


def _merge_page(
    request: MemberRequest, draft: Revision, newest: Revision, form: MergeForm | None, *, status: int = 200
) -> HttpResponse:  # fmt: skip
    merged = merged_with(draft, newest)
    form = form or MergeForm(initial={"on": newest.pk, "edition": draft.edition}, merged=merged)
    context = {
        "draft": draft, "text": draft.text, "newest": newest, "merged": merged, "form": form, "section": "learn",
        "before_name": f"Version {newest.number}", "after_name": "With your change",
        "newest_name": f"Version {newest.number}",
        **shortened(compare(tidy(newest.content), merged.resolved([one.theirs for one in merged.conflicts]))),
    }  # fmt: skip
    return render(request, "texts/merge.html", context, status=status)
