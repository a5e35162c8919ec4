"""The kinds of message that the site sends to a person. Each app announces its own when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

MAIL, DIGEST, SITE = "mail", "digest", "site"


@dataclass(frozen=True)
class NoticeKind:
    """One kind of message.

    slug: as in the rows. title: in the member's settings. usual: the way it comes while the member chose no other.
    fixed: security and registration mail, which cannot be switched off and stands outside quiet hours and budget.
    """

    slug: str
    title: str
    usual: str = MAIL
    fixed: bool = False


_known: dict[str, NoticeKind] = {}


def announce(*kinds: NoticeKind) -> None:
    """Make kinds known; repeating changes nothing."""
    _known.update({kind.slug: kind for kind in kinds})


def kind_of(slug: str) -> NoticeKind:
    """The kind; KeyError for one that no app announced, because that is a fault of the program."""
    return _known[slug]


def all_kinds() -> list[NoticeKind]:
    return sorted(_known.values(), key=lambda kind: (kind.fixed, kind.title))
