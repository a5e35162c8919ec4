"""Names and handles: what is allowed in them, and a free handle for a new member."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.text import slugify

LONGEST_HANDLE = 30
JOINS_THE_NEXT = 9  # the combining class of the signs that make one letter of two, as in Devanagari
RESERVED = frozenset(
    "about accounts admin administrator api community connect dashboard events governance healthz help home insights "
    "labs levels mailbox me member members modules moderator newsletters organizer paths personas questions readyz "
    "root search security staff static styleguide support system team welcome".split()
)
HANDLE = r"[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?"
handle_shape = RegexValidator(
    rf"^{HANDLE}\Z",
    "Use 1 to 30 small letters, digits and hyphens; the first and last are a letter or a digit.",
)
# A name stands in mails to others: nothing in it may look like an address or a link.
not_in_names = RegexValidator(
    r"[<>\[\](){}@/\\|:\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]",
    "Write the name without < > ( ) [ ] { } @ / : and line breaks.",
    inverse_match=True,
)  # fmt: skip


# Letters by their class that show nothing: Hangul fillers and the empty Braille cell.
EMPTY_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
# Signs that turn or hide what stands beside them; joiners stay, some scripts are written with them.
HIDDEN_SIGNS = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def is_seen(words: str) -> bool:
    """Whether anything of the words shows on a page."""
    return any(unicodedata.category(sign)[0] in "LNPS" and sign not in EMPTY_LETTERS for sign in words)


def seen_name(name: str) -> None:
    """As a validator of forms: nobody is a gap in a list."""
    if not is_seen(name):
        raise ValidationError("Write a name that others can see.")


def initials(name: str) -> str:
    """The first signs of the first and the last word, of one word the first; in any script, with their marks.

    Words without a letter or digit are passed over; nothing is left of a name that has none."""
    words = [sign for word in name.split() if (sign := _first_sign(word))]
    return "".join(words[:1] + words[1:][-1:])


def _first_sign(word: str) -> str:
    """A letter or digit with the marks that belong to it, as a capital where its script has one of the same width."""
    start = next((place for place, sign in enumerate(word) if sign.isalnum()), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(word) and (_is_mark(word[end]) or unicodedata.combining(word[end - 1]) == JOINS_THE_NEXT):
        end += 1
    sign = word[start:end]
    return sign.upper() if len(sign.upper()) == len(sign) else sign


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Mc")


def free_handle(name: str, is_taken: Callable[[str], bool]) -> str:
    """A handle made from a name, with a number behind it where that one is taken.

    A name without Latin letters gives `member-` and six random digits."""
    base = slugify(name)[: LONGEST_HANDLE - 5].strip("-").replace("_", "-")
    if not re.fullmatch(HANDLE, base):
        base = ""
    candidates = [base, *(f"{base}-{number}" for number in range(2, 100))] if base else []
    for candidate in candidates:
        if candidate not in RESERVED and not is_taken(candidate):
            return candidate
    while is_taken(candidate := f"member-{secrets.randbelow(10**6):06d}"):
        pass
    return candidate
