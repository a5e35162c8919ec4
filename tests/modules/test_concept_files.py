"""The Concepts that come along say what each section is, so that every way of reading has something to begin with."""

from pathlib import Path

import pytest
from django.conf import settings

from cop.lib.markdown import render
from modules.reading import SECTION_KINDS

CONCEPTS = sorted((Path(settings.BASE_DIR) / "content" / "modules").glob("*/concept.md"))


def test_there_are_seven():
    assert len(CONCEPTS) == 7


@pytest.mark.parametrize("file", CONCEPTS, ids=[file.parent.name for file in CONCEPTS])
def test_every_section_has_its_kind_and_every_mode_a_beginning(file):
    text = file.read_text(encoding="utf-8").split("\n---\n", 1)[1]

    kinds = [section.kind for section in render(text, kinds=SECTION_KINDS).sections[1:]]

    assert "" not in kinds
    assert {"why", "concept"} & {*kinds}
    assert "risks" in kinds
    assert {"steps", "example"} & {*kinds}
    assert kinds[-1] == "next"
