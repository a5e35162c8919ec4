"""Markdown to HTML that is safe to show: markdown-it-py, code colours by Pygments classes, then cleaned by nh3."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from cop.lib.headings import Heading, Section, name_headings, sections
from cop.lib.pictures import size_of

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
# Spans of kinds that the sheet gives no colour only make pages heavy. It knows comments, keywords, strings, numbers,
# and in a difference what was taken away and what came in.
UNCOLOURED = re.compile(r'<span class="(?![cksm]|g[di]")[^"]*">(.*?)</span>', re.DOTALL)
CLEANER = nh3.Cleaner(
    tags=set(TAGS), attributes={name: set(values) for name, values in ATTRIBUTES.items()},
    url_schemes={"http", "https", "mailto"}, link_rel="noopener",
)  # fmt: skip
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^`\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
BOLD_OR_CODE = re.compile(r"`[^`\n]+`|\*\*(?=\S)(?P<bold>(?:`[^`\n]*`|[^`*\n]|\*(?!\*)|\n(?![ \t]*\n))+)(?<=\S)\*\*")
LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^)\s]{1,2000})\)")
CODE_NAMES = {"sh": "Terminal", "bash": "Terminal", "text": "Output", "": "Text", "python": "Python", "yaml": "YAML"}


@dataclass(frozen=True)
class Rendered:
    html: str
    headings: list[Heading] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def render(text: str, *, anchors: str = "", bare_links: bool = True, kinds: Collection[str] = ()) -> Rendered:
    """Render Markdown.

    text: the source, in CommonMark with tables, strikethrough, bare links and footnotes.
    bare_links: also make links of addresses that stand in the text as they are.
    anchors: a prefix for the ids of headings, where several texts share a page.
    kinds: those that a heading may name at its end, as in `## Where it fails {#limits .risks}`, with an id, a kind or
    both; the sections are given back too. Without kinds, and with anything else in them, braces stay as typed.
    Returns the cleaned HTML and its headings of level 2 and 3 in order. Raises nothing: odd input gives odd text.
    """
    parser = _parser(with_links=text.count("[") <= MOST_BRACKETS, bare_links=bare_links)
    environment: dict[str, Any] = {}
    tokens = parser.parse(text, environment)
    headings = list(name_headings(tokens, anchors, kinds))
    _size_images(tokens)

    def shown(part: list[Token]) -> str:
        return CLEANER.clean(parser.renderer.render(part, parser.options, environment))

    parts = sections(tokens, shown) if kinds else []
    return Rendered("".join(part.html for part in parts) if kinds else shown(tokens), headings, parts)


def to_plain(text: str) -> str:
    """Markdown as the text part of a mail: links written out, bold words without their stars, one blank line at most
    between paragraphs. Fenced code and everything else stay as their author typed them."""
    parts, end = [], 0
    for fence in FENCE.finditer(text):
        parts += [_plain_words(text[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join([*parts, _plain_words(text[end:])])


def _plain_words(text: str) -> str:
    text = LINK.sub(r"\1: \2", text)
    text = BOLD_OR_CODE.sub(lambda found: found["bold"] or found[0], text)
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", text)


@lru_cache(maxsize=4)
def _parser(*, with_links: bool, bare_links: bool) -> MarkdownIt:
    parser = MarkdownIt("gfm-like", {"html": False, "typographer": False}).use(footnote_plugin)
    if not bare_links:
        parser.disable("linkify")
    if not with_links:
        parser.disable(["link", "image", "footnote_inline", "footnote_ref"])
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _size_images(tokens: list[Token]) -> None:
    """Say how large our own pictures are, so that nothing moves when they arrive; all but the first load when near."""
    images = [child for token in tokens for child in token.children or [] if child.type == "image"]
    for number, image in enumerate(images):
        if number:
            image.attrSet("loading", "lazy")
        if size := size_of(str(image.attrGet("src"))):
            image.attrSet("width", str(size[0]))
            image.attrSet("height", str(size[1]))


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=False)


def _fence(self: RendererHTML, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    language = token.info.strip().split()[0].lower() if token.info.strip() else ""
    name = CODE_NAMES.get(language, language)
    code = UNCOLOURED.sub(r"\1", highlight(token.content, _lexer(language), HtmlFormatter(nowrap=True)))
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
