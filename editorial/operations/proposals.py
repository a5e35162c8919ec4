"""What becomes of a proposed change: decided by those who keep the text, never by who wrote it."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from cop.lib import words
from cop.lib.errors import Refused
from editorial.kinds import TextKind, kind_of
from editorial.merge import Merged, merge
from editorial.models import Decision, Revision, Text
from editorial.operations import telling
from editorial.queries.history import newest_of
from editorial.rules import OPEN, WRITABLE, may_decide, writes
from editorial.sections import tidy
from members.models import Member
from members.operations import ledger

Status, Kind = Revision.Status, Decision.Kind
FIRST = "First version"


class NewerVersion(Refused):
    """A newer version came in force since the draft was begun. `newest` is it, `merged` what a merge gives."""

    def __init__(self, words_for_them: str, revision: Revision, newest: Revision, merged: Merged) -> None:
        super().__init__(words_for_them, lost_race=True)
        self.revision, self.newest, self.merged = revision, newest, merged


@transaction.atomic
def propose(revision: Revision, *, by: Member, note: str | None = None, change: str | None = None) -> Revision:
    """Send a draft to those who keep the text. Repeating what waits already changes nothing.

    note: what changes and why; wanted for a text that readers see already. change: of Revision.Change.
    Refused with what is missing by the rules of its kind, where nothing is changed, and, as NewerVersion, where it was
    begun on a version that is no longer in force; then it stays a draft."""
    text, found = _locked(revision)
    if not writes(by, found):
        raise Refused("Only its authors propose this change.")
    if found.status == Status.PROPOSED:
        return found
    if found.status not in WRITABLE:
        raise Refused(f"This is no draft any more: {found.get_status_display().lower()}.", lost_race=True)
    newest = newest_of(text)
    found.note = (found.note if note is None else " ".join(note.split())[:300]) or ("" if newest else FIRST)
    found.change = change if change in Revision.Change.values else found.change
    if newest and newest.pk != found.base_id:
        said = f"Version {newest.number} came in while you wrote. Your text is kept as a draft; look at both together."
        raise NewerVersion(said, found, newest, merged_with(found, newest))
    _refuse_unfit(text, found, newest)
    now = timezone.now()
    found.status, found.proposed_at = Status.PROPOSED, now
    found.save(update_fields=["status", "proposed_at", "note", "change"])
    Decision.objects.create(revision=found, kind=Kind.PROPOSED, by=by, at=now)
    telling.of_a_proposal(found, by)
    return found


@transaction.atomic
def withdraw(revision: Revision, *, by: Member) -> Revision:
    """Take a proposal back. Repeating changes nothing; refused once it is decided."""
    _, found = _locked(revision)
    if not writes(by, found):
        raise Refused("Only its authors take this change back.")
    if found.status == Status.WITHDRAWN:
        return found
    if found.status not in (Status.PROPOSED, Status.CHANGES_ASKED):
        raise Refused("There is nothing to take back: it is decided, or was not proposed.", lost_race=True)
    return _decided(found, Status.WITHDRAWN, Kind.WITHDRAWN, by)


@transaction.atomic
def ask_for_changes(revision: Revision, *, by: Member, reason: str, edition: int | None = None) -> Revision:
    """Give a proposal back to its authors with what they should change; they can go on writing at once."""
    _, found = _to_decide(revision, by, edition)
    found = _decided(found, Status.CHANGES_ASKED, Kind.CHANGES_ASKED, by, reason=_reason(reason))
    telling.of_a_decision(found, by, "Changes are asked for", reason)
    return found


@transaction.atomic
def refuse(revision: Revision, *, by: Member, reason: str, edition: int | None = None) -> Revision:
    """End a proposal without taking it, with the reason."""
    _, found = _to_decide(revision, by, edition)
    found = _decided(found, Status.REFUSED, Kind.REFUSED, by, reason=_reason(reason))
    telling.of_a_decision(found, by, "Not taken", reason)
    return found


@transaction.atomic
def accept(
    revision: Revision, *, by: Member, reason: str = "", waive: str = "", edition: int | None = None
) -> Revision:  # fmt: skip
    """Make a proposal the newest version of its text, and show it to readers in the same transaction.

    by: somebody who keeps the text and did not write this. edition: what they had read. waive: why open comments do not
    matter; without it they stop the acceptance. Where another version came in meanwhile both are merged and the
    decision says so.
    Refused with what is missing; as a lost race where it was decided or changed meanwhile, or where the merge leaves
    something that its author must settle."""
    text, found = _to_decide(revision, by, edition)
    kind, newest = kind_of(text.kind), newest_of(text)
    missing = kind.lacks(found)
    if missing:
        raise Refused(f"This cannot be accepted yet: {'; '.join(missing)}.")
    _waive(found, by, waive)
    noted = _brought_up_to_date(found, newest)
    _refuse_faults(kind, text, found.content)
    found.number = newest.number + 1 if newest and newest.number else 1
    reason = " ".join(filter(None, [reason.strip(), noted]))
    found = _decided(found, Status.ACCEPTED, Kind.ACCEPTED, by, reason=reason)
    kind.apply(text, found)
    _credit(kind, text, found)
    telling.of_a_decision(found, by, "Accepted", reason)
    return found


@transaction.atomic
def restore(version: Revision, *, by: Member, note: str = "") -> Revision:
    """Propose that an old version comes back, as a change like any other. Repeating finds the one that waits."""
    text, found = _locked(version)
    newest = newest_of(text)
    if found.number is None or newest is None:
        raise Refused("Only a version that was in force can come back.")
    if newest.content == found.content:
        raise Refused(f"Version {found.number} says what readers see now.")
    waiting = text.revisions.filter(restores=found, author=by, base=newest, status__in=OPEN).first()
    said = f"Bring back version {found.number}" + (f": {' '.join(note.split())}" if note.strip() else "")
    draft = waiting or Revision.objects.create(
        text=text, base=newest, restores=found, content=found.content, author=by, change=Revision.Change.SUBSTANTIVE,
    )  # fmt: skip
    return propose(draft, by=by, note=said)


def merged_with(revision: Revision, newest: Revision) -> Merged:
    """The draft and a newer version, both begun on the draft's base."""
    base = tidy(revision.base.content) if revision.base else ""
    merged = merge(base, tidy(revision.content), tidy(newest.content))
    return replace(merged, parts=merged.parts or ("",))


def _refuse_unfit(text: Text, found: Revision, newest: Revision | None) -> None:
    if newest and tidy(found.content) == tidy(newest.content):
        raise Refused("Nothing is changed yet: the text reads as the version in force.")
    if not found.content.strip():
        raise Refused("There is no text yet.")
    if not found.note:
        raise Refused("Write what changes and why. It stands in the history.")
    _refuse_faults(kind_of(text.kind), text, found.content)


def _refuse_faults(kind: TextKind, text: Text, content: str) -> None:
    faults = kind.check(text, content)
    if faults:
        raise Refused(f"This is not fit to be shown yet: {'; '.join(faults)}.")


def _waive(found: Revision, by: Member, reason: str) -> None:
    open_ones = found.comments.filter(closed_at=None)
    number = open_ones.count()
    if not number:
        return
    if not reason.strip():
        raise Refused(f"{words.count(number, 'remark is', 'remarks are')} open. Settle them, or say why they can wait.")
    open_ones.update(closed_at=timezone.now(), closed_by=by)
    Decision.objects.create(revision=found, kind=Kind.WAIVED, by=by, reason=reason.strip()[:2000])


def _brought_up_to_date(found: Revision, newest: Revision | None) -> str:
    """Merge with a version that came meanwhile; the words for the decision."""
    if newest is None or newest.pk == found.base_id:
        return ""
    merged = merged_with(found, newest)
    if merged.conflicts:
        said = f"Version {newest.number} came in meanwhile and changed the same places. Ask the author to settle them."
        raise NewerVersion(said, found, newest, merged)
    found.content, found.base = merged.text, newest
    found.save(update_fields=["content", "base"])
    return f"Merged with version {newest.number}, which came in meanwhile."


def _credit(kind: TextKind, text: Text, found: Revision) -> None:
    """For the authors, once each; bringing an old version back is nobody's writing."""
    if found.restores_id:
        return
    verb = kind.credit[0] if found.number == 1 else kind.credit[1]
    what = (text.kind, text.key) if found.number == 1 else ("fix", f"{text.kind}/{text.key}/{found.number}")
    for writer in writers_of(found):
        ledger.record(
            verb, by=writer, kind=what[0], key=what[1][:120], title=text.title, address=text.address,
            topic=text.topic, once=f"{verb}:{writer.pk}:text:{found.pk}",
        )  # fmt: skip


def writers_of(revision: Revision) -> list[Member]:
    """The author and the co-authors who wrote, as far as they are still here."""
    wrote = [one.member for one in revision.co_authors.select_related("member") if one.wrote_at]
    people = [revision.author, *wrote] if revision.author else wrote
    return [one for one in people if one.is_active]


def _to_decide(revision: Revision, by: Member, edition: int | None) -> tuple[Text, Revision]:
    text, found = _locked(revision)
    if not may_decide(by, found):
        raise Refused("A change is decided by those who keep the text, and by nobody on their own.")
    if found.status != Status.PROPOSED:
        raise Refused(f"Somebody was quicker. It now stands at: {found.get_status_display().lower()}.", lost_race=True)
    if edition is not None and edition != found.edition:
        raise Refused("The text was changed after you opened it. Read it once more.", lost_race=True)
    return text, found


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("Write the reason. The author reads it.")
    return reason.strip()[:2000]


def _decided(found: Revision, status: str, kind: str, by: Member, *, reason: str = "") -> Revision:
    now = timezone.now()
    found.status = status
    if status in (Status.ACCEPTED, Status.REFUSED):
        found.decided_at, found.decided_by = now, by
    found.save(update_fields=["status", "number", "decided_at", "decided_by"])
    Decision.objects.create(revision=found, kind=kind, by=by, reason=reason[:2000], at=now)
    return found


def _locked(revision: Revision) -> tuple[Text, Revision]:
    """The text first, because its versions get their numbers one after the other."""
    text = Text.objects.select_for_update(no_key=True).get(pk=revision.text_id)
    found = (
        Revision.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author", "base")
        .get(pk=revision.pk)
    )
    found.text = text
    return text, found
