"""How a member reads, and where they stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, FilteredRelation, Max, Q, QuerySet
from django.utils import timezone

from cop.lib.headings import Section
from members.models import Member
from modules.models import (
    Article,
    Bookmark,
    Check,
    ItemProgress,
    ReadingMode,
    ReadingNote,
    ReadingPlace,
    ReadingPreference,
    SyllabusItem,
)
from modules.queries.standing import ModuleStanding, Step
from modules.reading import Placed

CONCEPT, LAB = SyllabusItem.Kind.CONCEPT, SyllabusItem.Kind.LAB
ARTICLE = "article"  # the kind of a place in an article; that in a lab is the kind of its item
MOST_PLACES = 20
STILL_WARM = timedelta(days=30)  # what was put aside longer ago is no longer proposed by itself


@dataclass(frozen=True)
class Reading:
    """One reader at one article; for a visitor nothing but the mode.

    chosen: the mode of the reader's settings or persona. mode: that of this page. note: text of the private note.
    edition: names the saving of the note that the page shows. bookmarks: addresses, each with its section."""

    mode: str
    chosen: str
    signals: bool = False
    place: ReadingPlace | None = None
    note: str = ""
    saved_at: datetime | None = None
    bookmarks: frozenset[str] = field(default_factory=frozenset)

    @property
    def edition(self) -> str:
        return self.saved_at.isoformat() if self.saved_at else ""


def reading_of(article: Article, member: Member | None, wanted: str = "") -> Reading:
    """Two queries: settings, consent, place and note at once, and the bookmarks. wanted: the mode for this page."""
    if member is None:
        return Reading(mode_for(wanted), mode_for())
    place = {"kind": ARTICLE, "key": key_of(article)}
    row: Any = (
        Member.objects.filter(pk=member.pk)
        .annotate(
            agreed=FilteredRelation("consents", condition=Q(consents__purpose="reading", consents__given=True)),
            place=FilteredRelation(
                "reading_places", condition=Q(**{f"reading_places__{name}": value for name, value in place.items()})
            ),
            note=FilteredRelation("reading_notes", condition=Q(reading_notes__article=article)),
        )
        .values(
            "reading__mode", "persona__reading_mode", "agreed", "place__section", "place__title", "place__at",
            "note__text", "note__saved_at",
        )
        .get()
    )  # fmt: skip
    chosen = mode_for(row["reading__mode"], row["persona__reading_mode"])
    stands = ReadingPlace(
        member=member, **place, section=row["place__section"], title=row["place__title"], at=row["place__at"]
    )
    return Reading(
        mode=mode_for(wanted, chosen), chosen=chosen, signals=row["agreed"] is not None,
        place=stands if stands.section else None, note=row["note__text"] or "", saved_at=row["note__saved_at"],
        bookmarks=frozenset(_bookmarks_in(article, member)),
    )  # fmt: skip


def worth_resuming(reading: Reading, placed: list[Placed], done_at: datetime | None) -> ReadingPlace | None:
    """The place where the reader stopped, if the text still has it, it is not where everybody begins, and the reader
    has not come to the end since."""
    sections = [one.section.anchor for one in placed if one.section.anchor]
    place = reading.place
    is_over = place is not None and done_at is not None and done_at >= place.at
    return place if place and place.section in sections[1:] and not is_over else None


def mode_for(*wishes: str | None) -> str:
    """The first of the wishes that is a mode; else concept first."""
    return next((wish for wish in wishes if wish in ReadingMode.values), ReadingMode.CONCEPT_FIRST)


def _bookmarks_in(article: Article, member: Member) -> Iterable[str]:
    found = Bookmark.objects.filter(member=member, address__startswith=f"{article.get_absolute_url()}#")
    return found.values_list("address", flat=True)


def sections_of(article: Article) -> list[Section]:
    """As they were rendered; the whole text in one where it was saved before texts had sections."""
    return [Section(**one) for one in article.sections] or [Section(after=article.html)]


@dataclass(frozen=True)
class Around:
    """An article among the rungs of its module. onward: the rung to go on with, the next one that the reader has not
    done. done_at: when the reader marked it as read."""

    item: SyllabusItem | None = None
    before: SyllabusItem | None = None
    after: SyllabusItem | None = None
    onward: SyllabusItem | None = None
    done_at: datetime | None = None


def around(article: Article, member: Member | None) -> Around:
    """One query."""
    rungs = SyllabusItem.objects.placed().filter(module=article.module_id)
    if member is not None:
        own = Q(progress__member=member, progress__state=ItemProgress.State.DONE)
        rungs = rungs.annotate(own=FilteredRelation("progress", condition=own)).annotate(done_at=F("own__done_at"))
    found = list(rungs)
    key = key_of(article)
    place = next((place for place, rung in enumerate(found) if (rung.kind, rung.key) == (CONCEPT, key)), None)
    if place is None:
        return Around()
    return Around(
        item=found[place], before=found[place - 1] if place else None,
        after=found[place + 1] if place + 1 < len(found) else None,
        onward=next((rung for rung in found[place + 1 :] + found[:place] if not getattr(rung, "done_at", None)), None),
        done_at=getattr(found[place], "done_at", None),
    )  # fmt: skip


def key_of(article: Article) -> str:
    return f"{article.module.slug}/{article.slug}"


def place_of(member: Member | None, kind: str, key: str) -> ReadingPlace | None:
    """Where the member stands in an article ("article", "module/slug") or a lab ("lab", "slug")."""
    return ReadingPlace.objects.filter(member=member, kind=kind, key=key).first() if member else None


@dataclass(frozen=True)
class Stand:
    """Where a member stopped. title: of the article or lab. section: words for the section or step."""

    kind: str
    title: str
    section: str
    address: str
    at: datetime


def latest_places(member: Member, limit: int = MOST_PLACES) -> list[Stand]:
    """Where the member stopped, the newest first, as far as the texts are still shown to them. Four queries at most."""
    places = list(ReadingPlace.objects.filter(member=member).order_by("-at", "-pk")[:limit])
    keys = [place.key for place in places if place.kind == LAB]
    labs = {item.key: item for item in SyllabusItem.objects.placed().filter(kind=LAB, key__in=keys)} if keys else {}
    runs = ItemProgress.objects.filter(member=member, item__in=labs.values()).exclude(resume="")
    resumes = dict(runs.values_list("item__key", "resume")) if labs else {}
    texts = _articles_at([place.key for place in places if place.kind == ARTICLE], member)
    found = []
    for place in places:
        if place.kind == LAB and place.key in labs:
            address = resumes.get(place.key) or labs[place.key].address
            found.append(_stand(place, labs[place.key].title, address))
        elif place.key in texts:
            found.append(_stand(place, texts[place.key].title, texts[place.key].get_absolute_url()))
    return found


def _articles_at(keys: list[str], member: Member) -> dict[str, Article]:
    if not keys:
        return {}
    slugs = [key.partition("/")[2] for key in keys]
    found = Article.objects.visible_to(member).filter(slug__in=slugs).select_related("module")
    return {key_of(article): article for article in found}


def _stand(place: ReadingPlace, title: str, address: str) -> Stand:
    return Stand(place.kind, title, place.title, exact(address, place), place.at)


def exact(address: str, place: ReadingPlace) -> str:
    """The address of the text with the section; steps of labs have their ids from their keys."""
    section = place.section
    if place.kind == LAB and not section.startswith("step-"):
        section = f"step-{section}"
    return f"{address.partition('#')[0]}#{section}"


def going_on(
    member: Member, among: list[ModuleStanding], *, now: datetime | None = None
) -> tuple[Step, Stand] | None:  # fmt: skip
    """The newest place of the last weeks in something that the member has not finished, with its rung. One query."""
    return newest_open(warm_places(member, now or timezone.now()), among)


def warm_places(member: Member, now: datetime) -> QuerySet[ReadingPlace]:
    """Where the member stopped in the last weeks, the newest first."""
    found = ReadingPlace.objects.filter(member=member, at__gte=now - STILL_WARM)
    return found.order_by("-at", "-pk")[:MOST_PLACES]


def newest_open(places: Iterable[ReadingPlace], among: list[ModuleStanding]) -> tuple[Step, Stand] | None:
    open_ones: dict[tuple[str, str], Step] = {}
    for one in among:
        for step in one.steps:
            if step.state != "done":
                open_ones[ARTICLE if step.item.kind == CONCEPT else step.item.kind, step.item.key] = step
    for place in places:
        found = open_ones.get((place.kind, place.key))
        if found is not None:
            return found, _stand(place, found.item.title, found.address)
    return None


def notes_of(member: Member) -> list[ReadingNote]:
    """The member's notes with their articles, the newest first."""
    found = ReadingNote.objects.filter(member=member).select_related("article__module")
    return list(found.order_by("-saved_at", "-pk"))


def bookmarks_of(member: Member) -> list[Bookmark]:
    return list(Bookmark.objects.filter(member=member))


def best_scores(member: Member) -> list[Check]:
    """The checks that the member has tried, each with `best` in percent, by module. One query."""
    tried = Check.objects.filter(attempts__member=member).annotate(best=Max("attempts__percent"))
    return list(tried.select_related("module").order_by("module__order", "slug"))


def preference_of(member: Member) -> ReadingPreference:
    """The member's own row, or an unsaved one that leaves all to the persona."""
    return ReadingPreference.objects.filter(member=member).first() or ReadingPreference(member=member)
