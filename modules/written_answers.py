"""Answers of a question as their author writes them: one in a line, right ones with a star in front.

choice: * the right option        order: first thing      number: 19 ± 1       text: an accepted form
        a wrong option                   second thing                                another form
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from modules.checks import CHOICE, NUMBER, ORDER, number_of

HELP = (
    "A choice: one option in each line, a star before each right one. An order: the things in their right order. "
    "A number: the number, then ± and how far off is still right. A short text: the accepted forms."
)
Option = Mapping[str, str]


def read(kind: str, text: str, known: Sequence[Option] = ()) -> tuple[list[Option], Any]:
    """Options and answer from the lines. known: options of before; one whose words stay keeps its key, because the
    attempts name it. What cannot be read gives an empty answer, which no check can be published with."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if kind == NUMBER:
        return [], _number(lines[0] if lines else "")
    if kind not in (CHOICE, ORDER):
        return [], lines
    words = [line.removeprefix("*").strip() for line in lines] if kind == CHOICE else lines
    options = _with_keys(words, known)
    right = [option["key"] for option, line in zip(options, lines, strict=True) if kind == ORDER or line[0] == "*"]
    return options, right


def write(kind: str, options: Sequence[Option], answer: Any) -> str:
    """The lines that `read` understands."""
    if kind == NUMBER:
        return f"{answer['value']} ± {answer['tolerance']}" if isinstance(answer, Mapping) and answer else ""
    if kind == CHOICE:
        return "\n".join(("* " if option["key"] in answer else "") + option["text"] for option in options)
    if kind == ORDER:
        words = {option["key"]: option["text"] for option in options}
        return "\n".join(words[key] for key in answer if key in words)
    return "\n".join(answer)


def _number(line: str) -> Any:
    value, _, tolerance = line.partition("±")
    found, off = number_of(value), number_of(tolerance or "0")
    return {"value": str(found), "tolerance": str(off)} if found is not None and off is not None else {}


def _with_keys(words: Sequence[str], known: Sequence[Option]) -> list[Option]:
    of_before = {option["text"]: option["key"] for option in known}
    free = (name for name in map(_letter, count()) if name not in of_before.values())
    return [{"key": of_before.pop(text, "") or next(free), "text": text} for text in words]


def _letter(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else f"o{number}"
