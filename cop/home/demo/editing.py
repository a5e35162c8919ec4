"""What the known accounts do with the texts of others: a change that came in, some that wait, one that came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cop.home.demo.learning import Diary
from cop.lib.markdown import render
from editorial.models import CoAuthor, Decision, Revision, SectionComment, Text
from editorial.sections import BEGINNING, put_back, section_of, split
from members.models import Member

KIND, DAY = "article", timedelta(days=1)
Status, Change, Said = Revision.Status, Revision.Change, Decision.Kind


@dataclass(frozen=True)
class Wish:
    """A change of an article. module: whose Concept. adds: a sentence at the end of its first paragraph."""

    module: str
    who: str
    days: float
    note: str
    adds: str
    change: str = Change.MINOR
    status: str = Status.PROPOSED


WISHES = [
    Wish(
        "ai-foundations", "sayed", 9.2, "Says first for whom the page is, because I nearly left it",
        "You need no mathematics for it, only a task of your own to think of while you read.",
    ),
    Wish(
        "coding-with-ai", "leo", 2.3, "Adds what it cost me to let an agent run over night",
        "On the worst day I had, it rewrote forty files in one night, and we read for two days before we threw them "
        "away.", Change.CONTEXT,
    ),
    Wish(
        "rag-knowledge-management", "kim", 0.4, "A word for readers who write no code",
        "You do not have to program to judge such a system: what you need is ten questions and the page on which each "
        "answer stands.", Change.CONTEXT,
    ),
    Wish(
        "infrastructure-automation", "sayed", 5.1, "Warns about machines that nobody declared",
        "What nobody wrote down is not declared, and the tool will not know that it exists.", Change.SUBSTANTIVE,
        Status.CHANGES_ASKED,
    ),
    Wish(
        "incubators-sigs", "leo", 1.5, "", "Ask the twelve who nodded: two of them will come to a first hour.",
        Change.MINOR, Status.DRAFT,
    ),
]  # fmt: skip
ASKED = "Good point. Please say how one finds such machines: a warning without a next step only worries people."
REMARK = "Would a list of **three commands** fit here, one for each kind of machine? I can send you mine."
LATE = "Where your organisation has somebody for data protection, ask them first: they like early questions."
# What the change that came in has added to the wording of today.
CAME_IN = " It is not legal advice, and your organisation's own rules come first."


def make_editing(people: Sequence[Member], diary: Diary, *, now: datetime) -> None:
    """Before the ledger is closed. What readers see stays; the wording before the change that came in is made."""
    known = {one.handle: one for one in people[:6]}
    texts = {text.topic: text for text in Text.objects.filter(kind=KIND, revisions__number=1).order_by("pk")}
    for wish in WISHES:
        if text := texts.get(wish.module):
            _make(wish, text, known, now)
    if text := texts.get("security-privacy-ip"):
        _make_history(text, known["adrian"], known["maria"], diary, now)
        _make_late(text, known["kim"], now)


def _make(wish: Wish, text: Text, known: dict[str, Member], now: datetime) -> None:
    base = text.revisions.get(number=1)
    at = now - wish.days * DAY
    is_draft = wish.status == Status.DRAFT
    made = Revision.objects.create(
        text=text, base=base, content=_with(base.content, wish.adds), section=BEGINNING, note=wish.note,
        change=wish.change, status=wish.status, author=known[wish.who], created_at=at - DAY / 3, changed_at=at,
        proposed_at=None if is_draft else at, edition=2, is_shared=is_draft,
    )  # fmt: skip
    if is_draft:
        CoAuthor.objects.create(revision=made, member=known["kim"], at=at, wrote_at=at + DAY / 4)
        return
    Decision.objects.create(revision=made, kind=Said.PROPOSED, by=known[wish.who], at=at)
    if wish.status == Status.CHANGES_ASKED:
        Decision.objects.create(revision=made, kind=Said.CHANGES_ASKED, by=known["bart"], reason=ASKED, at=at + DAY)
        SectionComment.objects.create(
            revision=made, section=BEGINNING, author=known["adrian"], body=REMARK, html=render(REMARK).html,
            at=at + 1.4 * DAY,
        )  # fmt: skip


def _make_history(text: Text, author: Member, steward: Member, diary: Diary, now: datetime) -> None:
    """What stands there now becomes the second version; an older wording of it the first."""
    newest = text.revisions.get(number=1)
    if CAME_IN not in newest.content:
        return
    at = now - 60 * DAY
    first_at = now - 150 * DAY
    newest.number, newest.author, newest.author_name = 2, author, ""
    newest.note, newest.change = (
        "Says that the page is no legal advice, as two readers took it for that",
        Change.CONTEXT,
    )
    newest.created_at, newest.changed_at, newest.proposed_at = at - DAY, at, at
    newest.decided_at, newest.decided_by = at + 2 * DAY, steward
    newest.save()
    newest.base = Revision.objects.create(
        text=text, number=1, content=newest.content.replace(CAME_IN, ""), note="Starter content",
        change=Change.SUBSTANTIVE, status=Status.ACCEPTED, author_name="The founding members", created_at=first_at,
        changed_at=first_at, proposed_at=first_at, decided_at=first_at,
    )  # fmt: skip
    newest.save(update_fields=["base"])
    Decision.objects.bulk_create(
        [
            Decision(revision=newest, kind=Said.PROPOSED, by=author, at=at),
            Decision(
                revision=newest, kind=Said.ACCEPTED, by=steward, at=at + 2 * DAY,
                reason="One sentence that saves us many questions. Thank you.",
            ),
        ]
    )  # fmt: skip
    diary.note(
        author, "fix-accepted", "fix", f"{KIND}/{text.key}/2"[:120], text.title, at + 2 * DAY, address=text.address,
        topic=text.topic,
    )  # fmt: skip


def _make_late(text: Text, author: Member, now: datetime) -> None:
    """A draft that was begun before the change came in, at the same place."""
    first = text.revisions.filter(number=1).first()
    if first is None or not text.revisions.filter(base=first).exists():
        return
    Revision.objects.create(
        text=text, base=first, content=_with(first.content, LATE), section=BEGINNING, author=author, edition=2,
        note="Names who answers in most organisations", change=Change.CONTEXT, created_at=now - 61 * DAY,
        changed_at=now - 0.1 * DAY,
    )  # fmt: skip


def _with(content: str, sentence: str) -> str:
    """The content with one more sentence at the end of its first paragraph of plain words."""
    section = section_of(content, BEGINNING) or split(content)[-1]
    first, gap, rest = section.text.strip("\n").partition("\n\n")
    return put_back(content, section.key, f"{first} {sentence}{gap}{rest}")
