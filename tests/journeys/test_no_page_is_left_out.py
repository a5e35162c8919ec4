"""Every address of the site is in the sweep, or left out of it for a reason that still holds."""

from __future__ import annotations

from pathlib import Path

from tests.journeys import pages


def test_every_page_is_looked_at_or_left_out_for_a_reason():
    known = {*pages.names_looked_at(), *pages.ON_THE_WAY, *pages.NO_PAGES}

    assert [name for name in pages.names_of_pages() if name not in known and not of_a_model(name)] == []


def of_a_model(name: str) -> bool:
    return name.startswith("admin:") and name.endswith((*pages.OF_EVERY_MODEL, *pages.OF_ANY_MODEL))


def test_no_reason_outlives_its_page():
    there = set(pages.names_of_pages())

    assert {*pages.ON_THE_WAY, *pages.NO_PAGES} - there == set()
    assert pages.names_looked_at() & set(pages.NO_PAGES) == set()


def test_every_look_on_the_way_happens():
    source = (Path(__file__).parent / "test_every_page.py").read_text()

    assert [look for look in pages.ON_THE_WAY.values() if f'"{look}"' not in source] == []


def test_a_button_is_told_from_a_page():
    names = set(pages.names_of_pages())

    assert {"members:leave", "communities:new_petition"} <= names
    assert not {"members:stay", "communities:sign_petition", "communities:close_campaign"} & names
