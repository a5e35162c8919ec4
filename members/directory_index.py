"""What the directory knows of one member, as a set of things to find them by. Pure: no database, no clock."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from members.audience import ME, audience_of

Thing = tuple[str, str]  # kind and value of one set of the index, as ("language", "nl")

DEEPEST = 4
HOURS = (1, 2, 4, 8)  # a week, at least
LONGEST_WORD, MOST_WORDS = 40, 150
# Letters that Unicode does not take apart into a plain letter and a mark.
NO_MARK = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
WORD = re.compile(r"[^\W_]+[+#]*")
# Fields whose words are searched, in the order in which a card says why it matched. The name is always searched.
SEARCHED = ("skills", "can_help_with", "headline", "town", "organisation", "tools")


@dataclass(frozen=True)
class Held:
    """A skill that somebody has, with the depth that others see."""

    slug: str
    title: str
    depth: int
    aliases: Sequence[str] = ()


@dataclass(frozen=True)
class Facts:
    """A member with what hangs on them; titles stand beside slugs. today: decides whether a pause still lasts.

    member: a row of the member's own fields, and of the persona `persona__slug` and `persona__title`."""

    member: Any
    today: date
    skills: Sequence[Held] = ()
    communities: Sequence[tuple[str, str]] = field(default=())
    levels: Sequence[tuple[str, str]] = field(default=())


@functools.lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word without case and accents, as words are compared: “Łódź” becomes “lodz”; at most 40 letters."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    apart = unicodedata.normalize("NFKD", word.casefold()).translate(NO_MARK)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))[:LONGEST_WORD]


def words_in(text: str) -> list[str]:
    """The words of a text as they are written; “c++” and “c#” are words."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def words_of(text: str) -> list[str]:
    """The folded words of a text, each once, in their order."""
    return list(dict.fromkeys(map(fold, words_in(text))))


def depth_of(claimed: int, computed: float, *, is_computed: bool) -> int:
    """The whole depth from 0 to 4 by which a skill is found: the computed one, rounded, or else the claimed one."""
    return min(DEEPEST, int(computed + 0.5) if is_computed else claimed)


def is_paused(member: Any, today: date) -> bool:
    return member.paused_until is not None and member.paused_until >= today


def texts_of(member: Any, skills: Iterable[Held]) -> dict[str, str]:
    """The texts by which others may find the member, by field; what is for the member alone is left out."""
    texts = {
        "skills": ", ".join(part for skill in skills for part in (skill.title, *skill.aliases)),
        "can_help_with": member.can_help_with,
        "headline": member.headline,
        "town": member.town,
        "organisation": member.organisation,
        "tools": ", ".join(member.tools),
    }
    shown = {name: texts[name] for name in SEARCHED if texts[name] and audience_of(member, name) != ME}
    return {"name": member.name, **shown}


def things_of(facts: Facts) -> dict[Thing, str]:
    """Every set of the index in which the member stands, with its title where people know it by another name.

    Nothing for somebody who is not in the directory; no field that its owner keeps to themselves."""
    member = facts.member
    if not (member.in_directory and member.is_active) or member.erased_at:
        return {}
    things = {("all", ""): ""}
    things |= {("level", slug): title for slug, title in facts.levels}
    for name, found in _by_audience(facts).items():
        if audience_of(member, name) != ME:
            things |= found
    if not is_paused(member, facts.today):
        things |= {("open", name): "" for name in ("mentor", "pairing") if getattr(member, f"open_to_{name}")}
    words = words_of(" ".join(texts_of(member, facts.skills).values()))
    return things | {("word", word): "" for word in words[:MOST_WORDS]}


def _by_audience(facts: Facts) -> dict[str, dict[Thing, str]]:
    """The things that come out of each field which has an audience."""
    member = facts.member
    hours = -1 if is_paused(member, facts.today) else member.hours_per_week or 0
    return {
        "skills": {
            ("skill", f"{skill.slug}@{depth}"): skill.title
            for skill in facts.skills
            for depth in range(1, skill.depth + 1)
        },
        "persona": {("persona", member.persona__slug): member.persona__title} if member.persona__slug else {},
        "communities": {("community", slug): name for slug, name in facts.communities},
        "languages": {("language", code): "" for code in member.languages},
        "function": {("function", member.function): ""} if member.function else {},
        "sector": {("sector", member.sector): ""} if member.sector else {},
        "country": {("country", member.country): ""} if member.country else {},
        "time_zone": {("zone", member.time_zone): ""},
        "hours_per_week": {("hours", str(least)): "" for least in HOURS if hours >= least},
    }
