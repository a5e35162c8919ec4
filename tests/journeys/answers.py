"""Answering a knowledge check in the browser, with the answers that stand in its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.journeys.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]


def questions_of(module: str, slug: str) -> dict[str, dict[str, Any]]:
    """By their words, as the page shows them."""
    file = ROOT / "content" / "modules" / module / "check.yaml"
    check = next(one for one in yaml.safe_load(file.read_text()) if one["slug"] == slug)
    return {" ".join(one["text"].split()): one for one in check["questions"]}


def take_the_check(visitor: Visitor, module: str, slug: str) -> None:
    """Answer every question right, and see that it is passed."""
    visitor.open(f"/modules/{module}/checks/{slug}/")
    known = questions_of(module, slug)
    for fieldset in visitor.page.locator("fieldset.question").all():
        said = " ".join(fieldset.locator("legend").inner_text().split())
        answer(fieldset, next(one for words, one in known.items() if said.endswith(words)))
    visitor.press("See how it went")
    visitor.sees("Passed with 100 percent.")


def answer(fieldset: Any, question: dict[str, Any]) -> None:
    lines = [line.strip() for line in question["answers"].splitlines() if line.strip()]
    if question["kind"] == "choice":
        for line in lines:
            if line.startswith("* "):
                fieldset.get_by_label(line.removeprefix("* "), exact=True).check()
    elif question["kind"] == "order":
        for place, line in enumerate(lines, 1):
            fieldset.get_by_label(line, exact=True).select_option(label=str(place))
    else:
        fieldset.locator("input").fill(lines[0])
