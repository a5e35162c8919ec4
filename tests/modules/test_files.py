import random
from pathlib import Path

import pytest
from django.conf import settings

from cop.lib import records, writing
from cop.lib.records import ContentError
from modules import files
from tests.odd_texts import odd, odd_line

CONTENT = Path(settings.BASE_DIR) / "content" / "modules"
CONCEPTS = sorted(CONTENT.glob("*/concept.md"))
FIELDS = {
    "slug": "what-leaves", "title": "What leaves", "summary": "Follow a text.", "kind": "concept", "order": 0,
    "teaches": {"retrieval": 2, "python": 1}, "sources": [{"title": "Risks", "url": "https://a.org/"}],
    "body": "## Why\n\nBecause.\n",
}  # fmt: skip


def upkeep_in(text):
    data = records.split(text, "concept.md").data
    return {key: str(data[key]) for key in files.UPKEEP if key in data}


@pytest.mark.parametrize("path", CONCEPTS, ids=lambda path: path.parent.name)
def test_a_concept_that_is_read_and_written_keeps_every_byte(path):
    text = path.read_bytes().decode()

    assert files.write_article(files.read_article(text), upkeep=upkeep_in(text)) == text


@pytest.mark.parametrize("path", CONCEPTS, ids=lambda path: path.parent.name)
def test_every_concept_says_who_keeps_it_until_when_and_what_it_teaches(path):
    data = records.split(path.read_text(), "concept.md").data

    assert {"author", "owner", "review_by", "teaches"} <= data.keys()


def test_what_is_written_is_read_back_equal():
    assert files.read_article(files.write_article(FIELDS)) == FIELDS


@pytest.mark.parametrize("seed", range(60))
def test_odd_texts_come_back_as_they_were(seed):
    chance = random.Random(seed)
    fields = FIELDS | {
        "title": odd_line(chance)[:160], "summary": odd(chance)[:400] + "x", "body": odd(chance) + "\nx",
        "sources": [{"title": odd(chance) + "x", "url": "https://a.org/" + odd_line(chance)}],
    }  # fmt: skip

    text = files.write_article(fields)
    again = files.read_article(text)

    assert again == fields | {"body": records.trimmed(fields["body"])}
    assert files.write_article(again) == text


@pytest.mark.parametrize(
    "word", ["no", "On", "null", "1e3", "12", "a: b", "", "- x", "#x", "a\u2028b", "\u0085", "2027-05-20", "~", "'"]
)
def test_a_word_that_yaml_would_take_for_something_else_stays_a_text(word):
    data = records.parse(f"key: {writing.word(word)}\n", "f.yaml")

    assert data["key"] == word


def test_minutes_and_kind_stand_in_the_file_only_where_they_say_something():
    plain = files.write_article(FIELDS)
    other = files.write_article(FIELDS | {"minutes": 12, "kind": "howto-intro", "order": 3})

    assert not any(line.startswith(("minutes:", "kind:", "order:")) for line in plain.splitlines())
    assert files.read_article(other)["minutes"] == 12
    assert files.read_article(other)["kind"] == "howto-intro"


def test_a_body_may_look_like_front_matter():
    fields = FIELDS | {"body": "---\nslug: other\n---\n\nText.\n"}

    assert files.read_article(files.write_article(fields)) == fields


def test_a_title_that_ends_with_dashes_does_not_end_the_front_matter():
    fields = FIELDS | {"title": "What leaves ---"}

    assert files.read_article(files.write_article(fields))["title"] == "What leaves ---"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('summary: "Follow a text."', "", "article.md:2: summary: is missing"),
        ("slug: what-leaves", "slug: what leaves", "article.md:2: slug: must be letters, digits, - and _ only"),
        ("https://a.org/", "javascript:alert(1)", "article.md:8: url: must begin with https://"),
        ("retrieval: 2", "retrieval: 9", "article.md:5: teaches: retrieval: must be a whole number from 1 to 4"),
        ("retrieval: 2", "magic: 2", "article.md:5: teaches: there is no skill “magic”"),
        ('title: "What leaves"', 'title: "What\n', "article.md:5: YAML:"),
        ('title: "What leaves"', 'title: ["a"]', "article.md:3: title: must be a text"),
        ("---\n\n## Why\n\nBecause.\n", "---\n", "article.md:10: text: is missing"),
        ("slug: what-leaves", "colour: red", "article.md:2: colour: is not a key that is known here"),
        ("slug: what-leaves", "review_by: 2027-02-31", "article.md:2: YAML: "),
        ('title: "What leaves"', f'title: "{"x" * 161}"', "article.md:3: title: has more than 160 characters"),
    ],
)
def test_a_fault_is_named_by_line_and_key(old, new, fault):
    text = files.write_article(FIELDS)
    assert old in text

    with pytest.raises(ContentError) as caught:
        files.read_article(text.replace(old, new, 1), known={"skill": {"retrieval", "python"}})

    assert str(caught.value.faults[0]).startswith(fault)


@pytest.mark.parametrize("text", ["", "Only words.", "---\ntitle: x\n", "--- \n---\n", "---\n- a\n---\n", "---\n---\n"])
def test_a_text_without_front_matter_says_so(text):
    with pytest.raises(ContentError) as caught:
        files.read_article(text)

    assert "front matter" in str(caught.value)


def test_line_ends_of_another_system_are_read_as_ours():
    text = files.write_article(FIELDS)

    assert files.read_article(text.replace("\n", "\r\n")) == FIELDS


def test_a_text_of_several_lines_stands_as_a_block_where_yaml_can_hold_it():
    assert writing.block("expected", "- one\n- two\n") == "expected: |\n  - one\n  - two"
    assert writing.block("expected", "one\ntwo") == "expected: |-\n  one\n  two"
    assert writing.block("expected", "one") == 'expected: "one"'
    assert writing.block("expected", " one\ntwo\n") == 'expected: " one\\ntwo\\n"'
    assert writing.block("expected", "one\n\n") == 'expected: "one\\n\\n"'
