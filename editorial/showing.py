"""How a content looks to readers, on the pages where nobody reads it yet."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from cop.lib.markdown import render
from editorial.kinds import is_kind, kind_of
from editorial.sections import FRONT_MATTER, split


def shown(kind: str, content: str) -> SafeString:
    """The content as HTML in the way of its kind; where that has none of its own, its Markdown without front matter."""
    own = kind_of(kind).shown if is_kind(kind) else None
    if own:
        return mark_safe(own(content))  # noqa: S308 - the kinds promise cleaned HTML
    body = "".join(section.text for section in split(content) if section.key != FRONT_MATTER)
    return mark_safe(render(body).html)  # noqa: S308 - cleaned by nh3


def noun_of(kind: str) -> str:
    return kind_of(kind).noun if is_kind(kind) else "text"
