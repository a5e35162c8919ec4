"""The headings of a Markdown text: an id of its own for each, its kind where it names one, and what stands under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from django.utils.text import slugify
from markdown_it.token import Token

PAGE_IDS = frozenset({"main", "error-summary"})  # of every page; no heading takes them
LONGEST_ANCHOR = 100
MARKS = re.compile(r"(?:#(?P<anchor>[a-z0-9][a-z0-9-]{0,79}))?(?: ?\.(?P<kind>[a-z]{1,20}))?")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str
    kind: str = ""


@dataclass(frozen=True)
class Section:
    """What stands under one heading of level 2, in cleaned HTML. The first one may have no heading: it is the opening.
    Footnotes are a last one without heading.

    first: the first paragraph of words. before: what stands before it, as a figure. after: the rest."""

    anchor: str = ""
    kind: str = ""
    title: str = ""
    heading: str = ""
    before: str = ""
    first: str = ""
    after: str = ""

    @property
    def html(self) -> str:
        head = f'<h2 id="{self.anchor}">{self.heading}</h2>\n' if self.anchor else ""
        return head + self.before + self.first + self.after


def name_headings(tokens: list[Token], prefix: str, kinds: Collection[str]) -> Iterator[Heading]:
    """Give each heading an id of its own. Each token is looked at once, so that many headings cost no more each.

    kinds: those that a heading may name at its end; without them braces stay as typed."""
    used: Counter[str] = Counter()
    taken = set(PAGE_IDS)
    for opening, inline, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type != "heading_open":
            continue
        level = max(2, int(opening.tag[1]))  # a page has one h1, its title
        named, kind = _take_marks(inline, kinds) if kinds else ("", "")
        text = words_of(inline)
        anchor = base = prefix + (named or slugify(text)[:LONGEST_ANCHOR].rstrip("-") or "part")
        while anchor in taken:
            used[base] += 1
            anchor = f"{base}-{used[base] + 1}"
        taken.add(anchor)
        opening.tag = closing.tag = f"h{level}"
        opening.attrSet("id", anchor)
        opening.meta["kind"] = kind
        if level <= 3:
            yield Heading(level, text, anchor, kind)


def words_of(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [] if child.type in {"text", "code_inline"})


def _take_marks(inline: Token, kinds: Collection[str]) -> tuple[str, str]:
    """Take id and kind from the end of a heading; two empty words where it has none, or marks that nobody knows."""
    last = inline.children[-1] if inline.children else None
    if last is None or last.type != "text" or not last.content.endswith("}"):
        return "", ""
    words, _, inside = last.content[:-1].rpartition("{")
    found = MARKS.fullmatch(inside)
    is_bare = not words.strip() and len(inline.children or []) == 1
    if not inside or not found or is_bare or (found["kind"] and found["kind"] not in kinds):
        return "", ""
    last.content = words.rstrip()
    return found["anchor"] or "", found["kind"] or ""


def sections(tokens: list[Token], shown: Callable[[list[Token]], str]) -> list[Section]:
    """The text in its sections. shown: makes cleaned HTML of tokens."""
    return [_section(part, shown) for part in _parts(tokens)]


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens cut before each heading of level 2 that stands in nothing else, and before the footnotes."""
    start = 0
    for index, token in enumerate(tokens):
        if index > start and (_opens_a_section(token) or token.type == "footnote_block_open"):
            yield tokens[start:index]
            start = index
    if tokens:
        yield tokens[start:]


def _opens_a_section(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2" and token.level == 0


def _section(part: list[Token], shown: Callable[[list[Token]], str]) -> Section:
    first, names = part[0], {}
    if first.type == "footnote_block_open":
        return Section(after=shown(part))
    if _opens_a_section(first):
        names = {"anchor": str(first.attrGet("id")), "kind": str(first.meta["kind"]), "title": words_of(part[1])}
        names["heading"], part = shown(part[1:2]), part[3:]
    start = next((place for place in range(len(part)) if _is_paragraph_of_words(part, place)), len(part))
    return Section(
        **names, before=shown(part[:start]), first=shown(part[start : start + 3]), after=shown(part[start + 3 :])
    )


def _is_paragraph_of_words(part: list[Token], place: int) -> bool:
    """Not one that holds a picture and nothing else."""
    opening = part[place]
    return opening.type == "paragraph_open" and opening.level == 0 and bool(words_of(part[place + 1]).strip())
