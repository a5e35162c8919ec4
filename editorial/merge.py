"""Two edits of the same text made into one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editorial.alignment import Budget, Change, changes
from editorial.sections import in_fences, lines_of

THEIRS, MINE, BOTH = "theirs", "mine", "both"
SENTENCE = re.compile(r"[^\n]*?[.!?:;]['\")\]”’]*(?:[ \t]*\n|[ \t]+|$)|[^\n]*\n|[^\n]+")
WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Conflict:
    """A stretch that both sides changed differently. base: as it was; mine, theirs: as each side has it now."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What came of a merge: in order, wordings that are settled and conflicts that a person must settle."""

    parts: tuple[str | Conflict, ...]

    @property
    def conflicts(self) -> list[Conflict]:
        return [part for part in self.parts if isinstance(part, Conflict)]

    @property
    def text(self) -> str:
        """The whole text; at each conflict both wordings, theirs first, between lines of markers."""
        return "".join(part if isinstance(part, str) else _marked(part) for part in self.parts)

    def resolved(self, wordings: Sequence[str]) -> str:
        """The whole text with one wording for each conflict, in order. ValueError where their number differs."""
        if len(wordings) != len(self.conflicts):
            raise ValueError("as many wordings as conflicts are needed")
        given = iter(wordings)
        return "".join(part if isinstance(part, str) else next(given) for part in self.parts)


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge two edits of one text.

    base: the text from which both began. mine, theirs: the two edits, as Markdown of any length.
    Three-way merge over lines, as in diff3 (Khanna, Kunal, Pierce: A formal investigation of diff3, 2007). What one
    side alone changed is taken; what both changed alike is taken once. Where changes overlap or touch, outside of code
    the stretch is merged again by sentences and then by words, and only what still overlaps becomes a conflict, with
    the wordings of both.
    Returns the parts in order. Sides exchanged give the same with the wordings exchanged; nothing stands in the result
    that neither side has, and nothing is lost: settled parts and conflicts hold all that was added. Raises nothing.
    """
    lines, budgets = lines_of(base), (Budget(), Budget())
    fenced = in_fences(lines)
    parts: list[str | Conflict] = []
    for start, end, part in _three_way((lines, lines_of(mine), lines_of(theirs)), budgets):
        if isinstance(part, str) or _touches_code(part, fenced, start, end):
            parts.append(part)
        else:
            parts += _refined(part, budgets)
    return Merged(tuple(_joined(parts)))


def wording(conflict: Conflict, choice: str) -> str:
    """What stands in the text after a choice: theirs, mine, or both, theirs first. ValueError for any other word."""
    if choice == BOTH:
        return _ended(conflict.theirs) + conflict.mine
    if choice not in (THEIRS, MINE):
        raise ValueError(choice)
    return conflict.theirs if choice == THEIRS else conflict.mine


Budgets = tuple[Budget, Budget]  # one for each side, so that sides exchanged give the same
Part = tuple[int, int, str | Conflict]  # from and to which piece of the base, and what stands there now


def _three_way(pieces: tuple[list[str], list[str], list[str]], budgets: Budgets) -> Iterator[Part]:
    """diff3 over pieces of base, mine and theirs; the pieces of a text joined are the text."""
    base, *sides = pieces
    own, other = (changes(base, side, budget) for side, budget in zip(sides, budgets, strict=True))
    place, shifts = 0, [0, 0]
    for start, end, *changed in _groups(own, other):
        yield place, start, "".join(base[place:start])
        now = []
        for number, side in enumerate(sides):
            begin = start + shifts[number]
            shifts[number] += sum((one.b_end - one.b) - (one.a_end - one.a) for one in changed[number])
            now.append("".join(side[begin : end + shifts[number]]))
        yield start, end, _settled("".join(base[start:end]), *now)
        place = end
    yield place, len(base), "".join(base[place:])


def _settled(was: str, mine: str, theirs: str) -> str | Conflict:
    if mine in (was, theirs):
        return theirs
    return mine if theirs == was else Conflict(was, mine, theirs)


Group = tuple[int, int, list[Change], list[Change]]  # start and end in the base, own changes, those of the other


def _groups(own: list[Change], other: list[Change]) -> list[Group]:
    """The changes of both sides, those that overlap or touch in the base together."""
    groups: list[Group] = []
    for change, is_own in sorted([(one, True) for one in own] + [(one, False) for one in other]):
        if not groups or change.a > groups[-1][1]:
            groups.append((change.a, change.a_end, [], []))
        start, end, mines, others = groups[-1]
        (mines if is_own else others).append(change)
        groups[-1] = (start, max(end, change.a_end), mines, others)
    return groups


def _refined(conflict: Conflict, budgets: Budgets) -> list[str | Conflict]:
    """The stretch merged by sentences, or else by words; the conflict itself where neither settles it."""
    for cut in (SENTENCE.findall, WORD.findall):
        pieces = (cut(conflict.base), cut(conflict.mine), cut(conflict.theirs))
        parts = [part for _, _, part in _three_way(pieces, budgets)]
        if not any(isinstance(part, Conflict) for part in parts):
            return parts
    return [conflict]


def _touches_code(conflict: Conflict, fenced: list[bool], start: int, end: int) -> bool:
    """Whether the stretch lies in a code fence of the base, or a side has one there: lines of code are no sentences."""
    inside = any(fenced[start:end]) or (0 < start < len(fenced) and fenced[start - 1] and fenced[start])
    return inside or any(fence in side for fence in ("```", "~~~") for side in (conflict.mine, conflict.theirs))


def _joined(parts: list[str | Conflict]) -> list[str | Conflict]:
    """Settled parts that follow each other become one; empty ones go."""
    joined: list[str | Conflict] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return joined


def _marked(conflict: Conflict) -> str:
    theirs, mine = _ended(conflict.theirs), _ended(conflict.mine)
    return f"<<<<<<< theirs\n{theirs}=======\n{mine}>>>>>>> mine\n"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
