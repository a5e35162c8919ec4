"""How members read: their mode, where they stopped, bookmarks and notes. Everybody writes their own only."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.words import clock, count
from members.models import Member
from members.operations import consents
from members.queries.consents import has_given
from modules.models import (
    NOTE_LIMIT,
    Article,
    Bookmark,
    ItemProgress,
    ReadingMode,
    ReadingNote,
    ReadingPlace,
    ReadingPreference,
    SyllabusItem,
)
from modules.operations.articles import mark_read

SIGNALS = "reading"  # the consent to note when somebody reaches the end of a Concept
MOST_BOOKMARKS = 500
SECTION = re.compile(r"[\w-]{1,120}", re.ASCII)


@transaction.atomic
def prefer(*, by: Member, mode: str | None = None, one_step: bool | None = None, signals: bool | None = None) -> None:
    """Keep how the member reads; what is left out stays as it is.

    mode: empty for that of the persona. signals: the consent to mark a Concept as read when its end is reached."""
    if mode and mode not in ReadingMode.values:
        raise Refused("There is no such way of reading. Choose one of those on the page.")
    wanted = {"mode": mode, "one_step": one_step}
    fields = {name: value for name, value in wanted.items() if value is not None}
    if fields:
        ReadingPreference.objects.update_or_create(member=by, defaults=fields)
    if signals is not None:
        consents.decide(by, {SIGNALS: signals}, by=by)


@transaction.atomic
def keep_place(
    kind: str, key: str, *, section: str, title: str = "", by: Member, now: datetime | None = None
) -> bool:  # fmt: skip
    """Note where the member is in an article or lab; an older word never replaces a newer one.

    False, and nothing kept, for a kind or text that is not there for this member, or a section that it does not have.
    The title of an article's section is taken from the article."""
    title = title.strip()[:160]
    if kind == "article":
        title = _title_of_section(key, section, by)
    elif not _is_a_lab(kind, key) or not SECTION.fullmatch(section):
        return False
    if not title:
        return False
    now = now or timezone.now()
    place = ReadingPlace(member=by, kind=kind, key=key, section=section, title=title, at=now)
    if not _move(place):
        ReadingPlace.objects.bulk_create([place], ignore_conflicts=True)
        _move(place)  # what another device made at the same moment may be older
    return True


def _move(place: ReadingPlace) -> bool:
    """Bring the row of this text up to the place; False where there is none, or a newer one."""
    older = ReadingPlace.objects.filter(member=place.member, kind=place.kind, key=place.key, at__lte=place.at)
    return bool(older.update(section=place.section, title=place.title, at=place.at))


def _title_of_section(key: str, section: str, member: Member) -> str:
    module, _, slug = key.partition("/")
    article = Article.objects.visible_to(member).filter(module__slug=module, slug=slug).first()
    headings = article.headings if article else []
    return next((str(one["text"])[:160] for one in headings if one["anchor"] == section and one["level"] == 2), "")


def _is_a_lab(kind: str, key: str) -> bool:
    """Labs stand above this app, which knows those that were placed in a module, also if they are withdrawn now."""
    return kind == SyllabusItem.Kind.LAB and SyllabusItem.objects.filter(kind=kind, key=key).exists()


def forget_places(*, by: Member) -> int:
    """Forget where the member stopped, everywhere."""
    return ReadingPlace.objects.filter(member=by).delete()[0]


@transaction.atomic
def keep_bookmark(address: str, *, title: str, by: Member) -> Bookmark:
    """Keep a place of this site; the caller has made sure that it is one. Repeating finds the first."""
    title = title.strip()
    if not title or len(title) > 200 or len(address) > 400:
        raise Refused("This place cannot be bookmarked.")
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # the limit holds for many at once
    found = Bookmark.objects.filter(member=by, address=address).first()
    if found is None and by.bookmarks.count() >= MOST_BOOKMARKS:
        raise Refused(f"You have {MOST_BOOKMARKS} bookmarks, and more do not fit. Remove some that you no longer need.")
    return found or Bookmark.objects.get_or_create(member=by, address=address, defaults={"title": title})[0]


def remove_bookmark(address: str, *, by: Member) -> None:
    """Repeating changes nothing."""
    Bookmark.objects.filter(member=by, address=address).delete()


@transaction.atomic
def save_note(article: Article, text: str, *, by: Member, seen: str = "") -> ReadingNote | None:
    """Keep the member's private note; an empty one goes away and None is given back. Line ends are counted once.

    seen: the `edition` of the note that the writer had before them; a note that was saved elsewhere meanwhile is not
    written over. Refused over the limit; nothing is cut off."""
    text = text.replace("\r\n", "\n")
    if len(text) > NOTE_LIMIT:
        over = count(len(text) - NOTE_LIMIT, "character")
        raise Refused(f"The note is {over} too long; {NOTE_LIMIT:,} fit. Shorten it and save again.")
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # two first savings must not both find nothing
    found = ReadingNote.objects.filter(member=by, article=article).first()
    if found and found.text == text:
        return found
    if found and edition(found) != seen:
        raise Refused(
            f"This note was saved elsewhere at {clock(found.saved_at)}. Your text is still in the field; bring the two "
            "together and save again.", lost_race=True,
        )  # fmt: skip
    if not text.strip():
        ReadingNote.objects.filter(member=by, article=article).delete()
        return None
    fields = {"text": text, "saved_at": timezone.now()}
    return ReadingNote.objects.update_or_create(member=by, article=article, defaults=fields)[0]


def edition(note: ReadingNote | None) -> str:
    """Names one saving of a note, for `save_note`."""
    return note.saved_at.isoformat() if note else ""


def reach_end(article: Article, *, by: Member) -> ItemProgress | None:
    """The member has come to the end of a Concept: it counts as read if they agreed to that, otherwise nothing is
    noted and None is given back."""
    return mark_read(article, by=by) if has_given(by, SIGNALS) else None
