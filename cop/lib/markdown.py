"""Markdown to HTML that is safe to show: markdown-it-py, code colours by Pygments classes, then cleaned by nh3."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Any

import nh3
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

MOST_BRACKETS = 2_000  # the time for links grows with the square of the brackets; no honest text has so many
MEMBER_TEXT_LIMIT = 20_000  # characters; the renderer stays under a second for every text of this size

TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section", "input"}
ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "pre": {"tabindex", "aria-label"},
    "div": {"tabindex", "role", "aria-label"},
    "th": {"scope", "align"},
    "td": {"align"},
    "ol": {"start"},
}
# Spans of kinds that the sheet gives no colour (it knows comments, keywords, strings, numbers) only make pages heavy.
UNCOLOURED = re.compile(r'<span class="(?![cksm])[^"]*">(.*?)</span>', re.DOTALL)
CODE_NAMES = {"sh": "Terminal", "bash": "Terminal", "text": "Output", "": "Text", "python": "Python", "yaml": "YAML"}


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Rendered:
    html: str
    headings: list[Heading] = field(default_factory=list)


def render(text: str, *, anchors: str = "") -> Rendered:
    """Render Markdown.

    text: the source, in CommonMark with tables, strikethrough, bare links and footnotes.
    anchors: a prefix for the ids of headings, where several texts share a page.
    Returns the cleaned HTML and its headings of level 2 and 3 in order. Raises nothing: odd input gives odd text.
    """
    parser = _parser(with_links=text.count("[") <= MOST_BRACKETS)
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    headings = list(_name_headings(tokens, anchors))
    html = parser.renderer.render(tokens, parser.options, environment)
    return Rendered(_clean(html), headings)


def to_plain(text: str) -> str:
    """Markdown as the text part of a mail: links written out, everything else left as its author typed it."""
    return re.sub(r"(?<!!)\[([^\]\n]+)\]\(([^)\s]+)\)", r"\1: \2", text)


@lru_cache(maxsize=2)
def _parser(*, with_links: bool) -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"html": False, "typographer": False}).use(footnote_plugin)
    if not with_links:
        parser.disable(["link", "image", "footnote_inline", "footnote_ref"])
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _clean(html: str) -> str:
    return nh3.clean(
        html, tags=set(TAGS), attributes={name: set(values) for name, values in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"}, link_rel="noopener",
    )  # fmt: skip


def _name_headings(tokens: list[Token], prefix: str) -> Any:
    taken: set[str] = set()
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        level = max(2, int(opening.tag[1]))  # a page has one h1, its title
        plain = "".join(child.content for child in inline.children or [] if child.type in {"text", "code_inline"})
        anchor = base = prefix + (slugify(plain) or "part")
        number = 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        opening.tag = f"h{level}"
        opening.attrSet("id", anchor)
        closing = next(token for token in tokens[tokens.index(inline) :] if token.type == "heading_close")
        closing.tag = opening.tag
        if level <= 3:
            yield Heading(level, plain, anchor)


def _fence(self: RendererHTML, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    language = token.info.strip().split()[0].lower() if token.info.strip() else ""
    name = CODE_NAMES.get(language, language)
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    code = UNCOLOURED.sub(r"\1", highlight(token.content, lexer, HtmlFormatter(nowrap=True)))
    name = nh3.clean_text(name)
    return (
        f'<figure class="code"><figcaption><span>{name}</span></figcaption>'
        f'<pre tabindex="0" aria-label="{name}"><code>{code}</code></pre></figure>\n'
    )


def _table_open(self: RendererHTML, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    label = nh3.clean_text("Table: " + ", ".join(filter(None, _header_cells(tokens[index:]))))
    return f'<div class="scroll wide" tabindex="0" role="group" aria-label="{label}"><table class="table">\n'


def _header_cells(tokens: list[Token]) -> list[str]:
    """The words of the header row, so that tables of one page have different names."""
    head = takewhile(lambda token: token.type != "thead_close", tokens)
    return [token.content for token in head if token.type == "inline"]


def _table_close(self: RendererHTML, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>\n"
