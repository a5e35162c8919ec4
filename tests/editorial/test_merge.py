import itertools
import time

import pytest

from editorial.merge import BOTH, MINE, THEIRS, Conflict, merge, wording

BASE = ["one\n", "two\n", "three\n"]
NEW = ["mine\n", "theirs\n"]


def edits(lines, word):
    """Every text that one deletion, one replacement or one insertion of the word makes, with where it touches."""
    for place in range(len(lines) + 1):
        yield (place, place), [*lines[:place], word, *lines[place:]]
    for place in range(len(lines)):
        yield (place, place + 1), [*lines[:place], word, *lines[place + 1 :]]
        yield (place, place + 1), [*lines[:place], *lines[place + 1 :]]


def applied(base, *changes):
    """The oracle: edits that lie apart, made one after the other from the end."""
    text = list(base)
    for (start, end), words in sorted(changes, reverse=True):
        text[start:end] = words
    return "".join(text)


def words_of(span, edited):
    start, end = span
    return edited[start : len(edited) - (len(BASE) - end)]


def apart(one, two):
    return one[1] < two[0] or two[1] < one[0]


PAIRS = list(itertools.product(edits(BASE, NEW[0]), edits(BASE, NEW[1])))


def test_the_oracle_knows_every_pair_of_small_edits():
    assert len(PAIRS) == 100
    assert sum(apart(one[0], two[0]) for one, two in PAIRS) == 44


@pytest.mark.parametrize(("one", "two"), [pair for pair in PAIRS if apart(pair[0][0], pair[1][0])])
def test_edits_that_lie_apart_merge_to_the_only_sensible_text(one, two):
    merged = merge("".join(BASE), "".join(one[1]), "".join(two[1]))

    wanted = applied(BASE, (one[0], words_of(*one)), (two[0], words_of(*two)))
    assert (merged.text, merged.conflicts) == (wanted, [])


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_sides_exchanged_give_the_same_with_the_wordings_exchanged(one, two):
    base, mine, theirs = "".join(BASE), "".join(one[1]), "".join(two[1])

    there, back = merge(base, mine, theirs), merge(base, theirs, mine)

    turned = [part if isinstance(part, str) else Conflict(part.base, part.theirs, part.mine) for part in back.parts]
    assert list(there.parts) == turned


TEXTS = ["".join(lines) for size in range(4) for lines in itertools.product(["a\n", "b\n"], repeat=size)]


@pytest.mark.parametrize("base", TEXTS)
def test_what_one_side_left_alone_is_as_the_other_has_it_and_equal_edits_agree(base):
    for side in TEXTS:
        assert merge(base, side, base).text == side
        assert merge(base, base, side).text == side
        assert merge(base, side, side).text == side
        assert not merge(base, side, side).conflicts


@pytest.mark.parametrize("base", TEXTS)
def test_a_choice_of_one_side_everywhere_loses_nothing_of_that_side_in_conflicts(base):
    for mine, theirs in itertools.product(TEXTS, repeat=2):
        merged = merge(base, mine, theirs)
        known = set(mine.split()) | set(theirs.split())
        chosen = [merged.resolved([wording(one, way) for one in merged.conflicts]) for way in (MINE, THEIRS)]

        assert set("".join(chosen).split()) <= known
        assert all(one.mine != one.theirs and one.base not in (one.mine, one.theirs) for one in merged.conflicts)


def test_two_sentences_of_one_line_changed_by_different_people_are_put_together():
    base = "Keys stay at home. Names go out. Nobody reads them.\n"
    mine = base.replace("Keys", "Keys and passwords")
    theirs = base.replace("Nobody reads them", "Somebody may read them")

    assert merge(base, mine, theirs).text == (
        "Keys and passwords stay at home. Names go out. Somebody may read them.\n"
    )


def test_two_words_of_one_sentence_that_lie_apart_are_put_together():
    merged = merge("a b c d\n", "A b c d\n", "a b c D\n")

    assert (merged.text, merged.conflicts) == ("A b c D\n", [])


def test_words_side_by_side_are_a_conflict_with_both_wordings():
    merged = merge("Say yes now.\n", "Say maybe now.\n", "Say no later.\n")

    assert merged.conflicts == [Conflict("Say yes now.\n", "Say maybe now.\n", "Say no later.\n")]
    assert merged.text == "<<<<<<< theirs\nSay no later.\n=======\nSay maybe now.\n>>>>>>> mine\n"


def test_lines_of_code_are_never_merged_by_words():
    code = "```sh\nrun --first x --second y\n```\n"

    merged = merge(code, code.replace("x", "1"), code.replace("y", "2"))

    assert len(merged.conflicts) == 1


def test_choices_settle_conflicts_in_their_order():
    merged = merge("a\n\nx\n\nb\n", "A\n\nx\n\nB\n", "1\n\nx\n\n2\n")

    assert merged.resolved([wording(merged.conflicts[0], MINE), wording(merged.conflicts[1], BOTH)]) == (
        "A\n\nx\n\n2\nB\n"
    )
    with pytest.raises(ValueError, match="as many wordings"):
        merged.resolved(["A"])
    with pytest.raises(ValueError, match="either"):
        wording(merged.conflicts[0], "either")


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("[" * 100_000, "]" * 100_000, "(" * 100_000),
        ("a\n" * 50_000, "a\nb\n" * 25_000, "b\na\n" * 25_000),
        ("a. " * 33_000, "a. b. " * 16_000, "b. a. " * 16_000),
        ("```\n" * 25_000, "~~~\n" * 25_000, "```\nx\n" * 16_000),
        ("", "\n" * 100_000, " \n" * 50_000),
    ],
)
def test_texts_of_a_hundred_thousand_characters_merge_within_a_second(base, mine, theirs):
    begun = time.process_time()
    merge(base, mine, theirs)

    assert time.process_time() - begun < 1
