"""Checks, tools and outside resources as they stand in files of content: what a record must look like."""

from __future__ import annotations

from typing import Any

from cop.lib.shapes import (
    Each,
    Many,
    Maybe,
    Optional,
    Ref,
    Shape,
    day,
    depth,
    most,
    one_of,
    slug,
    small,
    texts,
    web_address,
    yes_or_no,
)
from modules import checks, written_answers
from modules.addresses import BadAddress, cleaned
from modules.exposure import Exposure
from modules.models import Check, ExternalResource, Module, Question, Tool

QUESTION: Shape = {
    "key": slug, "kind": one_of(*Question.Kind.values), "text": most(2000), "answers": most(4000),
    "explanation": Optional(most(2000)),
}  # fmt: skip
CHECK: Shape = {
    "slug": slug, "article": Ref("concept"), "stage": one_of(*Check.Stage.values),
    "before": Optional(Ref("check")), "title": most(160), "minutes": small,
    "required": Optional(yes_or_no), "questions": Many(QUESTION),
}  # fmt: skip
CATEGORY: Shape = {
    "slug": slug, "order": small, "title": most(80), "text": most(400), "no_open_known": Optional(yes_or_no),
}  # fmt: skip


def places(value: Any) -> str:
    good = not texts(value) and value and set(value) <= set(Tool.Runs.values)
    return "" if good else f"must be a list of {', '.join(Tool.Runs.values)}"


def page(value: Any) -> str:
    """An address without what only tracks people; so that the file says what the row will say."""
    try:
        return "" if cleaned(str(value)) == value else f"should be {cleaned(str(value))}"
    except BadAddress as fault:
        return str(fault)


def hours(value: Any) -> str:
    good = type(value) in (int, float) and 0 < value < 10_000
    return "" if good else "must be a number above 0"


TOOL: Shape = {
    "slug": slug, "name": most(80), "category": Ref("tool_category"), "maker": most(120), "licence": most(80),
    "is_open": yes_or_no, "runs": places, "exposure": one_of(*Exposure.values), "sees_secrets": yes_or_no,
    "maturity": one_of(*Tool.Maturity.values), "maturity_reason": most(300), "skills": Ref("skill", many=True),
    "summary": most(400), "homepage": web_address, "checked_on": Maybe(day),
}  # fmt: skip
RESOURCE: Shape = {
    "slug": slug, "url": page, "title": most(200), "kind": one_of(*ExternalResource.Kind.values),
    "level": one_of(*Module.Level.values), "hours": hours, "cost": one_of(*ExternalResource.Cost.values),
    "why": most(300), "module": Ref("module"), "subtopic": Optional(slug), "teaches": Optional(Each("skill", depth)),
}  # fmt: skip


def question_of(data: Any) -> dict[str, Any]:
    """A question as the operation takes it, from its mapping."""
    options, answer = written_answers.read(data["kind"], data["answers"])
    rest = {name: data.get(name, "") for name in ("key", "kind", "text", "explanation")}
    return {**rest, "options": options, "answer": answer}


def fault_of(question: dict[str, Any]) -> str:
    return checks.fault_of_question(question["kind"], question["options"], question["answer"])
