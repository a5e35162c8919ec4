"""Cutting a lab's Markdown into its introduction and steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cop.home.starter.entries import Entry, Fault

HEADING = re.compile(r"^## (?P<title>.+?) \{#(?P<key>[a-z0-9-]+) minutes=(?P<minutes>\d+)(?P<optional> optional)?\}$")
FENCE = re.compile(r"^(```|~~~)")


@dataclass(frozen=True)
class Cut:
    introduction: str
    steps: list[dict[str, Any]]


def cut(entry: Entry) -> tuple[Cut, list[Fault]]:
    """Cut at each `## Title {#key minutes=N}`; headings inside code blocks are text.

    Returns the parts and what is wrong with them: a heading of another form, a key twice, minutes that do not add up.
    """
    faults: list[Fault] = []
    introduction: list[str] = []
    steps: list[dict[str, Any]] = []
    lines: list[str] = introduction
    inside_code = False
    for number, line in enumerate(entry.body.splitlines(), entry.extra["body_line"]):
        inside_code ^= bool(FENCE.match(line))
        if inside_code or not line.startswith("## "):
            lines.append(line)
            continue
        found = HEADING.match(line)
        if not found:
            faults.append(entry.fault("step", "must look like “## Title {#step-key minutes=8}”", number))
            continue
        lines = []
        steps.append({**_step(found), "lines": lines})
    for step in steps:
        step["body"] = "\n".join(step.pop("lines")).strip()
    faults += _faults_of(entry, steps)
    return Cut("\n".join(introduction).strip(), steps), faults


def _step(found: re.Match[str]) -> dict[str, Any]:
    minutes, required = int(found["minutes"]), not found["optional"]
    return {"key": found["key"], "title": found["title"], "minutes": minutes, "required": required}


def _faults_of(entry: Entry, steps: list[dict[str, Any]]) -> list[Fault]:
    keys = [step["key"] for step in steps]
    if not steps:
        return [entry.fault("step", "a lab needs at least one step")]
    if len(set(keys)) < len(keys):
        return [entry.fault("step", "each step needs a key of its own")]
    total = sum(step["minutes"] for step in steps if step["required"])
    if total != entry["minutes"]:
        return [entry.fault("minutes", f"says {entry['minutes']}, but the required steps add up to {total}")]
    return []
