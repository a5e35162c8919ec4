"""Checks, the tool landscape and outside resources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from cop.home.starter.entries import Entry
from cop.home.starter.kinds.base import Kind, by_slug, day_of, saved, values
from cop.lib.records import Fault
from modules.addresses import key_of
from modules.landscape_files import fault_of, question_of
from modules.models import Article, Check, ExternalResource, Module, Subtopic, Tool, ToolCategory
from modules.operations.checks import save_check
from modules.rules import fault_of_category

CHECK = ("title", "stage", "minutes", "required", "article_id", "before_id")
CATEGORY = ("order", "title", "text", "no_open_known")
TOOL = (
    "name", "category_id", "maker", "licence", "is_open", "runs", "exposure", "sees_secrets", "maturity",
    "maturity_reason", "skills", "summary", "homepage", "checked_on",
)  # fmt: skip
RESOURCE = (
    "url", "title", "kind", "level", "hours", "cost", "why", "module_id", "subtopic_id", "teaches", "status",
)  # fmt: skip


def write_check(entry: Entry, row: Check | None) -> Check:
    """The check with its questions, published."""
    module = Module.objects.get(slug=entry.extra["module"])
    questions: list[Any] = [question_of(question) for question in entry["questions"]]
    return save_check(
        module=module, slug=entry.key, questions=questions, publish=True, title=entry["title"], stage=entry["stage"],
        minutes=entry["minutes"], required=entry.data.get("required", True),
        article=Article.objects.get(module=module, slug=entry["article"]),
        before=Check.objects.filter(slug=entry.data.get("before", "")).first(),
    )  # fmt: skip


def questions_of(check: Any) -> list[Any]:
    return values(check.questions.order_by("order"), "key", "kind", "text", "options", "answer", "explanation")


def faults_of_check(entry: Entry) -> list[Fault]:
    """Questions that cannot be marked, and keys that stand twice."""
    faults, keys = [], set()
    for question in entry["questions"]:
        fault = fault_of(question_of(question))
        if fault or question["key"] in keys:
            said = fault or "its key stands twice"
            faults.append(entry.fault("questions", f"“{question['key']}”: {said}", question.line))
        keys.add(question["key"])
    return faults


def write_category(entry: Entry, row: ToolCategory | None) -> ToolCategory:
    fields = {name: entry.data.get(name, False) for name in CATEGORY}
    category: ToolCategory = saved(ToolCategory, row, {"slug": entry.key}, fields)
    return category


def write_tool(entry: Entry, row: Tool | None) -> Tool:
    fields = {name: entry[name] for name in TOOL if name not in ("category_id", "checked_on")}
    category, checked = ToolCategory.objects.get(slug=entry["category"]), entry["checked_on"]
    more = {"category": category, "checked_on": checked and day_of(checked)}
    tool: Tool = saved(Tool, row, {"slug": entry.key}, fields | more)
    return tool


def faults_of_categories(entries: Iterable[Entry]) -> list[Fault]:
    """Categories that show neither an open tool nor that none is known."""
    categories = []
    tools: dict[str, list[bool]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "tool":
            tools[entry["category"]].append(entry["is_open"])
        elif entry.kind == "tool_category":
            categories.append(entry)
    faults = []
    for category in categories:
        there, none_known = tools[category.key], category.data.get("no_open_known", False)
        if fault := fault_of_category(tools=len(there), open_tools=sum(there), none_known=none_known):
            faults.append(category.fault("slug", fault))
    return faults


def write_resource(entry: Entry, row: ExternalResource | None) -> ExternalResource:
    """Accepted; of nobody in particular."""
    module = Module.objects.get(slug=entry["module"])
    given = ("url", "title", "kind", "level", "hours", "cost", "why")
    fields = {name: entry[name] for name in given} | {"key": key_of(entry["url"])}
    more = {
        "module": module, "subtopic": Subtopic.objects.filter(module=module, slug=entry.data.get("subtopic")).first(),
        "teaches": dict(entry.data.get("teaches", {})), "status": ExternalResource.Status.ACCEPTED,
    }  # fmt: skip
    resource: ExternalResource = saved(ExternalResource, row, {"slug": entry.key}, fields | more)
    return resource


def find_resource(entry: Entry) -> ExternalResource | None:
    """By its name or by its address: members may have suggested the same page meanwhile."""
    found = ExternalResource.objects.filter(slug=entry.key).first()
    return found or ExternalResource.objects.filter(key=key_of(entry["url"])).first()


KINDS = [
    Kind("tool_category", by_slug(ToolCategory), write_category, CATEGORY),
    Kind("tool", by_slug(Tool), write_tool, TOOL),
    Kind("check", by_slug(Check), write_check, CHECK, questions_of),
    Kind("resource", find_resource, write_resource, RESOURCE),
]
