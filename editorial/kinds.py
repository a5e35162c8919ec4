"""The kinds of text that have versions. Each app above announces its own when it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

    from editorial.models import Revision, Text
    from members.models import Member


@dataclass(frozen=True)
class TextKind:
    """One kind of text.

    slug: as in the rows and addresses. noun: for people, as "article".
    check: what a content lacks before it can be sent for review, in words; empty where it is fit.
    apply: write an accepted revision to where readers see it; raises Refused, and nothing is accepted then. It may
    change address, title, topic and owner of the text, and saves them.
    topics_kept_by: the topics whose texts the member decides on, as stewards of modules do.
    credit: verbs of the ledger for who wrote a new text and for who mended one.
    kept_by: the numbers of the members who keep a topic, the other way round; they are told what waits for them.
    lacks: what must happen before acceptance, in words, as somebody else trying it; empty where nothing is missing.
    template: what a new text begins with; empty where members start none.
    shown: the content as HTML for the pages of the difference and the preview.
    panel: more HTML for the page of a change, such as a form for who tried a lab; empty where there is nothing.
    """

    slug: str
    noun: str
    check: Callable[[Text, str], list[str]]
    apply: Callable[[Text, Revision], None]
    topics_kept_by: Callable[[Member], set[str]]
    credit: tuple[str, str]
    lacks: Callable[[Revision], list[str]] = lambda revision: []
    kept_by: Callable[[str], set[int]] = lambda topic: set()
    template: str = ""
    shown: Callable[[str], str] | None = None
    panel: Callable[[Revision, HttpRequest], str] = lambda revision, request: ""


_known: dict[str, TextKind] = {}


def announce(*kinds: TextKind) -> None:
    """Make kinds known; repeating changes nothing."""
    _known.update({kind.slug: kind for kind in kinds})


def kind_of(slug: str) -> TextKind:
    """The kind; KeyError for one that no app announced, because that is a fault of the program."""
    return _known[slug]


def is_kind(slug: str) -> bool:
    return slug in _known


def all_kinds() -> list[TextKind]:
    return list(_known.values())
