"""Drafts: beginning, saving, sharing and writing them together. Nothing that somebody wrote is lost."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from cop.lib.errors import Refused
from editorial.kinds import is_kind, kind_of
from editorial.models import CoAuthor, KeptText, Revision, Text
from editorial.queries.history import newest_of
from editorial.rules import WRITABLE, keeps, writes
from editorial.sections import put_back, section_of, tidy
from members.models import Member
from members.operations.notices import notify

Status = Revision.Status
LONGEST = 40_000  # characters that a member saves: some 6,500 words, which the server renders in about a second
MOST_DRAFTS = 30  # of one member, so that nobody fills the tables
MOST_CO_AUTHORS = 10
KEEP_NEWEST = 50  # wordings of one draft that lost a race


class SavedMeanwhile(Refused):
    """Somebody else saved first. `kept` holds the words of whoever came second, `revision` the draft as it is now."""

    def __init__(self, kept: KeptText, revision: Revision) -> None:
        super().__init__(
            "Somebody else saved this draft while you wrote. Nothing is lost: both wordings stand below.",
            lost_race=True,
        )
        self.kept, self.revision = kept, revision


@transaction.atomic
def begin(text: Text, *, by: Member, section: str = "", base: Revision | None = None) -> Revision:
    """A draft of the member on the version in force. Repeating finds the draft that is open, for the same section.

    section: the key of the one section that it changes; empty for the whole text. base: the version that the writer
    had before them, where a newer one has come since. A draft in which nothing was changed yet is set on that version.
    Refused for a text that has no version yet, to all but those who keep or wrote it; for a section that does not
    exist; and with too many drafts open."""
    text = _locked_text(text)
    base = base or newest_of(text)
    if base is None and not _knows(text, by):
        raise Refused("There is no such text to change.")
    content = tidy(base.content) if base else _template(text.kind)
    if section and section_of(content, section) is None:
        raise Refused("This section is not in the text any more. Look at its newest version.")
    found = text.revisions.filter(author=by, status=Status.DRAFT, section=section, restores=None).first()
    if found is None:
        _refuse_too_many(by)
        return Revision.objects.create(text=text, base=base, content=content, section=section, author=by)
    if base and found.base and found.base_id != base.pk and found.content == tidy(found.base.content):
        found.base, found.content = base, content
        found.save(update_fields=["base", "content"])
    return found


@transaction.atomic
def begin_new(kind: str, *, title: str, topic: str, content: str, by: Member) -> Revision:
    """A new text with a free key made from its title, and the draft of its first version, which nobody else sees.

    kind: of an announced TextKind. topic: its stewards will decide. content: empty for the template of the kind.
    Refused without a title, and with too many drafts open."""
    title = " ".join(title.split())[:160]
    if not title:
        raise Refused("Write a title first.")
    _refuse_too_many(by)
    text = Text.objects.create(kind=kind, key=_free_key(kind, title), title=title, topic=topic)
    return Revision.objects.create(
        text=text, content=_fit(content or _template(kind)), author=by, change=Revision.Change.SUBSTANTIVE
    )


def save(
    revision: Revision, *, content: str, by: Member, edition: int, note: str | None = None, change: str | None = None
) -> Revision:  # fmt: skip
    """Save the whole text of a draft. Saving what stands there already changes nothing.

    edition: the number of savings that the writer had seen. Where another saving came first, SavedMeanwhile is raised
    and the content is kept beside the draft. note, change: also saved where they are given.
    Refused to all but its authors, and for what is not a draft any more."""
    content = _fit(content)
    with transaction.atomic():
        found = _locked_draft(revision, by)
        same = found.content == content
        if found.edition == edition or same:
            return _write(found, content, by, note=note, change=change)
        kept = _keep(found, content, by)
    raise SavedMeanwhile(kept, found)


def save_section(
    revision: Revision, *, key: str, content: str, seen: str, by: Member, note: str | None = None,
    change: str | None = None,
) -> Revision:  # fmt: skip
    """Save one section of a draft; others may save other sections at the same time.

    key: of the section. content: its wording, heading included. seen: the mark of the wording that the writer had
    seen (`Section.mark`). Where another changed or took away the section first, SavedMeanwhile is raised and the
    content is kept beside the draft."""
    content = _fit(content)
    with transaction.atomic():
        found = _locked_draft(revision, by)
        section = section_of(found.content, key)
        if section and seen == section.mark:
            whole = put_back(found.content, key, content)
            if len(whole) > len(found.content):
                whole = _fit(whole)
            return _write(found, whole, by, note=note, change=change)
        if section and section.text.strip() == content.strip():
            return found
        kept = _keep(found, content, by, section=key)
    raise SavedMeanwhile(kept, found)


@transaction.atomic
def rebase(revision: Revision, *, content: str, on: Revision, by: Member) -> Revision:
    """Give a draft the wording that its author made of it and of a newer version, and set it on that version.

    A lost race where a still newer version has come, or another saving."""
    _locked_text(revision.text)
    found = _locked_draft(revision, by)
    if newest_of(found.text) != on or found.edition != revision.edition:
        raise Refused("Something newer came in while you chose. Look at both texts once more.", lost_race=True)
    found.base = on
    found.save(update_fields=["base"])
    return _write(found, _fit(content), by)


@transaction.atomic
def share(revision: Revision, *, by: Member, shared: bool = True) -> Revision:
    """Let every member who has the address read the draft, or end that."""
    found = _locked_draft(revision, by)
    found.is_shared = shared
    found.save(update_fields=["is_shared"])
    return found


@transaction.atomic
def invite(revision: Revision, member: Member, *, by: Member) -> CoAuthor:
    """Ask a member to write the draft with its authors; their first saving is the acceptance. Repeating tells nobody.

    Refused for the author, for who is not active or paused, and beyond ten co-authors."""
    found = _locked_draft(revision, by)
    if member.pk == found.author_id:
        raise Refused(f"{member.first_name} wrote this draft.")
    if not member.is_active:
        raise Refused("This member is not active any more.")
    if member.paused_until and member.paused_until >= timezone.localdate():
        raise Refused(f"{member.first_name} takes a pause and is asked for nothing now.")
    known = found.co_authors.filter(member=member).first()
    if known:
        return known
    if found.co_authors.count() >= MOST_CO_AUTHORS:
        raise Refused(f"A draft has at most {MOST_CO_AUTHORS} co-authors.")
    notify(
        member, "text-coauthor", title=f"Write “{found.text.title}” together?",
        text=f"{by.name} asks you to write this draft with them. You are its co-author once you save something in it.",
        address=found.get_absolute_url(), key=f"coauthor:{found.pk}",
    )  # fmt: skip
    return CoAuthor.objects.create(revision=found, member=member)


@transaction.atomic
def uninvite(revision: Revision, member: Member, *, by: Member) -> None:
    """Take back an invitation, or one's own name. Who has written already stays, unless they go themselves."""
    found = _locked_draft(revision, by)
    mine = found.co_authors.filter(member=member)
    if member.pk != by.pk:
        mine = mine.filter(wrote_at=None)
        if found.author_id != by.pk:
            raise Refused("Only the author of the draft takes an invitation back.")
    mine.delete()


@transaction.atomic
def discard(revision: Revision, *, by: Member) -> None:
    """Delete a draft for good; a text that has nothing else goes with it. Only its author may, and only a draft.

    What was proposed once stays, with what was said about it."""
    text = _locked_text(revision.text)
    found = Revision.objects.select_for_update(of=("self",), no_key=True).filter(pk=revision.pk).first()
    if found is None:
        return
    if found.author_id != by.pk:
        raise Refused("Only its author discards a draft.")
    if found.status != Status.DRAFT or found.decisions.exists():
        raise Refused("This was proposed, so it stays in the history. You can withdraw it.", lost_race=True)
    found.delete()
    if not text.revisions.exists():
        text.delete()


@transaction.atomic
def take_up(revision: Revision, *, by: Member) -> Revision:
    """Make a draft again of what was withdrawn or waits for a decision; its history stays."""
    found = _locked(revision)
    if not writes(by, found):
        raise Refused("Only its authors change this.")
    if found.status in WRITABLE:
        return found
    if found.status not in (Status.WITHDRAWN, Status.PROPOSED):
        raise Refused("This is decided already.", lost_race=True)
    found.status = Status.DRAFT
    found.save(update_fields=["status"])
    return found


def _write(
    found: Revision, content: str, by: Member, *, note: str | None = None, change: str | None = None
) -> Revision:
    """The caller holds the lock."""
    now = timezone.now()
    changed = found.content != content
    found.content, found.changed_at = content, now
    found.edition += changed
    found.note = found.note if note is None else " ".join(note.split())[:300]
    found.change = change if change in Revision.Change.values else found.change
    found.save(update_fields=["content", "changed_at", "edition", "note", "change"])
    if changed:
        found.co_authors.filter(member=by, wrote_at=None).update(wrote_at=now)
    return found


def _keep(found: Revision, content: str, by: Member, *, section: str = "") -> KeptText:
    kept, _ = KeptText.objects.get_or_create(revision=found, section=section, content=content, author=by)
    old = found.kept_texts.filter(author=by).order_by("-pk").values_list("pk", flat=True)[KEEP_NEWEST:]
    found.kept_texts.filter(pk__in=list(old)).delete()
    return kept


def _fit(content: str) -> str:
    content = tidy(content)
    if len(content) > LONGEST:
        raise Refused(f"The text has {len(content):,} characters; {LONGEST:,} is the most. Make two of it.")
    return content


def _knows(text: Text, by: Member) -> bool:
    return keeps(by, text) or text.revisions.filter(author=by).exists()


def _template(kind: str) -> str:
    return kind_of(kind).template if is_kind(kind) else ""


def _refuse_too_many(by: Member) -> None:
    """One draft of a member is begun after the other, so that the limit holds for many at once."""
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Revision.objects.filter(author=by, status=Status.DRAFT).count() >= MOST_DRAFTS:
        raise Refused(f"You have {MOST_DRAFTS} drafts open. Propose or discard one first.")


def _free_key(kind: str, title: str) -> str:
    """One new text after the other, until the end of the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"editorial.{kind}"])
    base = slugify(title)[:120].strip("-_") or kind
    taken = set(Text.objects.filter(kind=kind, key__startswith=base).values_list("key", flat=True))
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def _locked_text(text: Text) -> Text:
    return Text.objects.select_for_update(no_key=True).get(pk=text.pk)


def _locked(revision: Revision) -> Revision:
    found = Revision.objects.select_for_update(of=("self",), no_key=True).select_related("text", "author", "base")
    return found.get(pk=revision.pk)


def _locked_draft(revision: Revision, by: Member) -> Revision:
    found = _locked(revision)
    if not writes(by, found):
        raise Refused("Only its authors change this draft.")
    if found.status not in WRITABLE:
        raise Refused(f"This is no draft any more: {found.get_status_display().lower()}.", lost_race=True)
    return found
