"""Reading the sets of the directory's index, and what can be said with them: who, how many, in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet, Value
from pyroaring import BitMap

from members.directory_index import DEEPEST, Thing
from members.directory_wish import Wish
from members.models import DirectoryIndex
from members.spelling import misspellings, slips, slips_allowed

MOST_VALUES = 30  # of one facet, the commonest: more are not shown
MOST_BEGINNINGS, MOST_ALIKE, SHORTEST_BEGINNING = 200, 40, 3
KINDS = ("all", "open", "hours", "language", "community", "level", "persona", "function", "sector", "country", "zone")
NOBODY = BitMap()
# Sets as they were read, by number and stamp; a set that changes has another stamp, so nothing here is ever out of
# date. At 100,000 members a set has at most 16 kB. Nobody changes a set that is kept here.
READ: dict[tuple[int, int], BitMap] = {}
MOST_READ = 1000


@dataclass(frozen=True)
class Stored:
    """One set of the index. members: read only where something is to be intersected."""

    title: str
    size: int
    members: BitMap = field(default_factory=BitMap)


def load(wish: Wish) -> dict[Thing, Stored]:
    """The sets that a page with this wish needs, in two queries; who stands in them only where it will be asked."""
    named = _named(wish)
    members = _members({named[one][0]: named[one][1] for one in named if one[0] == "all" or not wish.is_empty})
    return {
        thing: Stored(title, size, members.get(number, NOBODY)) for thing, (number, _, title, size) in named.items()
    }


def _members(wanted: Mapping[int, int]) -> dict[int, BitMap]:
    """Who stands in these sets, by number. wanted: number to stamp; what was read with this stamp is not read again."""
    found = {number: READ[number, stamp] for number, stamp in wanted.items() if (number, stamp) in READ}
    if len(READ) > MOST_READ:
        READ.clear()
    rows = DirectoryIndex.objects.filter(pk__in=wanted.keys() - found.keys())
    for number, stamp, people in rows.values_list("pk", "stamp", "members"):
        READ[number, stamp] = found[number] = BitMap.deserialize(bytes(people))
    return found


def _named(wish: Wish) -> dict[Thing, tuple[int, int, str, int]]:
    """Number, stamp, title and size of every set that is shown or asked for; of each kind the largest."""
    skills = [f"{slug}@{depth}" for slug in wish.values("skill") for depth in range(1, DEEPEST + 1)]
    chosen = {*wish.chosen, *(("skill", skill) for skill in skills)}
    shown = (
        Q(kind__in=KINDS) | Q(kind="skill", value__endswith=f"@{wish.depth or 1}") | Q(kind="skill", value__in=skills)
    )
    rows = DirectoryIndex.objects.filter(shown, size__gt=0).order_by("-size", "value")
    found: dict[Thing, tuple[int, int, str, int]] = {}
    places = Counter[str]()
    for kind, value, number, stamp, title, size in rows.values_list("kind", "value", "pk", "stamp", "title", "size"):
        places[kind] += 1
        if places[kind] <= MOST_VALUES or kind == "zone" or (kind, value) in chosen:
            found[kind, value] = (number, stamp, title, size)
    return found


@dataclass(frozen=True)
class Near:
    """What the index has for one word that was typed: sets by the words of members, in three degrees."""

    typed: str
    exact: dict[str, BitMap] = field(default_factory=dict)
    begins: dict[str, BitMap] = field(default_factory=dict)
    alike: dict[str, BitMap] = field(default_factory=dict)

    @property
    def degrees(self) -> list[BitMap]:
        """Who has the word, a word that begins so, and a word that is spelt nearly so."""
        return [BitMap.union(BitMap(), *part.values()) for part in (self.exact, self.begins, self.alike)]

    @property
    def everybody(self) -> BitMap:
        return BitMap.union(*self.degrees)

    @property
    def is_misspelt(self) -> bool:
        """Nobody has the word as it was typed, but there are words like it."""
        return bool(self.alike) and not self.exact and not self.begins


def look_up(words: Sequence[str]) -> list[Near]:
    """Words of members that are, begin like, or are spelt nearly like each of these; one query for all of them."""
    found = [Near(word) for word in words]
    parts = [part for number, word in enumerate(words) for part in _like(number, word)]
    if not parts:
        return found
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for number, value, members in rows:
        near, people = found[number], BitMap.deserialize(bytes(members))
        if value == near.typed:
            near.exact[value] = people
        elif len(near.typed) >= SHORTEST_BEGINNING and value.startswith(near.typed):
            near.begins[value] = people
        elif slips(near.typed, value) <= slips_allowed(near.typed):
            near.alike[value] = people
    return found


def _like(number: int, word: str) -> Iterator[QuerySet[DirectoryIndex, tuple[int, str, bytes]]]:
    """Exactly so or beginning so, the commonest first; then one slip away, or with common groups of three letters."""
    rows = DirectoryIndex.objects.filter(kind="word", size__gt=0).annotate(number=Value(number))
    begins = Q(value=word)
    if len(word) >= SHORTEST_BEGINNING:
        begins |= Q(value__startswith=word)
    named = ("number", "value", "members")
    yield rows.filter(begins).order_by("-size").values_list(*named)[:MOST_BEGINNINGS]
    if slips_allowed(word):
        slipped = rows.filter(value__in=sorted(misspellings(word)))
        yield slipped.order_by("-size").values_list(*named)[:MOST_ALIKE]
        alike = rows.filter(value__trigram_similar=word).order_by(TrigramSimilarity("value", word).desc(), "value")
        yield alike.values_list(*named)[:MOST_ALIKE]


def by_nearness(people: BitMap, words: Iterable[Near]) -> list[BitMap]:
    """The people in steps, the best first: a step down for a word that only begins so, two for one only alike."""
    ranked = {0: people}
    for near in words:
        further: dict[int, BitMap] = defaultdict(BitMap)
        for cost, left in ranked.items():
            rest = left.copy()
            for worse, group in enumerate(near.degrees):
                further[cost + worse] |= rest & group
                rest -= group
        ranked = dict(further)
    return [ranked[cost] for cost in sorted(ranked) if ranked[cost]]


def by_depth(steps: Iterable[BitMap], skill: str, sets: dict[Thing, Stored]) -> list[BitMap]:
    """Each step split again, those who have the skill deepest first."""
    deep = [sets[key].members for depth in range(DEEPEST, 0, -1) if (key := ("skill", f"{skill}@{depth}")) in sets]
    split = []
    for left in steps:
        rest = left.copy()
        for group in deep:
            split.append(rest & group)
            rest -= group
        split.append(rest)
    return [step for step in split if step]


class InOrder(Sequence[int]):
    """Numbers of members, step by step, in each step who came last first; a part of them costs no look at the rest."""

    def __init__(self, steps: Sequence[BitMap]) -> None:
        self.steps = steps
        self.length = sum(len(step) for step in steps)

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        first, last, _ = wanted.indices(self.length)
        found: list[int] = []
        for step in self.steps:
            size = len(step)
            begin, end = max(first, 0), min(last, size)
            if begin < end:
                found += reversed(list(step[size - end : size - begin]))
            first, last = first - size, last - size
        return found
