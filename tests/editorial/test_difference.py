import itertools
import random
import time

import pytest

from editorial.alignment import Budget, changes, matches, shortest
from editorial.difference import ADDED, REMOVED, SAME, Row, Span, compare

LONG = 100_000
WORDS = ["alpha", "beta", "gamma", "delta", "one", "two", "of", "the", "a", "stays"]


def kinds(difference):
    return [row.kind for row in difference.rows]


def longest(one, two):
    """The oracle: the length of the longest common subsequence, by brute force."""
    picks = itertools.chain.from_iterable(itertools.combinations(one, size) for size in range(len(one), -1, -1))
    return next(len(pick) for pick in picks if is_part(pick, two))


def is_part(pick, text):
    rest = iter(text)
    return all(item in rest for item in pick)


SMALL = ["".join(text) for size in range(5) for text in itertools.product("ab", repeat=size)]


@pytest.mark.parametrize("one", SMALL)
def test_matches_of_small_texts_are_valid_and_the_search_finds_the_longest(one):
    for two in SMALL:
        found = matches(one, two)

        kept = ["".join(text[match[side] : match[side] + match.size] for match in found)
                for side, text in ((0, one), (1, two))]  # fmt: skip
        assert kept[0] == kept[1]
        assert sum(match.size for match in shortest(one, two, Budget())) == longest(one, two)


def test_matches_and_changes_cover_both_texts_in_order():
    chance = random.Random(7)
    for _ in range(300):
        one, two = (chance.choices("abc", k=chance.randrange(12)) for _ in range(2))
        a = b = 0
        for change in changes(one, two):
            assert one[a : change.a] == two[b : change.b]
            a, b = change.a_end, change.b_end
        assert one[a:] == two[b:]


def test_without_budget_a_stretch_counts_as_changed_as_a_whole():
    assert changes("xabay", "xbcby", Budget(0)) == [(1, 4, 1, 4)]


def test_changed_words_are_marked_in_paragraphs_side_by_side():
    found = compare("Same.\n\nKeys stay at home.\n\nEnd.\n", "Same.\n\nKeys never leave home.\n\nEnd.\n")

    assert found.rows[1] == Row(
        "changed",
        (Span(SAME, "Keys "), Span(REMOVED, "stay at"), Span(SAME, " home.")),
        (Span(SAME, "Keys "), Span(ADDED, "never leave"), Span(SAME, " home.")),
    )
    assert (kinds(found), found.removed, found.added) == (["same", "changed", "same"], 2, 2)


def test_a_paragraph_that_came_stands_alone_and_does_not_shift_the_others():
    found = compare(
        "## A\n\nAlpha text.\n\nOmega text.\n", "## A\n\nA wholly different line.\n\nAlpha text.\n\nOmega text.\n"
    )

    assert kinds(found) == ["same", "added", "same", "left-out"]


def test_changed_paragraphs_find_their_own_older_wording():
    found = compare(
        "red apples are sweet\n\nblue skies are wide\n",
        "new here today\n\nred apples are sour\n\nblue skies are narrow\n",
    )

    assert kinds(found) == ["added", "changed", "changed"]


def test_paragraphs_that_stay_are_counted_and_shown_when_asked():
    before = "\n\n".join(f"Paragraph {number}" for number in range(9))
    after = before.replace("Paragraph 4", "Chapter four")

    assert [(row.kind, row.number) for row in compare(before, after).rows if row.number] == [("left-out", 3)] * 2
    assert len(compare(before, after, everything=True).rows) == 10


def test_line_breaks_alone_make_no_difference_outside_of_code():
    assert compare("one two\nthree\n", "one\ntwo three\n").is_empty
    assert not compare("```\na  b\n```\n", "```\na b\n```\n").is_empty


def test_no_word_is_lost_between_the_columns():
    chance = random.Random(3)
    for _ in range(60):
        texts = [" ".join(chance.choice([*WORDS, "\n\n", "```\n", "\n## x\n"]) for _ in range(60)) for _ in range(2)]
        rows = compare(*texts, everything=True).rows

        for side, text in zip(("before", "after"), texts, strict=True):
            shown = " ".join("".join(span.text for span in getattr(row, side)) for row in rows)
            assert shown.split() == text.split()


def test_equal_and_empty_texts_have_no_difference():
    assert compare("", "").rows == ()
    assert compare("a\n", "a").is_empty


def random_text(seed, letters):
    return "".join(random.Random(seed).choices(letters, k=LONG))


def prose(seed):
    chance = random.Random(seed)
    return "\n\n".join(" ".join(chance.choices(WORDS, k=chance.randrange(5, 90))) for _ in range(420))[:LONG]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (prose(1), prose(2)),
        (prose(1), prose(1).replace("of", "off")),
        (prose(1).replace("\n", " "), prose(2).replace("\n", " ")),
        (random_text(1, ",."), random_text(2, ",.")),
        (random_text(1, "a\n"), random_text(2, "a\n")),
        (random_text(1, "ab ").replace(" ", "\n\n"), random_text(2, "ab ").replace(" ", "\n\n")),
        ("[" * LONG, "]" * LONG),
        ("\n\n".join(f"p {n} x" for n in range(9000)), "\n\n".join(f"q {n + 1} x" for n in range(9000))),
        ("```\n" * 25_000, "```\n~~~\n" * 12_500),
        ("\x00" * LONG, "\u2028" * LONG),
        ("", prose(1)),
    ],
    ids="prose words one-line signs lines paragraphs brackets numbered fences odd new".split(),
)
def test_two_texts_of_a_hundred_thousand_characters_are_compared_within_a_second(before, after):
    begun = time.process_time()
    compare(before, after)

    assert time.process_time() - begun < 1
