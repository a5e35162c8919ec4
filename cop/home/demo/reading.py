"""Where the accounts of the demo stopped reading, what they marked and what they wrote beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from members.models import Member
from modules.models import Article, Bookmark, ReadingNote, ReadingPlace
from modules.queries.reading import ARTICLE, key_of


@dataclass(frozen=True)
class Reader:
    """stopped, marked: how many sections from the end. days: since then."""

    handle: str
    module: str
    note: str = ""
    marked: tuple[int, ...] = ()
    stopped: int | None = None
    days: int = 1


READERS = [
    Reader("sayed", "infrastructure-automation", marked=(5,), stopped=5, days=2,
           note="- Ask Adrian for the list of seven questions as a card\n- Our state file: who can read it?"),
    Reader("leo", "software-engineering-principles", stopped=4, days=1),
    Reader("kim", "security-privacy-ip", marked=(4, 2),
           note="For the strategy guide: four classes of data, one example each.\n\nWho owns “internal” here?"),
    Reader("kim", "ai-foundations", marked=(3,)),
    Reader("adrian", "coding-with-ai", marked=(5, 4), note="Place, network, secrets: these go into our template."),
    Reader("maria", "incubators-sigs", marked=(5,), note="Take the eight questions to the Ethics and Security Circle."),
]  # fmt: skip


def make_reading(people: list[Member], *, now: datetime) -> None:
    """A handful of rows for the named accounts, whatever the number of members. One query for the articles."""
    by_handle = {one.handle: one for one in people}
    concepts = Article.objects.published().filter(kind=Article.Kind.CONCEPT).select_related("module")
    texts = {text.module.slug: text for text in concepts}
    for reader in READERS:
        if text := texts.get(reader.module):
            _read(by_handle[reader.handle], text, reader, now - timedelta(days=reader.days))


def _read(member: Member, text: Article, reader: Reader, at: datetime) -> None:
    sections = [one for one in text.headings if one["level"] == 2]
    if reader.note:
        ReadingNote.objects.create(member=member, article=text, text=reader.note, saved_at=at)
    for place in reader.marked:
        section = sections[-place]
        Bookmark.objects.create(
            member=member, address=f"{text.get_absolute_url()}#{section['anchor']}",
            title=f"{text.title}: {section['text']}"[:200], at=at,
        )  # fmt: skip
    if reader.stopped:
        section = sections[-reader.stopped]
        ReadingPlace.objects.create(
            member=member, kind=ARTICLE, key=key_of(text), section=section["anchor"], title=section["text"], at=at
        )
