"""What two sequences have in common, in bounded time."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

STEPS = 300_000  # of the search for the shortest edit, for one call; about a fifth of a second


class Match(NamedTuple):
    """`size` equal items from place `a` of the one and place `b` of the other sequence."""

    a: int
    b: int
    size: int


class Change(NamedTuple):
    """Items `a` to `a_end` of the one sequence became items `b` to `b_end` of the other; either may be none."""

    a: int
    a_end: int
    b: int
    b_end: int


class Budget:
    """Steps that are left; shared by several searches of one page."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps


def matches(one: Sequence[Hashable], two: Sequence[Hashable], budget: Budget | None = None) -> list[Match]:
    """The runs of equal items that an edit from one to two keeps, in order.

    one, two: items that are compared by equality. budget: steps that the search may take; the usual ones if left out.
    Equal ends are taken first; between them items that occur once in both are anchors, as in Bram Cohen's patience
    diff; where there is none, Eugene Myers' O(ND) search (Algorithmica 1, 1986, 251-266) finds the shortest edit. A
    stretch for which the budget does not suffice counts as changed as a whole.
    Returns matches that rise in both sequences and never touch; always valid, not always the longest, because readers
    know a change by what stands once. The same input gives the same answer. Raises nothing.
    """
    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(item, len(numbers)) for item in one]
    second = [numbers.setdefault(item, len(numbers)) for item in two]
    pairs = _pairs(first, second, budget or Budget())
    return _joined(sorted(pairs))


def changes(one: Sequence[Hashable], two: Sequence[Hashable], budget: Budget | None = None) -> list[Change]:
    """The stretches between the matches, in order; arguments as for `matches`."""
    found, a, b = [], 0, 0
    for match in [*matches(one, two, budget), Match(len(one), len(two), 0)]:
        if match.a > a or match.b > b:
            found.append(Change(a, match.a, b, match.b))
        a, b = match.a + match.size, match.b + match.size
    return found


def _pairs(one: list[int], two: list[int], budget: Budget) -> list[Match]:
    found: list[Match] = []
    waiting = [(0, len(one), 0, len(two))]
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        head = _equal_ends(one, two, a, a_end, b, b_end)
        found.append(Match(a, b, head))
        a, b = a + head, b + head
        tail = _equal_ends(one, two, a, a_end, b, b_end, step=-1)
        a_end, b_end = a_end - tail, b_end - tail
        found.append(Match(a_end, b_end, tail))
        if a == a_end or b == b_end:
            continue
        anchors = _anchors(one, two, a, a_end, b, b_end)
        if anchors:
            waiting += _between(anchors, a, a_end, b, b_end)
        else:
            found += [
                Match(a + there, b + here, size) for there, here, size in shortest(one[a:a_end], two[b:b_end], budget)
            ]
    return [match for match in found if match.size]


def _equal_ends(
    one: list[int], two: list[int], a: int, a_end: int, b: int, b_end: int, *, step: int = 1
) -> int:  # fmt: skip
    """How many items are equal at the beginning, or with step -1 at the end."""
    most, size = min(a_end - a, b_end - b), 0
    start, other = (a, b) if step > 0 else (a_end - 1, b_end - 1)
    while size < most and one[start + step * size] == two[other + step * size]:
        size += 1
    return size


def _anchors(one: list[int], two: list[int], a: int, a_end: int, b: int, b_end: int) -> list[tuple[int, int]]:
    """Places of items that occur once in both, as the longest row that rises in both."""
    here, there = Counter(one[a:a_end]), Counter(two[b:b_end])
    places = {two[place]: place for place in range(b, b_end) if there[two[place]] == 1}
    both = [
        (place, places[one[place]]) for place in range(a, a_end) if here[one[place]] == 1 and one[place] in places
    ]  # fmt: skip
    return _rising(both)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs whose second numbers rise, by patience sorting; O(n log n)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect.bisect_left(tops, place)
        before.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            ends.append(number)
        else:
            tops[pile], ends[pile] = place, number
    row, number = [], ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _between(
    anchors: list[tuple[int, int]], a: int, a_end: int, b: int, b_end: int
) -> Iterator[tuple[int, int, int, int]]:  # fmt: skip
    """The stretches that begin at the start or at an anchor and end before the next one."""
    ends = [*anchors, (a_end, b_end)]
    for (from_a, from_b), (to_a, to_b) in zip([(a, b), *anchors], ends, strict=True):
        if to_a > from_a or to_b > from_b:
            yield from_a, to_a, from_b, to_b


def shortest(one: Sequence[int], two: Sequence[int], budget: Budget) -> list[Match]:
    """The matches of the shortest edit, by Myers' greedy search forward and back along the furthest paths.

    one, two: numbers that stand for items. budget: steps that may be taken; they are taken off. Returns the matches
    from the last to the first; none where the budget is used up. Raises nothing."""
    size, other = len(one), len(two)
    furthest, seen = {1: 0}, []
    for edits in range(size + other + 1):
        seen.append(furthest.copy())
        budget.left -= 2 * edits + 1
        if budget.left < 0:
            return []
        for line in range(-edits, edits + 1, 2):
            x = _step(furthest, line, edits)
            y = x - line
            while x < size and y < other and one[x] == two[y]:
                x, y = x + 1, y + 1
                budget.left -= 1
            furthest[line] = x
            if x >= size and y >= other:
                return _walked(seen, size, other)
    return []


def _step(furthest: dict[int, int], line: int, edits: int) -> int:
    """Where the next path on this diagonal begins: below or to the right of the one before."""
    down = line == -edits or (line != edits and furthest[line - 1] < furthest[line + 1])
    return furthest[line + 1] if down else furthest[line - 1] + 1


def _walked(seen: list[dict[int, int]], x: int, y: int) -> list[Match]:
    found = []
    for edits in range(len(seen) - 1, -1, -1):
        furthest, line = seen[edits], x - y
        begin = _step(furthest, line, edits)
        if x > begin:
            found.append(Match(begin, begin - line, x - begin))
        if not edits:
            break
        down = line == -edits or (line != edits and furthest[line - 1] < furthest[line + 1])
        x = begin if down else begin - 1
        y = begin - line - 1 if down else begin - line
    return found


def _joined(found: list[Match]) -> list[Match]:
    """Matches that touch in both sequences become one."""
    joined: list[Match] = []
    for match in found:
        last = joined[-1] if joined else None
        if last and last.a + last.size == match.a and last.b + last.size == match.b:
            joined[-1] = Match(last.a, last.b, last.size + match.size)
        else:
            joined.append(match)
    return joined
