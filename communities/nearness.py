"""How near two names are, so that nobody founds a group that exists already."""

from __future__ import annotations

import unicodedata
from collections import Counter


def edits(one: str, other: str, *, at_most: int) -> int | None:
    """The number of edits from one word to the other, where it is at most `at_most`; else None.

    An edit takes a letter out, puts one in, changes one, or swaps two neighbours; letters may lie between the two of a
    swap after others were taken out (Damerau and Levenshtein, as computed by Lowrance and Wagner, 1975). Only the cells
    of the table that can still count are filled: work grows with length times `at_most`.
    """
    if not could_be_near(one, other, at_most):
        return None
    far = at_most + 1
    table = [[far] * (len(other) + 1) for _ in range(len(one) + 1)]
    for cost in range(min(far, len(one) + 1)):
        table[cost][0] = cost
    for cost in range(min(far, len(other) + 1)):
        table[0][cost] = cost
    row_of: dict[str, int] = {}
    for number, letter in enumerate(one, 1):
        _fill(table, number, letter, other, row_of, at_most)
        row_of[letter] = number
    return table[-1][-1] if table[-1][-1] <= at_most else None


def could_be_near(one: str, other: str, at_most: int) -> bool:
    """A quick no: every edit changes the length by one at most, and the counts of the letters by two at most."""
    if abs(len(one) - len(other)) > at_most:
        return False
    first, second = Counter(one), Counter(other)
    return ((first - second) + (second - first)).total() <= 2 * at_most


def plain(name: str) -> str:
    """A name without case, doubled spaces and forms of letters that only look different."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _fill(table: list[list[int]], row: int, letter: str, other: str, row_of: dict[str, int], at_most: int) -> None:
    same_at = 0
    for column in range(max(1, row - at_most), min(len(other), row + at_most) + 1):
        seen = other[column - 1]
        above, is_same = row_of.get(seen, 0), letter == seen
        best = min(
            table[row - 1][column - 1] + (not is_same), table[row - 1][column] + 1, table[row][column - 1] + 1
        )  # fmt: skip
        if above and same_at:
            between = (row - above - 1) + (column - same_at - 1)
            best = min(best, table[above - 1][same_at - 1] + between + 1)
        table[row][column] = min(best, at_most + 1)
        if is_same:
            same_at = column
