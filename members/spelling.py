"""Which words one may have meant who typed another."""

from __future__ import annotations

from string import ascii_lowercase


def slips_allowed(word: str) -> int:
    """How many letters may be wrong: none in words under four letters, one under eight, else two."""
    if len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def slips(one: str, other: str) -> int:
    """The fewest letters to add, leave out, replace, or swap with their neighbour to make one word the other.

    The optimal string alignment distance; time and space grow with the product of the lengths."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row = row, [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]


def misspellings(word: str) -> set[str]:
    """Words that one slip makes of this one and that share too few groups of three letters to be found by those:
    two neighbours swapped, and in words of four or five letters any other slip. At most about 300."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    if not 4 <= len(word) <= 5:
        return swapped - {word} if slips_allowed(word) else set()
    fewer = {a + b[1:] for a, b in cuts if b}
    other = {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    more = {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return (swapped | fewer | other | more) - {word}
