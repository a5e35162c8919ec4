from __future__ import annotations

import contextlib
from typing import Any

from cop.home.starter import steps
from cop.home.starter.entries import Entry
from cop.home.starter.kinds.base import Kind, by_slug, day_of, values
from cop.lib.errors import Refused
from labs.models import Lab
from labs.operations.writing import StepFields, save_lab
from members.models import Member
from modules.models import Article, Module
from modules.operations.articles import save_article
from modules.operations.catalogue import publish_module, save_module

MODULE = ("order", "title", "promise", "summary", "hours", "level", "glyph")
ARTICLE = ("title", "summary", "kind", "body", "review_by", "sources", "author_name")
LAB = (
    "order", "title", "aim", "minutes", "exposure", "no_code", "prerequisites", "environment", "local_alternative",
    "introduction", "expected", "reflection", "troubleshooting", "rubric",
)  # fmt: skip


def write_module(entry: Entry, row: Module | None) -> Module:
    return save_module(slug=entry.key, subtopics=entry["subtopics"], **{name: entry[name] for name in MODULE})


def find_article(entry: Entry) -> Article | None:
    return Article.objects.filter(module__slug=entry.extra["module"], slug=entry.key).first()


def write_article(entry: Entry, row: Article | None) -> Article:
    author = Member.objects.filter(handle=entry["author"]).first()
    return save_article(
        module=Module.objects.get(slug=entry.extra["module"]), slug=entry.key, publish=True, order=0,
        title=entry["title"], summary=entry["summary"], kind=Article.Kind.CONCEPT, body=entry.body, author=author,
        author_name="" if author else "The founding members", sources=entry["sources"],
        review_by=day_of(entry["review_by"]),
    )  # fmt: skip


def step_fields(cut: list[dict[str, Any]]) -> list[StepFields]:
    return [StepFields(**step) for step in cut]  # type: ignore[typeddict-item]


def write_lab(entry: Entry, row: Lab | None) -> Lab:
    """The lab and its steps, published; then the module too, as soon as it has what it needs."""
    cut, _ = steps.cut(entry)
    module = Module.objects.get(slug=entry.extra["module"])
    fields = {name: entry[name] for name in LAB if name != "introduction"}
    lab = save_lab(
        module=module,
        slug=entry.key,
        introduction=cut.introduction,
        steps=step_fields(cut.steps),
        publish=True,
        **fields,
    )
    with contextlib.suppress(Refused):  # it stays in preparation until its Concept is there
        publish_module(module)
    return lab


def steps_of(lab: Any) -> list[Any]:
    return values(lab.steps.order_by("order"), "key", "order", "title", "body", "minutes", "required")


KINDS = [
    Kind(
        "module",
        by_slug(Module),
        write_module,
        MODULE,
        lambda module: values(module.subtopics.order_by("order"), "slug", "title", "text"),
    ),
    Kind("concept", find_article, write_article, ARTICLE),
    Kind("lab", by_slug(Lab), write_lab, LAB, steps_of),
]
