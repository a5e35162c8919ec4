"""Articles: writing, publishing and reading them."""

from __future__ import annotations

import math
from dataclasses import asdict
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.markdown import render
from cop.lib.records import plain_lines
from editorial.models import Revision
from editorial.operations.versions import hide_versions, keep_version
from members.models import Member
from modules import files
from modules.models import Article, ItemProgress, Module, SyllabusItem
from modules.operations import progress, syllabus
from modules.reading import SECTION_KINDS
from modules.rules import in_words, missing_to_publish_article

KIND = "article"  # of its text, for versions
WORDS_A_MINUTE = 200
RENDERED = ["html", "headings", "sections"]  # what `renew` fills


class Source(TypedDict):
    title: str
    url: str


class ArticleFields(TypedDict, total=False):
    order: int
    title: str
    summary: str
    kind: str
    author: Member | None
    author_name: str
    owner: Member | None
    teaches: dict[str, int]
    body: str
    minutes: int
    review_by: date | None
    sources: list[Source]


@transaction.atomic
def save_article(
    *, module: Module, slug: str, publish: bool = False, by: Member | None = None, note: str = "", keep: bool = True,
    **fields: Unpack[ArticleFields],
) -> Article:  # fmt: skip
    """Write an article, or bring the one at this address up to date; its Markdown is rendered now.

    minutes: to read; counted from the words if left out. publish: also show it to everybody; an article that is shown
    already stays so. by, note: who wrote this wording and what changed, for its version; keep: off where the wording is
    an accepted revision already. Refused where a shown article would lack something, for instance words for an image.
    """
    found = Article.objects.select_for_update().filter(module=module, slug=slug).first()
    article = found or Article(module=module, slug=slug)
    for field, value in fields.items():
        setattr(article, field, value)
    article.body = plain_lines(article.body)
    if "minutes" not in fields:
        article.minutes = minutes_to_read(article.body)
    article.updated_at = timezone.now()
    renew(article)
    article.save(update_fields=[*fields, "minutes", "updated_at", *RENDERED] if found else None)
    if publish or article.is_published:
        show_article(article)
    if keep:
        keep_wording(article, by=by, note=note)
    return article


def keep_wording(article: Article, *, by: Member | None = None, note: str = "") -> Revision:
    """Keep the wording as the newest version of the article's text; of a draft only those who keep it see versions.

    by: who wrote it; the author if left out."""
    writer = by or article.author
    return keep_version(
        kind=KIND, key=item_key(article), title=article.title, content=wording(article), topic=article.module.slug,
        address=article.get_absolute_url() if article.is_published else "", note=note or "Written by its author",
        author=writer, author_name="" if writer else article.author_name, owner=article.owner or article.author,
    )  # fmt: skip


def wording(article: Article) -> str:
    """The article as one text, the form of its versions."""
    return files.write_article(files.fields_of(article, counted=minutes_to_read(article.body)))


def renew(article: Article) -> None:
    """Render the Markdown; the caller saves."""
    rendered = render(article.body, kinds=SECTION_KINDS)
    article.html, article.headings = rendered.html, [asdict(heading) for heading in rendered.headings]
    article.sections = [asdict(section) for section in rendered.sections]


def minutes_to_read(text: str) -> int:
    return max(1, math.ceil(len(text.split()) / WORDS_A_MINUTE))


@transaction.atomic
def publish_article(article: Article, *, by: Member | None = None) -> Article:
    """Show the article to everybody; a Concept takes its place in the module. Refused with what is missing.

    Repeating brings its place in the module up to date."""
    show_article(article)
    keep_wording(article, by=by)
    return article


def show_article(article: Article) -> Article:
    missing = missing_to_publish_article(article)
    if missing:
        raise Refused(f"“{article.title}” cannot be published yet. It still needs {in_words(missing)}.")
    article.status, article.published_at = Article.Status.PUBLISHED, article.published_at or timezone.now()
    article.save(update_fields=["status", "published_at"])
    if article.kind != Article.Kind.CONCEPT:
        syllabus.remove(kind=SyllabusItem.Kind.CONCEPT, key=item_key(article))
        return article
    syllabus.place(
        article.module, kind=SyllabusItem.Kind.CONCEPT, key=item_key(article), title=article.title,
        minutes=article.minutes, address=article.get_absolute_url(), order=article.order,
    )  # fmt: skip
    return article


@transaction.atomic
def take_back_article(article: Article) -> Article:
    """Make the article a draft again; its place in the module is kept for its return."""
    article.status = Article.Status.DRAFT
    article.save(update_fields=["status"])
    syllabus.remove(kind=SyllabusItem.Kind.CONCEPT, key=item_key(article))
    hide_versions(KIND, item_key(article))
    return article


def item_key(article: Article) -> str:
    return f"{article.module.slug}/{article.slug}"


def mark_read(article: Article, *, by: Member) -> ItemProgress:
    """Note that the member has read a Concept. Repeating finds the first; a draft is refused."""
    item = SyllabusItem.objects.placed().filter(kind=SyllabusItem.Kind.CONCEPT, key=item_key(article)).first()
    if item is None:
        raise Refused("Only a published Concept can be marked as read.")
    return progress.complete(item, by=by)
