"""Modules and articles as files: what stands in a community's repository of content, and what versions are made of.

An article is one text: front matter, then its Markdown. Who looks after it and until when (`UPKEEP`) stands in files of
a repository, but is no part of the wording that people propose and compare."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cop.lib import records, shapes, writing
from cop.lib.records import ContentError, Fault, Parts
from modules.models import Article, Module

UPKEEP = ("author", "owner", "review_by")
MODULE: shapes.Shape = {
    "slug": shapes.slug, "order": shapes.small, "title": shapes.most(80), "promise": shapes.most(240),
    "summary": shapes.most(1000), "hours": shapes.number,
    "level": shapes.one_of(*Module.Level.values), "glyph": shapes.one_of(*Module.Glyph.values),
    "subtopics": shapes.Many({"slug": shapes.slug, "title": shapes.most(120), "text": shapes.most(400)}),
}  # fmt: skip
ARTICLE: shapes.Shape = {
    "slug": shapes.Optional(shapes.slug), "title": shapes.most(160),
    "kind": shapes.Optional(shapes.one_of(*Article.Kind.values)), "order": shapes.Optional(shapes.small),
    "summary": shapes.most(400), "author": shapes.Optional(shapes.text), "owner": shapes.Optional(shapes.text),
    "review_by": shapes.Optional(shapes.day), "minutes": shapes.Optional(shapes.small),
    "teaches": shapes.Optional(shapes.Each("skill", shapes.depth)),
    "sources": shapes.Many({"title": shapes.text, "url": shapes.web_address}),
}  # fmt: skip


def day_of(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(value)


def article_fields(data: Mapping[str, Any], body: str) -> dict[str, Any]:
    """What `save_article` takes, from front matter that has the right shape and the Markdown below it.

    Without author, owner and day of review; minutes only where the file names them."""
    fields = {
        "title": data["title"], "summary": data["summary"], "kind": data.get("kind", Article.Kind.CONCEPT.value),
        "order": data.get("order", 0), "teaches": dict(data.get("teaches", {})),
        "sources": [dict(source) for source in data["sources"]], "body": body,
    }  # fmt: skip
    return fields | ({"minutes": data["minutes"]} if data.get("minutes") else {})


def read_article(text: str, *, file: str = "article.md", known: shapes.Known | None = None) -> dict[str, Any]:
    """The fields of an article that stands in a file, as `article_fields`; its slug too, where the file names it.

    known: slugs by kind, to check what the text refers to. Raises ContentError with every fault by line and key."""
    parts = check_article(text, file=file, known=known)
    slug = {"slug": parts.data["slug"]} if "slug" in parts.data else {}
    return slug | article_fields(parts.data, parts.body)


def check_article(text: str, *, file: str = "article.md", known: shapes.Known | None = None) -> Parts:
    parts = records.split(text, file)
    faults = shapes.faults_of(file, parts.data, ARTICLE, known or {})
    if not parts.body:
        faults.append(Fault(file, parts.body_line, "text", "is missing"))
    if faults:
        raise ContentError(faults)
    return parts


def write_article(fields: Mapping[str, Any], *, upkeep: Mapping[str, str] | None = None) -> str:
    """The file of an article. fields: as `read_article` gives them. upkeep: what to say of `UPKEEP`."""
    kept = upkeep or {}
    kind, order, minutes = fields.get("kind", Article.Kind.CONCEPT), fields.get("order", 0), fields.get("minutes")
    front_matter = [
        f"slug: {writing.word(fields['slug'])}" if fields.get("slug") else "",
        f"title: {writing.quoted(fields['title'])}",
        "" if kind == Article.Kind.CONCEPT else f"kind: {kind}",
        f"order: {order}" if order else "",
        f"summary: {writing.quoted(fields['summary'])}",
        *upkeep_lines(kept),
        f"minutes: {minutes}" if minutes else "",
        writing.numbers("teaches", fields["teaches"]) if fields.get("teaches") else "",
        writing.records("sources", fields["sources"], ["title", "url"]),
    ]
    return writing.file(front_matter, records.trimmed(fields["body"]))


def upkeep_lines(kept: Mapping[str, str]) -> list[str]:
    """Handles of author and owner, and the day of review."""
    people = [f"{name}: {writing.word(kept[name])}" for name in ("author", "owner") if kept.get(name)]
    return people + ([f"review_by: {writing.quoted(kept['review_by'])}"] if kept.get("review_by") else [])


def upkeep_of(row: Any, said: Mapping[str, str] | None = None) -> dict[str, str]:
    """Author, owner and day of review of an article or a lab, for its file.

    said: what an earlier file said of people who are no members here; it stays until somebody takes the place."""
    found = dict(said or {})
    for name in ("author", "owner"):
        if (person := getattr(row, name, None)) and not person.erased_at:
            found[name] = person.handle
    return found | ({"review_by": row.review_by.isoformat()} if row.review_by else {})


def fields_of(article: Article, *, counted: int) -> dict[str, Any]:
    """The fields of an article in the database. counted: the minutes that its words alone would give."""
    return {
        "slug": article.slug, "title": article.title, "kind": article.kind, "order": article.order,
        "summary": article.summary, "teaches": article.teaches, "sources": article.sources, "body": article.body,
    } | ({"minutes": article.minutes} if article.minutes != counted else {})  # fmt: skip


def write_module(module: Module) -> str:
    """The file of a module with its subtopics."""
    subtopics = [{"slug": one.slug, "title": one.title, "text": one.text} for one in module.subtopics.all()]
    lines = [
        f"slug: {writing.word(module.slug)}",
        f"order: {module.order}",
        *(f"{name}: {writing.quoted(getattr(module, name))}" for name in ("title", "promise", "summary")),
        f"hours: {hours(module.hours)}",
        f"level: {module.level}",
        f"glyph: {module.glyph}",
        "subtopics:" if subtopics else "subtopics: []",
    ]
    for one in subtopics:
        lines += [f"  - slug: {writing.word(one['slug'])}"]
        lines += [f"    {name}: {writing.quoted(one[name])}" for name in ("title", "text")]
    return "\n".join(lines) + "\n"


def hours(value: Decimal | float) -> str:
    """Without an empty decimal, as people write it."""
    return f"{value:.1f}".removesuffix(".0")
