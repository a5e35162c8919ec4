import time

import pytest

from cop.lib.markdown import MEMBER_TEXT_LIMIT, render, to_plain


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='data:text/html,x'>x</a>",
        '![x](x "onload=alert(1)")',
        "<svg/onload=alert(1)>",
    ],
)
def test_nothing_that_runs_survives(text):
    html = render(text).html.lower()

    assert "<script" not in html
    assert "<svg" not in html
    assert 'href="javascript:' not in html
    assert 'href="data:' not in html
    assert " onerror=" not in html.replace("&lt;img src=x onerror=", "")


@pytest.mark.parametrize(
    "sign",
    ["[", "*", "`", "<", "> ", "- ", "|", "![", "_a", "\\", "&", "#\n", "# a\n", "x\n=\n", "## a b c d\n", "```\n"],
)
def test_no_text_of_the_permitted_size_takes_longer_than_a_second(sign):
    text = (sign * MEMBER_TEXT_LIMIT)[:MEMBER_TEXT_LIMIT]
    render("warm up")

    started = time.thread_time()
    render(text)

    assert time.thread_time() - started < 1


def test_headings_get_different_anchors_and_never_level_one():
    rendered = render("# Why\n\n## Why\n\n### Зачем")

    assert [(heading.level, heading.text, heading.anchor) for heading in rendered.headings] == [
        (2, "Why", "why"), (2, "Why", "why-2"), (3, "Зачем", "part"),
    ]  # fmt: skip
    assert '<h2 id="why">' in rendered.html


def test_code_is_coloured_by_classes_and_can_be_reached_by_keyboard():
    html = render("```python\nreturn 1\n```").html

    assert '<pre tabindex="0" aria-label="Python">' in html
    assert '<span class="k">return</span>' in html
    assert "style=" not in html


def test_an_unknown_language_is_plain_text():
    assert "nope nope" in render("```no-such-language\nnope nope\n```").html


def test_a_table_scrolls_in_a_group_named_by_its_header():
    html = render("| a | b |\n|---|---|\n| 1 | 2 |").html

    assert '<div class="scroll wide" tabindex="0" role="group" aria-label="Table: a, b"><table class="table">' in html


def test_code_keeps_only_spans_that_the_sheet_colours():
    html = render("```python\nx = f(1)\n```").html

    assert "x = f(" in html
    assert '<span class="mi">1</span>' in html


def test_links_are_written_out_in_plain_text():
    assert to_plain("Go [here](https://x.example/a) ![pic](p.svg)") == "Go here: https://x.example/a ![pic](p.svg)"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Come **on Monday** or **late**.", "Come on Monday or late."),
        ("**Two\nlines** and **[a link](https://x.example)**", "Two\nlines and a link: https://x.example"),
        ("**Run `2 ** 3` now**", "Run `2 ** 3` now"),
        ("`**kept**` and 2 ** 3 and *one* star", "`**kept**` and 2 ** 3 and *one* star"),
        ("An **open pair\n\nstays** as typed", "An **open pair\n\nstays** as typed"),
    ],
)
def test_bold_words_lose_their_stars_in_plain_text(text, plain):
    assert to_plain(text) == plain


def test_runs_of_blank_lines_become_one_in_plain_text():
    assert to_plain("One\n\n\n \n\nTwo\nThree\n\nFour") == "One\n\nTwo\nThree\n\nFour"


@pytest.mark.parametrize("sign", ["```", "~~~~"])
def test_fenced_code_stays_as_it_is_in_plain_text(sign):
    code = f"{sign}python\ndef f(**names):\n\n\n    return '**[x](y)**'\n{sign}"

    assert to_plain(f"**Look**\n\n\n\n{code}\n\n\n\n**there**") == f"Look\n\n{code}\n\nthere"


@pytest.mark.parametrize("sign", ["*", "`", "**a ", "**`a` ", "\n", "\n ", "```\n", "~~~\n", "[a", "[a]("])
def test_no_text_of_the_permitted_size_takes_longer_than_a_second_to_write_plainly(sign):
    text = (sign * MEMBER_TEXT_LIMIT)[:MEMBER_TEXT_LIMIT]

    started = time.thread_time()
    to_plain(text)

    assert time.thread_time() - started < 1
