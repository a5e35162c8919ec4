import random
from pathlib import Path

import pytest
from django.conf import settings

from cop.lib import records
from cop.lib.records import ContentError
from labs import files
from modules.files import UPKEEP
from tests.odd_texts import odd, odd_line

CONTENT = Path(settings.BASE_DIR) / "content" / "modules"
LABS = sorted(CONTENT.glob("*/labs/*.md"))
FIELDS = {
    "slug": "redact", "title": "Find secrets", "order": 2, "aim": "You end with a number.", "minutes": 13,
    "exposure": "local-only", "no_code": False, "may_show_secrets": True, "teaches": {"python": 1},
    "licence": "CC-BY-4.0", "prerequisites": ["Python"], "environment": "Your own computer.", "local_alternative": "",
    "expected": "- A folder\n- A number\n", "reflection": "Which one?",
    "troubleshooting": [{"problem": "Slow.", "cure": "Wait."}], "rubric": [{"name": "It ran", "text": "Shown."}],
    "introduction": "What it is.",
    "steps": [
        {"key": "plant", "title": "Plant a secret", "body": "**Do.** It.", "minutes": 8, "required": True},
        {"key": "count", "title": "Count", "body": "", "minutes": 5, "required": True},
        {"key": "more", "title": "More of it", "body": "Only if you like.", "minutes": 20, "required": False},
    ],
}  # fmt: skip


def upkeep_in(text):
    data = records.split(text, "lab.md").data
    return {key: str(data[key]) for key in UPKEEP if key in data}


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_a_lab_that_is_read_and_written_keeps_every_byte(path):
    text = path.read_bytes().decode()

    assert files.write(files.read(text), upkeep=upkeep_in(text)) == text


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_every_lab_has_a_licence_a_day_of_review_and_says_what_it_teaches(path):
    data = records.split(path.read_text(), "lab.md").data

    assert {"author", "licence", "review_by", "teaches"} <= data.keys()


def test_what_is_written_is_read_back_equal():
    assert files.read(files.write(FIELDS)) == FIELDS


@pytest.mark.parametrize("seed", range(120))
def test_odd_texts_come_back_as_they_were(seed):
    chance = random.Random(seed)
    steps = [
        {"key": f"step-{number}", "title": odd_line(chance), "body": odd(chance), "minutes": number, "required": True}
        for number in range(1, chance.randrange(2, 5))
    ]
    fields = FIELDS | {
        "steps": steps, "minutes": sum(step["minutes"] for step in steps), "introduction": odd(chance),
        "expected": odd(chance) + "x", "environment": odd(chance), "aim": odd_line(chance),
        "prerequisites": [odd(chance), odd_line(chance)],
        "troubleshooting": [{"problem": odd(chance) + "x", "cure": odd_line(chance)}],
    }  # fmt: skip

    text = files.write(fields)
    again = files.read(text)

    assert again == files.canonical(fields)
    assert files.write(again) == text


def test_headings_inside_a_step_are_no_steps():
    body = "## Why\n\n```sh\n## not a heading\n```\n\n ## Two\n\n   ## Three"
    fields = FIELDS | {"steps": [{**FIELDS["steps"][0], "minutes": 13, "body": body}]}

    assert files.read(files.write(fields)) == fields


def test_a_code_block_that_nobody_closed_does_not_swallow_the_next_step():
    steps = [{**FIELDS["steps"][0], "body": "````sh\n```\nls"}, FIELDS["steps"][1]]

    again = files.read(files.write(FIELDS | {"steps": steps}))

    assert [step["key"] for step in again["steps"]] == ["plant", "count"]
    assert again["steps"][0]["body"] == "````sh\n```\nls\n````"


def test_a_title_may_hold_something_like_attributes():
    steps = [{**FIELDS["steps"][0], "title": "Plant {#this minutes=3}", "minutes": 13}]

    assert files.read(files.write(FIELDS | {"steps": steps}))["steps"] == steps


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        ("minutes: 13", "minutes: 14", ["lab.md:6: minutes: says 14, but the required steps add up to 13"]),
        ("{#count minutes=5}", "{#count}", ["lab.md:34: step: must look like “## Title {#step-key minutes=8}”"]),
        ("{#count minutes=5}", "{#plant minutes=5}", ["step: each step needs a key of its own"]),
        ('aim: "You end with a number."', "", ["aim: is missing"]),
        ("exposure: local-only", "exposure: elsewhere", ["lab.md:7: exposure: must be one of none, local-only"]),
        ("licence: CC-BY-4.0", "licence: as you like", ["licence: must be a short name as SPDX writes it"]),
        ("minutes: 13", "minutes: 99999", ["lab.md:6: minutes: must be 32767 at most", "lab.md:6: minutes: says"]),
    ],
)
def test_a_fault_is_named_by_line_and_key(old, new, faults):
    text = files.write(FIELDS)
    assert old in text

    with pytest.raises(ContentError) as caught:
        files.read(text.replace(old, new, 1))

    said = [str(fault) for fault in caught.value.faults]
    assert all(words in line for words, line in zip(faults, said, strict=False)), said
    assert len(said) >= len(faults)
