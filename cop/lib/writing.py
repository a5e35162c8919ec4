"""Writing records as YAML and Markdown that people like to read; `cop.lib.records` reads the same values back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

# What needs no quotes, and what YAML would take for something else than a text.
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*")
TAKEN = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}
# Characters that YAML reads as line ends, or not at all, unless they are written as numbers.
HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
NO_BLOCK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def word(value: str) -> str:
    """A slug, handle or class: without quotes where YAML leaves it a text."""
    return value if PLAIN.fullmatch(value) and value.lower() not in TAKEN else quoted(value)


def quoted(text: str) -> str:
    """A text on one line, whatever stands in it."""
    line = json.dumps(text, ensure_ascii=False)
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def block(key: str, text: str) -> str:
    """A key with a text of several lines, as its author wrote them where YAML can hold them so."""
    first = text.split("\n", 1)[0]
    is_odd = NO_BLOCK.search(text) or not first.strip() or first[0] in " \t" or text.endswith("\n\n")
    if "\n" not in text or is_odd:
        return f"{key}: {quoted(text)}"
    end = "" if text.endswith("\n") else "-"
    lines = [f"  {line}" if line else "" for line in text.removesuffix("\n").split("\n")]
    return "\n".join([f"{key}: |{end}", *lines])


def texts(key: str, values: Sequence[str]) -> str:
    """A key with a list of texts, one on each line."""
    return "\n".join([f"{key}:", *(f"  - {quoted(value)}" for value in values)]) if values else f"{key}: []"


def records(key: str, rows: Sequence[Mapping[str, str]], names: Sequence[str]) -> str:
    """A key with a list of mappings that have these keys."""
    if not rows:
        return f"{key}: []"
    lines = [f"{key}:"]
    for row in rows:
        pairs = [f"{name}: {quoted(str(row.get(name, '')))}" for name in names]
        lines += [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
    return "\n".join(lines)


def numbers(key: str, values: Mapping[str, int]) -> str:
    """A key with numbers by slug, the highest first."""
    pairs = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))
    return f"{key}: {{{', '.join(f'{word(slug)}: {number}' for slug, number in pairs)}}}"


def file(front_matter: Iterable[str], body: str) -> str:
    """A Markdown file; lines of the front matter that are empty are left out."""
    head = "\n".join(line for line in front_matter if line)
    return f"---\n{head}\n---\n\n{body}" if body else f"---\n{head}\n---\n"
