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


KINDS = ("why", "risks", "steps")


def headings_of(text, **how):
    return [(one.level, one.text, one.anchor, one.kind) for one in render(text, **how).headings]


@pytest.mark.parametrize(
    ("marked", "text", "anchor", "kind"),
    [
        ("Where it fails {#limits .risks}", "Where it fails", "limits", "risks"),
        ("Where it fails {.risks}", "Where it fails", "where-it-fails", "risks"),
        ("Where it fails {#limits}", "Where it fails", "limits", ""),
        ("Run `make` {.steps} ##", "Run make", "run-make", "steps"),
        ("*All of it*{.why}", "All of it", "all-of-it", "why"),
    ],
)
def test_a_heading_may_name_its_id_and_its_kind(marked, text, anchor, kind):
    rendered = render(f"## {marked}", kinds=KINDS)

    assert headings_of(f"## {marked}", kinds=KINDS) == [(2, text, anchor, kind)]
    assert "{" not in rendered.html


@pytest.mark.parametrize(
    "typed",
    [
        "A {.recipe}", "A {onclick=x}", "A {.why .risks}", "A {#Ä}", "A {}", "A {.why", "A .why}", "{.why}",
        "A {#a onclick=x .why}", "A {style=color:red}", "A {.WHY}", "A {# .why}", "A {#x }", "A {{.why}} b",
    ],
)  # fmt: skip
def test_other_braces_at_a_heading_stay_as_typed(typed):
    assert headings_of(f"## {typed}", kinds=KINDS)[0][1] == typed


def test_without_kinds_braces_of_members_stay_as_typed():
    assert headings_of("## Settings {#a .why}") == [(2, "Settings {#a .why}", "settings-a-why", "")]
    assert render("## Settings {#a .why}").sections == []


def test_every_heading_has_an_id_of_its_own_whatever_it_asks_for():
    text = "## A {#b}\n\n## B\n\n## C {#b}\n\n## B 2\n\n## Main\n\n## Error summary"

    anchors = [heading[2] for heading in headings_of(text, kinds=KINDS)]

    assert anchors == ["b", "b-2", "b-3", "b-2-2", "main-2", "error-summary-2"]


def test_the_id_of_a_long_heading_fits_the_row_that_remembers_it():
    assert len(headings_of("## " + "word " * 60)[0][2]) <= 100


def test_a_text_is_given_back_in_sections_that_make_the_whole():
    text = "Opening.\n\nMore.\n\n## One {.why}\n\n![A figure](x.svg)\n\nFirst.\n\n- list\n\n### Below\n\nLast."
    rendered = render(text, kinds=KINDS)
    opening, one = rendered.sections

    assert (opening.anchor, opening.first, opening.after) == ("", "<p>Opening.</p>\n", "<p>More.</p>\n")
    assert (one.anchor, one.kind, one.title, one.heading) == ("one", "why", "One", "One")
    assert one.before == '<p><img src="x.svg" alt="A figure"></p>\n'
    assert one.first == "<p>First.</p>\n"
    assert one.after == '<ul>\n<li>list</li>\n</ul>\n<h3 id="below">Below</h3>\n<p>Last.</p>\n'
    assert rendered.html == opening.html + one.html == render(text.replace(" {.why}", "")).html


def test_only_headings_that_stand_in_nothing_else_begin_a_section_and_footnotes_are_the_last_one():
    text = "## One\n\nSee[^1].\n\n> ## Quoted\n\n- ## Listed\n\n## Two\n\n[^1]: A note."

    sections = render(text, kinds=KINDS).sections

    assert [section.title for section in sections] == ["One", "Two", ""]
    assert "A note." in sections[2].after


@pytest.mark.parametrize(
    "sign", ["## a {.why}\n", "## {#a}\n", "## a {", "## {#a .why} ", "# a\n\nb\n\n", "## a-2 {#a}\n", "[^1]", "{ "]
)
def test_no_text_with_kinds_of_the_permitted_size_takes_longer_than_a_second(sign):
    text = (sign * MEMBER_TEXT_LIMIT)[:MEMBER_TEXT_LIMIT]
    render("warm up", kinds=KINDS)

    started = time.thread_time()
    render(text, kinds=KINDS)

    assert time.thread_time() - started < 1


@pytest.mark.parametrize("typed", ["{#x onmouseover=alert(1)}", '{#"><script>alert(1)</script>}', "{.why onclick=a}"])
def test_marks_bring_nothing_that_runs(typed):
    html = render(f"## A {typed}", kinds=KINDS).html

    assert "<script" not in html
    assert '<h2 id="a-' in html
    assert html.count('="') == 1


def test_our_own_pictures_have_their_size_and_all_but_the_first_wait():
    file = "/static/img/learn/what-leaves-your-walls.svg"
    own = f"![A]({file})"
    html = render(f"{own}\n\n{own}\n\n![C](https://x.example/c.png)").html

    assert html.split("\n") == [
        f'<p><img src="{file}" alt="A" width="720" height="920"></p>',
        f'<p><img src="{file}" alt="A" loading="lazy" width="720" height="920"></p>',
        '<p><img src="https://x.example/c.png" alt="C" loading="lazy"></p>',
        "",
    ]
