from itertools import product

import pytest

from communities.nearness import edits, plain

WORDS = ["".join(letters) for length in range(5) for letters in product("abc", repeat=length)]


def neighbours(word):
    """Every word that one edit makes: a letter less, a letter more, another letter, two neighbours swapped."""
    for at in range(len(word) + 1):
        for letter in "abc":
            yield word[:at] + letter + word[at:]
            yield word[:at] + letter + word[at + 1 :]
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def reached(word, steps):
    """Each word that is so many edits away at most, with the fewest edits, by trying all of them."""
    found = {word: 0}
    border = {word}
    for step in range(1, steps + 1):
        border = {after for before in border for after in neighbours(before)} - found.keys()
        found |= dict.fromkeys(border, step)
    return found


@pytest.mark.parametrize("at_most", [0, 1, 2, 3])
def test_the_distance_is_the_fewest_edits_that_trying_all_of_them_finds(at_most):
    wrong = [
        (one, other)
        for one in WORDS[::7]
        for known in [reached(one, at_most)]
        for other in WORDS
        if edits(one, other, at_most=at_most) != known.get(other)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("startup spark", "startup spark", 0),
        ("startup spark", "startup sparks", 1),
        ("startup spark", "statrup spark", 1),
        ("startup spark", "start up sparks", 2),
        ("startup spark", "startup sprak x", None),
        ("ca", "abc", 2),
        ("", "ab", 2),
        ("", "abc", None),
    ],
)
def test_names_are_near_up_to_two_edits(one, other, distance):
    assert edits(one, other, at_most=2) == distance
    assert edits(other, one, at_most=2) == distance


def test_case_doubled_spaces_and_wide_letters_make_no_difference():
    assert plain("  Startup   SPARK ") == plain("Ｓtartup spark") == "startup spark"
