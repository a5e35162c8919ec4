"""Labs as files: front matter, then the introduction and a heading with its key and minutes for each step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from cop.lib import records, shapes, writing
from cop.lib.records import ContentError, Fault, Parts
from editorial.sections import in_fences
from labs.models import Lab
from modules.exposure import Exposure
from modules.files import upkeep_lines

SHAPE: shapes.Shape = {
    "slug": shapes.Optional(shapes.slug), "title": shapes.most(160), "order": shapes.Optional(shapes.small),
    "aim": shapes.most(300), "minutes": shapes.small, "exposure": shapes.one_of(*Exposure.values),
    "no_code": shapes.yes_or_no, "may_show_secrets": shapes.Optional(shapes.yes_or_no),
    "teaches": shapes.Optional(shapes.Each("skill", shapes.depth)),
    "licence": shapes.Optional(shapes.licence), "author": shapes.Optional(shapes.text),
    "review_by": shapes.Optional(shapes.day), "prerequisites": shapes.texts,
    "environment": shapes.most(400, shapes.text_or_empty),
    "local_alternative": shapes.most(600, shapes.text_or_empty), "expected": shapes.text,
    "reflection": shapes.most(400, shapes.text_or_empty),
    "troubleshooting": shapes.Many({"problem": shapes.text, "cure": shapes.text}),
    "rubric": shapes.Many({"name": shapes.text, "text": shapes.text}),
}  # fmt: skip
STEP = re.compile(
    r"## (?P<title>.+?) \{#(?P<key>[-a-zA-Z0-9_]{1,50}) minutes=(?P<minutes>\d{1,4})(?P<optional> optional)?\}[ \t]*"
)
FORM = "must look like “## Title {#step-key minutes=8}”"
# A heading of the second level inside a step stands one space further right than it was written.
MOVED, TO_MOVE = re.compile(r" +## "), re.compile(r" *## ")
OPENED = re.compile(r" {0,3}(`{3,}|~{3,})")


class Step(TypedDict):
    key: str
    title: str
    body: str
    minutes: int
    required: bool


@dataclass(frozen=True)
class Cut:
    """The text below the front matter in its parts, and what is wrong with it: line and problem."""

    introduction: str
    steps: list[Step]
    problems: list[tuple[int, str]]

    @property
    def minutes(self) -> int:
        return sum(step["minutes"] for step in self.steps if step["required"])


def cut(body: str, first_line: int = 1) -> Cut:
    """Cut at each `## Title {#key minutes=N}`; headings inside code blocks are text."""
    lines = body.split("\n")
    introduction: list[str] = []
    parts: list[tuple[re.Match[str], list[str]]] = []
    problems = []
    for number, (line, is_code) in enumerate(zip(lines, in_fences(lines), strict=True), first_line):
        if is_code or not line.startswith("## "):
            text = line[1:] if MOVED.match(line) and not is_code else line
            (parts[-1][1] if parts else introduction).append(text)
        elif found := STEP.fullmatch(line):
            parts.append((found, []))
        else:
            problems.append((number, FORM))
    return Cut(_joined(introduction), [_step(found, text) for found, text in parts], problems)


def _step(found: re.Match[str], lines: list[str]) -> Step:
    return {
        "key": found["key"], "title": found["title"].strip(), "body": _joined(lines),
        "minutes": int(found["minutes"]), "required": not found["optional"],
    }  # fmt: skip


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip("\n")


def faults_of_body(file: str, parts: Parts) -> tuple[Cut, list[Fault]]:
    """What is wrong with the steps: a heading of another form, a key twice, minutes that do not add up."""
    found, data = cut(parts.body, parts.body_line), parts.data
    faults = [Fault(file, line, "step", problem) for line, problem in found.problems]
    keys = [step["key"] for step in found.steps]
    if not keys:
        faults.append(Fault(file, data.line_of("step"), "step", "a lab needs at least one step"))
    elif len(set(keys)) < len(keys):
        faults.append(Fault(file, data.line_of("step"), "step", "each step needs a key of its own"))
    elif data.get("minutes") != found.minutes:
        problem = f"says {data.get('minutes')}, but the required steps add up to {found.minutes}"
        faults.append(Fault(file, data.line_of("minutes"), "minutes", problem))
    return found, faults


def lab_fields(data: Mapping[str, Any], found: Cut) -> dict[str, Any]:
    """What `save_lab` takes, from front matter that has the right shape; without author and day of review."""
    names = ("title", "aim", "minutes", "exposure", "no_code", "environment", "local_alternative", "expected")
    fields = {name: data[name] for name in (*names, "reflection")}
    return fields | {
        "order": data.get("order", 1), "may_show_secrets": data.get("may_show_secrets", False),
        "teaches": dict(data.get("teaches", {})),
        "licence": data.get("licence", "CC-BY-4.0"), "prerequisites": list(data["prerequisites"]),
        "troubleshooting": [dict(one) for one in data["troubleshooting"]],
        "rubric": [dict(one) for one in data["rubric"]], "introduction": found.introduction, "steps": found.steps,
    }  # fmt: skip


def read(text: str, *, file: str = "lab.md", known: shapes.Known | None = None) -> dict[str, Any]:
    """The fields of a lab that stands in a file, as `lab_fields`; its slug too, where the file names it.

    known: slugs by kind, to check what the text refers to. Raises ContentError with every fault by line and key."""
    parts = records.split(text, file)
    found, faults = faults_of_body(file, parts)
    faults = shapes.faults_of(file, parts.data, SHAPE, known or {}) + faults
    if faults:
        raise ContentError(faults)
    return ({"slug": parts.data["slug"]} if "slug" in parts.data else {}) | lab_fields(parts.data, found)


def write(fields: Mapping[str, Any], *, upkeep: Mapping[str, str] | None = None) -> str:
    """The file of a lab. fields: as `read` gives them. upkeep: what to say of author, and of the day of review."""
    front_matter = [
        f"slug: {writing.word(fields['slug'])}" if fields.get("slug") else "",
        f"title: {writing.quoted(fields['title'])}",
        f"order: {order}" if (order := fields.get("order", 1)) is not None else "",
        f"aim: {writing.quoted(fields['aim'])}",
        f"minutes: {fields['minutes']}",
        f"exposure: {writing.word(fields['exposure']) if fields['exposure'] else writing.quoted('')}",
        f"no_code: {str(fields['no_code']).lower()}",
        f"may_show_secrets: {str(fields.get('may_show_secrets', False)).lower()}",
        writing.numbers("teaches", fields["teaches"]) if fields.get("teaches") else "",
        f"licence: {writing.word(fields['licence'])}" if fields.get("licence") else "",
        *upkeep_lines(upkeep or {}),
        writing.texts("prerequisites", fields["prerequisites"]),
        f"environment: {writing.quoted(fields['environment'])}",
        f"local_alternative: {writing.quoted(fields['local_alternative'])}",
        writing.block("expected", records.plain_lines(fields["expected"])),
        f"reflection: {writing.quoted(fields['reflection'])}",
        writing.records("troubleshooting", fields["troubleshooting"], ["problem", "cure"]),
        writing.records("rubric", fields["rubric"], ["name", "text"]),
    ]
    return writing.file(front_matter, _body(fields["introduction"], fields["steps"]))


def _body(introduction: str, steps: Iterable[Mapping[str, Any]]) -> str:
    parts = [_moved(introduction)]
    for step in steps:
        optional = "" if step["required"] else " optional"
        heading = f"## {_one_line(step['title'])} {{#{step['key']} minutes={step['minutes']}{optional}}}"
        parts += [heading, _moved(step["body"])]
    return records.trimmed("\n\n".join(part for part in parts if part))


def _moved(text: str) -> str:
    """A part as it stands among others: code is closed, and its own headings cannot be taken for steps."""
    lines = closed(text).split("\n")
    return "\n".join(
        f" {line}" if TO_MOVE.match(line) and not is_code else line
        for line, is_code in zip(lines, in_fences(lines), strict=True)
    )


def closed(text: str) -> str:
    """The text without empty lines around it; a code block that nobody ended is ended, as readers see it anyway."""
    inner = records.plain_lines(text).strip("\n")
    lines = inner.split("\n")
    if not in_fences([*lines, "x"])[-1]:
        return inner
    marks = [found[1] for line in lines if (found := OPENED.match(line))]
    longest = [max((mark for mark in marks if mark[0] == sign), key=len, default="") for sign in "`~"]
    fits = (mark for mark in longest if mark and not in_fences([*lines, mark, "x"])[-1])
    return f"{inner}\n{next(fits)}"


def _one_line(text: str) -> str:
    return " ".join(records.plain_lines(text).split("\n")).strip()


def fields_of(lab: Lab) -> dict[str, Any]:
    """The fields of a lab in the database."""
    names = (
        "slug", "title", "order", "aim", "minutes", "exposure", "may_show_secrets", "no_code", "teaches", "licence",
        "prerequisites", "environment", "local_alternative", "expected", "reflection", "troubleshooting", "rubric",
        "introduction",
    )  # fmt: skip
    steps = lab.steps.all()
    step = ("key", "title", "body", "minutes", "required")
    return {name: getattr(lab, name) for name in names} | {
        "steps": [{name: getattr(one, name) for name in step} for one in steps]
    }


def canonical(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as a file can hold them: line ends of one kind, code that is closed, titles of steps on one line."""
    steps = [{**step, "title": _one_line(step["title"]), "body": closed(step["body"])} for step in fields["steps"]]
    expected, introduction = records.plain_lines(fields["expected"]), closed(fields["introduction"])
    return {**fields, "expected": expected, "introduction": introduction, "steps": steps}
