from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from cop.home.starter.entries import Entry
from cop.home.starter.kinds.base import Kind, by_slug, values
from cop.lib.errors import Refused
from cop.lib.records import Fault, Parts
from cop.lib.words import day
from labs import files as lab_files
from labs.models import Lab
from labs.operations.writing import save_lab
from members.models import Member
from modules import files
from modules.models import Article, Module
from modules.operations.articles import minutes_to_read, save_article
from modules.operations.catalogue import publish_module, save_module

MODULE = ("order", "title", "promise", "summary", "hours", "level", "glyph")
# Who looks after a text, and until when, is changed without changing the text; so it makes no difference here.
ARTICLE = ("title", "summary", "kind", "body", "sources", "order", "teaches")
ARTICLE_EARLIER = ("title", "summary", "kind", "body", "review_by", "sources", "author_name")
LAB_EARLIER = (
    "order", "title", "aim", "minutes", "exposure", "no_code", "prerequisites", "environment", "local_alternative",
    "introduction", "expected", "reflection", "troubleshooting", "rubric",
)  # fmt: skip
LAB = (*LAB_EARLIER, "teaches", "licence", "may_show_secrets")
UNSIGNED = "The founding members"


def write_module(entry: Entry, row: Module | None) -> Module:
    return save_module(slug=entry.key, subtopics=entry["subtopics"], **{name: entry[name] for name in MODULE})


def find_article(entry: Entry) -> Article | None:
    return Article.objects.filter(module__slug=entry.extra["module"], slug=entry["slug"]).first()


def write_article(entry: Entry, row: Article | None) -> Article:
    return save_article(
        module=Module.objects.get(slug=entry.extra["module"]), slug=entry["slug"], publish=True, note=note(entry),
        owner=named(entry, "owner"), **authorship(entry, row),
        **files.article_fields(entry.data, entry.body),
    )  # fmt: skip


def authorship(entry: Entry, row: Article | Lab | None) -> dict[str, Any]:
    """Author and day of review; the later day stays, because somebody has looked since."""
    author = named(entry, "author")
    days = [files.day_of(entry.data.get("review_by")), row.review_by if row else None]
    review_by: date | None = max(filter(None, days), default=None)
    return {"author": author, "author_name": "" if author else UNSIGNED, "review_by": review_by}


def named(entry: Entry, role: str) -> Member | None:
    """The member whose handle stands in the file."""
    handle = entry.data.get(role)
    return Member.objects.filter(handle=handle, is_active=True).first() if handle else None


def note(entry: Entry) -> str:
    source = f"Content of {entry.extra['origin']}" if entry.extra.get("origin") else "Starter content"
    return f"{source} of {day(timezone.now())}"


def write_lab(entry: Entry, row: Lab | None) -> Lab:
    """The lab and its steps, published; then the module too, as soon as it has what it needs."""
    module = Module.objects.get(slug=entry.extra["module"])
    fields = lab_files.lab_fields(entry.data, lab_files.cut(entry.body))
    lab = save_lab(
        module=module, slug=entry["slug"], publish=True, note=note(entry), **authorship(entry, row), **fields
    )
    with contextlib.suppress(Refused):  # it stays in preparation until its Concept is there
        publish_module(module)
    return lab


def steps_of(lab: Any) -> list[Any]:
    return values(lab.steps.order_by("order"), "key", "order", "title", "body", "minutes", "required")


def faults_of_lab(entry: Entry) -> list[Fault]:
    parts = Parts(entry.data, entry.body, entry.extra["body_line"])
    return lab_files.faults_of_body(entry.file, parts)[1]


def article_file(article: Article, said: Mapping[str, str]) -> str:
    fields = files.fields_of(article, counted=minutes_to_read(article.body))
    return files.write_article(fields, upkeep=files.upkeep_of(article, said))


def lab_file(lab: Lab, said: Mapping[str, str]) -> str:
    return lab_files.write(lab_files.fields_of(lab), upkeep=files.upkeep_of(lab, said))


KINDS = [
    Kind(
        "module",
        by_slug(Module),
        write_module,
        MODULE,
        lambda module: values(module.subtopics.order_by("order"), "slug", "title", "text"),
        as_file=lambda module, said: files.write_module(module),
    ),
    Kind("concept", find_article, write_article, ARTICLE, earlier=ARTICLE_EARLIER, as_file=article_file),
    Kind("lab", by_slug(Lab), write_lab, LAB, steps_of, earlier=LAB_EARLIER, as_file=lab_file),
]
