"""The kinds of message that the site sends to a person. Each app announces its own when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

MAIL, DIGEST, SITE = "mail", "digest", "site"
DAILY_DIGEST = "daily-digest"  # the digest itself; who switches it off has everything on the site only


@dataclass(frozen=True)
class NoticeKind:
    """One kind of message.

    slug: as in the rows. title: in the member's settings. usual: the way it comes while the member chose no other.
    fixed: security and registration mail, which cannot be switched off and stands outside quiet hours and budget.
    group: the heading in the settings under which it stands.
    """

    slug: str
    title: str
    usual: str = MAIL
    fixed: bool = False
    group: str = ""

    @property
    def ways(self) -> tuple[str, ...]:
        if self.fixed:
            return (MAIL,)
        return (MAIL, SITE) if self.slug == DAILY_DIGEST else (MAIL, DIGEST, SITE)


_known: dict[str, NoticeKind] = {}


def announce(*kinds: NoticeKind) -> None:
    """Make kinds known; repeating changes nothing."""
    _known.update({kind.slug: kind for kind in kinds})


def kind_of(slug: str) -> NoticeKind:
    """The kind; KeyError for one that no app announced, because that is a fault of the program."""
    return _known[slug]


def is_kind(slug: str) -> bool:
    return slug in _known


def all_kinds() -> list[NoticeKind]:
    return sorted(_known.values(), key=lambda kind: (kind.fixed, kind.title))


def switchable() -> list[NoticeKind]:
    """What a member decides about, in the order of the settings."""
    return [kind for kind in all_kinds() if not kind.fixed]


def fixed() -> list[NoticeKind]:
    return [kind for kind in all_kinds() if kind.fixed]


THE_DIGEST = NoticeKind(DAILY_DIGEST, "The daily digest itself", group="Digest")
YOU, PEOPLE = "About you", "People"
OF_MEMBERS = (
    NoticeKind("account-security", "Something changed in my account or log-in", fixed=True),
    NoticeKind("erasure", "My account is about to be deleted", fixed=True),
    THE_DIGEST,
    NoticeKind("level-reached", "I reached a level", usual=DIGEST, group=YOU),
    NoticeKind("badge-earned", "I earned a badge", usual=DIGEST, group=YOU),
    NoticeKind("skill-endorsed", "Somebody endorses or judges a skill of mine", usual=DIGEST, group=YOU),
    NoticeKind("skill-decided", "A skill that I proposed is decided", usual=DIGEST, group=YOU),
    NoticeKind("kudos-received", "Somebody thanks me", usual=DIGEST, group=YOU),
    NoticeKind("claim-decided", "A claim of mine is decided", group=YOU),
    NoticeKind("welcome-letter", "Letters of the Welcome Kit in my first weeks", group=YOU),
    NoticeKind("claim-to-confirm", "Somebody asks me to confirm what they did", group=PEOPLE),
    NoticeKind("buddy-assigned", "I am somebody’s buddy, or have one", group=PEOPLE),
    NoticeKind("invitation-accepted", "Somebody whom I invited joins", usual=DIGEST, group=PEOPLE),
)
