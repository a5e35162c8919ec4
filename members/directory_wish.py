"""What somebody asks of the directory, read from an address and written as one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from members.directory_index import words_of

MOST_WORDS, MOST_CHOSEN, LONGEST = 6, 12, 80
DEPTHS = {1: "knows of it", 2: "uses it", 3: "leads in it", 4: "teaches it"}


@dataclass(frozen=True)
class Facet:
    """One way to narrow the directory. name: in addresses. several: more than one value can be chosen at once."""

    name: str
    title: str
    several: bool = False


FACETS = (
    Facet("skill", "Knows", several=True),
    Facet("language", "Speaks", several=True),
    Facet("overlap", "Works while I work"),
    Facet("hours", "Has time in a week"),
    Facet("open", "Open to", several=True),
    Facet("community", "Community", several=True),
    Facet("level", "Level"),
    Facet("persona", "Close to"),
    Facet("function", "Works in"),
    Facet("sector", "Sector"),
    Facet("country", "Country"),
)
BY_NAME = {facet.name: facet for facet in FACETS}

Filter = tuple[str, str]  # name of a facet and a value, as ("language", "nl")


@dataclass(frozen=True)
class Wish:
    """Words and filters; equal wishes have one address. depth: the least depth of every chosen skill, as typed."""

    text: str = ""
    chosen: tuple[Filter, ...] = ()
    depth: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Wish:
        """Of an address; what is too much of it is left out. A facet with one value takes the last one given."""
        chosen: list[Filter] = []
        for facet in FACETS:
            values = [value.strip()[:LONGEST] for value in query.getlist(facet.name) if value.strip()]
            chosen += [(facet.name, value) for value in dict.fromkeys(values if facet.several else values[-1:])]
        has_skill = any(name == "skill" for name, _ in chosen)
        depth = query.get("depth", "").strip()[:LONGEST] if has_skill else ""
        return cls(query.get("q", "").strip()[:200], tuple(chosen[:MOST_CHOSEN]), "" if depth == "1" else depth)

    @property
    def words(self) -> list[str]:
        """The words that are looked for, folded; six at most."""
        return words_of(self.text)[:MOST_WORDS]

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.chosen)

    def values(self, facet: str) -> list[str]:
        return [value for name, value in self.chosen if name == facet]

    def with_filter(self, name: str, value: str) -> Wish:
        kept = [one for one in self.chosen if one[0] != name or (BY_NAME[name].several and one[1] != value)]
        order = [facet.name for facet in FACETS]
        return replace(self, chosen=tuple(sorted([*kept, (name, value)], key=lambda one: order.index(one[0]))))

    def without(self, name: str, value: str = "") -> Wish:
        """Without this filter; `q` stands for the words. The depth goes with the last skill."""
        if name == "q":
            return replace(self, text="")
        kept = tuple(one for one in self.chosen if one != (name, value))
        has_skill = any(one == "skill" for one, _ in kept)
        return replace(self, chosen=kept, depth=self.depth if has_skill else "")

    def only(self, name: str, value: str) -> Wish:
        return Wish(self.text) if name == "q" else Wish(chosen=((name, value),))

    @property
    def parts(self) -> Sequence[Filter]:
        """What stands in the address, in one order."""
        text = [("q", self.text)] if self.text else []
        return [*text, *self.chosen, *([("depth", self.depth)] if self.depth else [])]

    @property
    def hidden(self) -> Sequence[Filter]:
        """What a form for the words carries along."""
        return [part for part in self.parts if part[0] != "q"]

    @property
    def address(self) -> str:
        return f"/members/?{urlencode(self.parts)}" if self.parts else "/members/"
