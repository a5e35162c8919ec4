import itertools
import random

import pytest

from editorial.sections import in_fences, lines_of, mark, put_back, section_of, split, tidy

TEXT = """---
title: Keys
---

It begins.

## First steps

One.

```md
## no heading
```

### A part of it

## First steps

Two.

## Ende & Schluß ##
Three."""


def keys(text):
    return [section.key for section in split(text)]


def test_a_text_falls_into_front_matter_beginning_and_one_part_per_heading():
    assert [(one.key, one.title) for one in split(TEXT)] == [
        ("front-matter", "Front matter"),
        ("beginning", "Beginning"),
        ("first-steps", "First steps"),
        ("first-steps-2", "First steps"),
        ("ende-schlu", "Ende & Schluß"),
    ]


def test_the_parts_joined_are_the_text_for_every_text_of_odd_pieces():
    chance = random.Random(11)
    pieces = [
        "---\n",
        "## a\n",
        "##\n",
        "## a 2\n",
        "```\n",
        "~~~~\n",
        "\n",
        "x",
        "\r\n",
        "\u2028",
        "##b",
        "  ## c ##\n",
    ]
    for _ in range(2000):
        text = "".join(chance.choices(pieces, k=chance.randrange(9)))

        parts = split(text)

        assert "".join(one.text for one in parts) == text
        assert len({one.key for one in parts}) == len(parts)
        for one in parts:
            assert (
                put_back(text, one.key, one.text) == text
                or not one.text.strip()
                or "\r" in text
                or one.text != tidy(one.text).rstrip()
            )


def test_headings_in_code_are_no_headings():
    assert keys("~~~\n## a\n```\n## b\n~~~\n## c\n") == ["beginning", "c"]
    assert keys("``` a`b\n## c\n") == ["beginning", "c"]
    assert keys("````\n## a\n```\n## b\n") == ["beginning"]


def test_front_matter_that_is_not_closed_is_text():
    assert keys("---\ntitle: x\n") == ["beginning"]
    assert [(one.key, one.title) for one in split("## Why so {.why}\n")] == [("why-so", "Why so")]
    assert [(one.key, one.title) for one in split("## Why so {#keys .why}\n")] == [("keys", "Why so")]
    assert keys("") == []
    assert keys("\n## a\n") == ["beginning", "a"]


def test_equal_headings_and_headings_that_look_numbered_have_keys_of_their_own():
    for order in itertools.permutations(["## a\n", "## a\n", "## a 2\n", "## ???\n", "## \n"]):
        assert len(set(keys("".join(order)))) == 5


def test_one_part_is_put_back_and_the_others_stay_letter_by_letter():
    changed = put_back(TEXT, "first-steps-2", "## Second steps\r\n\r\nTwo and a half.  \r\n\r\n")

    assert changed == TEXT.replace("## First steps\n\nTwo.", "## Second steps\n\nTwo and a half.")


def test_an_empty_wording_takes_the_part_away():
    assert keys(put_back(TEXT, "first-steps", "")) == ["front-matter", "beginning", "first-steps", "ende-schlu"]


def test_a_part_that_is_not_there_is_a_key_error():
    with pytest.raises(KeyError):
        put_back(TEXT, "nothing", "x")
    assert section_of(TEXT, "nothing") is None


def test_the_mark_of_a_wording_does_not_change_on_its_way_through_a_browser():
    assert mark("## A\n\nText\n\n") == mark("## A\r\n\r\nText")
    assert mark("## A\n") != mark("## B\n")


def test_tidying_takes_out_what_no_database_keeps():
    assert tidy("\r\na\x00b\rc \ud800\n\n") == "ab\nc ?\n"
    assert tidy(" \n") == ""


def test_lines_end_at_line_feeds_only():
    assert lines_of("a\u2028b\n\nc") == ["a\u2028b\n", "\n", "c"]
    assert in_fences(["a\n", "```\n", "x\n", "```\n", "b"]) == [False, True, True, True, False]
