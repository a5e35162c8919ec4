"""The difference of two texts, to be read side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editorial.alignment import Budget, changes
from editorial.sections import in_fences, lines_of

SAME, REMOVED, ADDED, CHANGED, LEFT_OUT = "same", "removed", "added", "changed", "left-out"
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
WORD = re.compile(r"\w+")
CONTEXT = 1  # paragraphs that stay the same, shown around each change
ALIKE = 0.3  # share of words that two paragraphs have in common, from which they count as one that was changed
WORDS_COMPARED = 300  # of each paragraph, to find its partner
PAIRS = 40_000  # comparisons of paragraphs for one difference
LONGEST_PAIRING = 12  # paragraphs of one stretch that are paired by likeness; longer ones are paired in order
LONGEST_STRETCH = 500  # changed paragraphs in a row; longer ones are shown as replaced, in one piece
SHORT = 3  # characters that stayed the same between two changes and are shown as changed with them


@dataclass(frozen=True)
class Span:
    """Some words. kind: same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    """A paragraph before and after. kind: same, removed, added, changed; left-out stands for `number` same ones."""

    kind: str
    before: tuple[Span, ...] = ()
    after: tuple[Span, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Difference:
    """Rows in order, and how many words went and came."""

    rows: tuple[Row, ...]
    removed: int
    added: int

    @property
    def is_empty(self) -> bool:
        return not any(row.kind in (REMOVED, ADDED, CHANGED) for row in self.rows)


def compare(before: str, after: str, *, everything: bool = False) -> Difference:
    """What changed from one text to another.

    before, after: Markdown. everything: also show the paragraphs that stayed, instead of one on each side of a change.
    Paragraphs (code fences as one) are aligned by the longest row of equal ones (see `alignment`); changed paragraphs
    between them find their partners by the words they share (Dice's coefficient, 0.3 or more) without crossing, by
    dynamic programming as of Needleman and Wunsch; in each pair words are aligned. Spaces and line breaks alone make
    no difference outside of code.
    Returns rows in the order of reading; the words of the rows are those of the texts, nothing is left out but
    paragraphs that are the same. Takes at most about half a second for texts of 100,000 characters, whatever they
    hold, because every search has a budget; beyond it a stretch is shown as replaced. Raises nothing.
    """
    budget, pairs = Budget(), Budget(PAIRS)
    old, new = _paragraphs(before), _paragraphs(after)
    keys = [[_key(text, fenced) for text, fenced in side] for side in (old, new)]
    rows: list[Row] = []
    place = 0
    for change in changes(keys[0], keys[1], budget):
        rows += [_same(text) for text, _ in old[place : change.a]]
        rows += _changed(old[change.a : change.a_end], new[change.b : change.b_end], budget, pairs)
        place = change.a_end
    rows += [_same(text) for text, _ in old[place:]]
    removed = sum(_count(row.before, REMOVED) for row in rows)
    added = sum(_count(row.after, ADDED) for row in rows)
    return Difference(tuple(rows if everything else _shortened(rows)), removed, added)


Paragraph = tuple[str, bool]  # the text without its line end, and whether it is code


def _paragraphs(text: str) -> list[Paragraph]:
    lines = lines_of(text)
    found: list[Paragraph] = []
    part: list[str] = []
    was_fenced = False
    for line, fenced in zip(lines, in_fences(lines), strict=True):
        if part and (fenced != was_fenced or (not fenced and not line.strip())):
            found.append(("".join(part).rstrip(), was_fenced))
            part = []
        if fenced or line.strip():
            part.append(line)
        was_fenced = fenced
    return [*found, ("".join(part).rstrip(), was_fenced)] if part else found


def _key(text: str, fenced: bool) -> str:
    return text if fenced else " ".join(text.split())


def _same(text: str) -> Row:
    return Row(SAME, (Span(SAME, text),), (Span(SAME, text),))


def _changed(old: list[Paragraph], new: list[Paragraph], budget: Budget, pairs: Budget) -> Iterator[Row]:
    """The rows of a stretch between equal paragraphs."""
    if max(len(old), len(new)) > LONGEST_STRETCH:
        before, after = ("\n\n".join(text for text, _ in side) for side in (old, new))
        yield Row(CHANGED, (Span(REMOVED, before),), (Span(ADDED, after),))
        return
    partners = _partners([text for text, _ in old], [text for text, _ in new], pairs)
    a = b = 0
    for next_a, next_b in [*partners, (len(old), len(new))]:
        yield from (Row(REMOVED, before=(Span(REMOVED, text),)) for text, _ in old[a:next_a])
        yield from (Row(ADDED, after=(Span(ADDED, text),)) for text, _ in new[b:next_b])
        if next_a < len(old) and next_b < len(new):
            yield _by_words(old[next_a], new[next_b], budget)
        a, b = next_a + 1, next_b + 1


def _partners(old: list[str], new: list[str], pairs: Budget) -> list[tuple[int, int]]:
    """Pairs of paragraphs that are versions of each other, rising in both."""
    bags = [[Counter(WORD.findall(text)[:WORDS_COMPARED]) for text in side] for side in (old, new)]
    pairs.left -= len(old) * len(new)
    if max(len(old), len(new)) > LONGEST_PAIRING or pairs.left < 0:
        both = zip(bags[0], bags[1], strict=False)
        return [(place, place) for place, (one, two) in enumerate(both) if _alike(one, two) >= ALIKE]
    return _best_pairs([[_alike(one, two) for two in bags[1]] for one in bags[0]])


def _best_pairs(alike: list[list[float]]) -> list[tuple[int, int]]:
    """The row of pairs without crossings that has the most likeness in all."""
    rows, columns = len(alike), len(alike[0]) if alike else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            paired = alike[a][b] + best[a + 1][b + 1] if alike[a][b] >= ALIKE else 0.0
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    found, a, b = [], 0, 0
    while a < rows and b < columns:
        if alike[a][b] >= ALIKE and best[a][b] == alike[a][b] + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _alike(one: Counter[str], two: Counter[str]) -> float:
    """Dice's coefficient of two bags of words; two without words are alike."""
    total = one.total() + two.total()
    small, large = (one, two) if len(one) < len(two) else (two, one)
    return 2 * sum(min(number, large[word]) for word, number in small.items()) / total if total else 1.0


def _by_words(old: Paragraph, new: Paragraph, budget: Budget) -> Row:
    is_code = old[1] or new[1]
    tokens = [TOKEN.findall(text) for text, _ in (old, new)]
    keys = [[" " if token.isspace() and not is_code else token for token in side] for side in tokens]
    before: list[Span] = []
    after: list[Span] = []
    place = other = 0
    for a, a_end, b, b_end in _readable(tokens[0], keys, budget):
        _add(before, SAME, tokens[0][place:a])
        _add(after, SAME, tokens[1][other:b])
        _add(before, REMOVED, tokens[0][a:a_end])
        _add(after, ADDED, tokens[1][b:b_end])
        place, other = a_end, b_end
    _add(before, SAME, tokens[0][place:])
    _add(after, SAME, tokens[1][other:])
    return Row(CHANGED, tuple(before), tuple(after))


def _readable(tokens: list[str], keys: list[list[str]], budget: Budget) -> list[tuple[int, int, int, int]]:
    """The changes of words; where hardly anything stays between two of them, they are one."""
    joined: list[tuple[int, int, int, int]] = []
    for change in changes(keys[0], keys[1], budget):
        if joined:
            a, a_end, b, _ = joined[-1]
            if sum(map(len, tokens[a_end : change.a][: SHORT + 1])) <= SHORT:
                joined[-1] = (a, change.a_end, b, change.b_end)
                continue
        joined.append(tuple(change))  # type: ignore[arg-type]
    return joined


def _add(spans: list[Span], kind: str, tokens: Sequence[str]) -> None:
    if tokens:
        spans.append(Span(kind, "".join(tokens)))


def _count(spans: tuple[Span, ...], kind: str) -> int:
    return sum(len(WORD.findall(span.text)) for span in spans if span.kind == kind)


def _is_front_matter(row: Row) -> bool:
    """Fields before the text tell nobody where in the text they are."""
    return row.kind == SAME and row.before[0].text.startswith("---\n")


def _shortened(rows: list[Row]) -> Iterator[Row]:
    """Long runs of paragraphs that stayed the same become one row that counts them."""
    near: set[int] = set()
    first = 1 if rows and _is_front_matter(rows[0]) else 0
    for place, row in enumerate(rows):
        if row.kind != SAME:
            near.update(range(max(first, place - CONTEXT), place + CONTEXT + 1))
    hidden = 0
    for place, row in enumerate(rows):
        if row.kind == SAME and place not in near:
            hidden += 1
            continue
        if hidden:
            yield Row(LEFT_OUT, number=hidden)
            hidden = 0
        yield row
    if hidden:
        yield Row(LEFT_OUT, number=hidden)
