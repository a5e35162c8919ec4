"""Words for the templates of texts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from editorial.difference import ADDED, REMOVED, Difference, Span, compare
from editorial.merge import Conflict
from editorial.showing import noun_of

register = template.Library()
MARKS = {REMOVED: ("del", "removed"), ADDED: ("ins", "added")}


@register.filter
def spans(found: Iterable[Span]) -> SafeString:
    """The words of a paragraph; what went or came is marked, and said in words to those who hear the page."""
    return mark_safe("".join(_html(span) for span in found))  # noqa: S308 - every text is escaped


@register.filter
def wordings(conflict: Conflict) -> Difference:
    """What the version in force and the draft say at a place that both changed."""
    return compare(conflict.theirs, conflict.mine, everything=True)


@register.filter
def noun(kind: str) -> str:
    """What people call a text of this kind, as “article”."""
    return noun_of(kind)


def _html(span: Span) -> str:
    words = escape(span.text)
    if span.kind not in MARKS:
        return words
    tag, said = MARKS[span.kind]
    begin, end = (f'<span class="visually-hidden"> {word} </span>' for word in (f"{said}:", "end."))
    return f"<{tag}>{begin}{words}{end}</{tag}>"
