"""A Markdown text in named parts: front matter, what stands before the first heading, and one part per heading."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import slugify

FRONT_MATTER, BEGINNING = "front-matter", "beginning"
LONGEST_KEY = 100
LINE = re.compile(r"[^\n]*\n|[^\n]+")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
HEADING = re.compile(r" {0,3}##(?:[ \t]+(.*))?$")
CLOSING_HASHES = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
MARKS = re.compile(r"[ \t]*\{(?:#([a-z0-9][a-z0-9-]*))?[^{}\n]*\}[ \t]*$")  # after a heading: its own id, its kind


@dataclass(frozen=True)
class Section:
    """One part. key: its name in addresses and rows. title: its heading in words. text: as written, with heading."""

    key: str
    title: str
    text: str

    @property
    def mark(self) -> str:
        return mark(self.text)


def split(text: str) -> list[Section]:
    """Cut a text into its sections.

    text: Markdown, perhaps with front matter between two lines of `---` at its very beginning. A section begins at
    each heading of the second level; a `## ` inside a code fence is no heading (CommonMark 0.31, sections 4.2 and 4.5).
    Returns the sections in order; the texts of all of them joined are the text again, for every input. Keys are the
    ids that headings give themselves, as `{#keys}`, else their slugs, numbered where two are equal; so they stay while
    other sections come and go. A part that is empty has no section; an empty text has none. Raises nothing. Takes time
    that grows with the length.
    """
    front = _front_matter(text)
    cuts = [(FRONT_MATTER, "Front matter", front)] if front else []
    cuts += _parts(text[len(front) :])
    used: Counter[str] = Counter()
    return [Section(_key(key, title, used), title, part) for key, title, part in cuts]


def section_of(text: str, key: str) -> Section | None:
    """The section with this key, or None where the text has none."""
    return next((section for section in split(text) if section.key == key), None)


def put_back(text: str, key: str, wording: str) -> str:
    """The text with another wording of one section.

    text: the whole. key: of a section in it. wording: what stands there instead; empty takes the section away.
    Returns the new whole; the blank lines around the section and all other sections stay letter by letter. KeyError
    where the text has no such section.
    """
    sections = split(text)
    places = [place for place, section in enumerate(sections) if section.key == key]
    if not places:
        raise KeyError(key)
    place = places[0]
    texts = [section.text for section in sections]
    texts[place] = _with_space_of(texts[place], tidy(wording))
    return "".join(texts)


def mark(wording: str) -> str:
    """A short fingerprint of a wording, by which a later saving sees whether it is still the same."""
    return hashlib.sha256(tidy(wording).encode()).hexdigest()[:20]


def tidy(text: str) -> str:
    """Line ends as on the web's servers, no characters that no database keeps, one line end at the end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = text.encode("utf-8", "replace").decode()
    return text.lstrip("\n").rstrip() + "\n" if text.strip() else ""


def lines_of(text: str) -> list[str]:
    """The lines with their ends; joined they are the text. Only `\\n` ends a line, as in Markdown."""
    return LINE.findall(text)


def in_fences(lines: list[str]) -> list[bool]:
    """For each line whether it belongs to a code fence, its first and last line included."""
    return [fenced for _, fenced in _fenced(lines)]


def _front_matter(text: str) -> str:
    lines = lines_of(text)
    if not lines or lines[0].rstrip() != "---":
        return ""
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == "---":
            return "".join(lines[:number])
    return ""


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Own id, title and wording of each part after the front matter."""
    own, title, part = "", "", list[str]()
    for line, fenced in _fenced(lines_of(text)):
        heading = None if fenced else HEADING.match(line.rstrip("\r\n"))
        if heading:
            if part:
                yield own, title or "Beginning", "".join(part)
            (own, title), part = _named(heading[1] or ""), []
        part.append(line)
    if part:
        yield own, title or "Beginning", "".join(part)


def _named(heading: str) -> tuple[str, str]:
    """The id that the heading gives itself, and its words."""
    marks = MARKS.search(heading)
    words = CLOSING_HASHES.sub("", heading[: marks.start()] if marks else heading).strip()
    return (marks[1] or "" if marks else "")[:LONGEST_KEY], words or "Without a heading"


def _fenced(lines: list[str]) -> Iterator[tuple[str, bool]]:
    opened = ""
    for line in lines:
        fence = FENCE.match(line)
        if not opened:
            # A fence of backticks has none in its first line, as in `code`.
            opened = fence[1] if fence and not (fence[1][0] == "`" and "`" in fence[2]) else ""
            yield line, bool(opened)
        else:
            yield line, True
            if fence and fence[1].startswith(opened) and not fence[2].strip():
                opened = ""


def _key(key: str, title: str, used: Counter[str]) -> str:
    base = key or slugify(title)[:LONGEST_KEY].strip("-_") or "part"
    used[base] += 1
    found = base if used[base] == 1 else f"{base}-{used[base]}"
    while used[base] > 1 and used[found]:
        used[base] += 1
        found = f"{base}-{used[base]}"
    if found != base:
        used[found] += 1
    return found


def _with_space_of(old: str, new: str) -> str:
    """The new wording between the blank lines of the old one."""
    if not old.strip() or not new:
        return new
    return old[: len(old) - len(old.lstrip("\n"))] + new.rstrip() + old[len(old.rstrip()) :]
