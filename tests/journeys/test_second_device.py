"""A learner stops on one device and goes on at the same place on another; and articles open as it suits each reader."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.journeys.conftest import Another
from tests.journeys.visitor import Visitor

ARTICLE = "/modules/rag-knowledge-management/find-first-then-answer/"
LAB = "/labs/measure-retrieval/"
LONGEST_WAIT = 6_000  # milliseconds on the clock of the page until it has told where it is; it does so every 5 s


@pytest.fixture
def desk(visitor: Visitor) -> Visitor:
    return at_width(visitor, 1440)


@pytest.fixture
def phone(another: Another) -> Iterator[Visitor]:
    with another() as visitor:
        yield at_width(visitor, 390)


def at_width(visitor: Visitor, width: int) -> Visitor:
    """A device of this width, on which nobody is logged in yet, and whose clock can be put forward."""
    visitor.page.clock.install()
    visitor.page.set_viewport_size({"width": width, "height": 844})
    return visitor


def scroll_to(visitor: Visitor, anchor: str) -> None:
    visitor.page.evaluate("anchor => document.getElementById(anchor).scrollIntoView()", anchor)


def is_at(visitor: Visitor, anchor: str) -> None:
    """The place is at the top of the window, below the bar."""
    visitor.page.wait_for_function(
        "anchor => { const top = document.getElementById(anchor).getBoundingClientRect().top;"
        " return top >= 0 && top < 200 }", arg=anchor,
    )  # fmt: skip


def knows_within_2_seconds(visitor: Visitor, address: str, words: str, *, since: float) -> bool:
    visitor.wait_until(address, lambda page: words in page)
    return time.monotonic() - since < 2


def sections(visitor: Visitor) -> list[str]:
    found: list[str] = visitor.page.eval_on_selector_all("[data-section]", "all => all.map(one => one.dataset.section)")
    return found


def test_an_article_goes_on_at_the_same_section_on_another_device(desk: Visitor, phone: Visitor) -> None:
    for one in (desk, phone):
        one.sign_in("kim", afresh=True)
    desk.open(ARTICLE)
    *_, before, wanted, _ = sections(desk)
    for anchor in (sections(desk)[1], before):
        scroll_to(desk, anchor)
        desk.page.locator(f'.toc a[href="#{anchor}"][aria-current=true]').wait_for()

    scroll_to(desk, wanted)
    desk.page.locator(f'.toc a[href="#{wanted}"][aria-current=true]').wait_for()
    desk.page.clock.run_for(LONGEST_WAIT)
    assert knows_within_2_seconds(phone, ARTICLE, f'Go on at <a href="#{wanted}">', since=time.monotonic())

    phone.open(ARTICLE)
    assert phone.page.evaluate("scrollY") == 0  # it leads there and does not jump by itself
    phone.page.locator(".resume a").last.click()
    is_at(phone, wanted)

    phone.open("/dashboard/")
    phone.follow("Go on reading")
    is_at(phone, wanted)


def test_leaving_the_page_tells_the_place_at_once(desk: Visitor) -> None:
    desk.sign_in("kim", afresh=True)
    desk.open(ARTICLE)
    *_, wanted, _, _ = sections(desk)
    for anchor in (sections(desk)[2], wanted):
        scroll_to(desk, anchor)
        desk.page.locator(f'.toc a[href="#{anchor}"][aria-current=true]').wait_for()

    left = time.monotonic()
    desk.open("/modules/")
    assert knows_within_2_seconds(desk, ARTICLE, f'Go on at <a href="#{wanted}">', since=left)


def test_a_lab_goes_on_at_the_same_step_on_another_device(desk: Visitor, phone: Visitor) -> None:
    for one in (desk, phone):
        one.sign_in("kim", afresh=True)
    desk.open(LAB)
    desk.press("Start the lab")
    desk.page.wait_for_url("**/run/")
    wanted = sections(desk)[2]

    scroll_to(desk, wanted)
    is_at(desk, wanted)
    desk.page.clock.run_for(LONGEST_WAIT)
    assert knows_within_2_seconds(phone, "/dashboard/", f'/run/#{wanted}"', since=time.monotonic())

    phone.open("/dashboard/")
    phone.follow("Continue the lab")
    phone.page.wait_for_url(f"**{LAB}run/#{wanted}")
    is_at(phone, wanted)


def test_an_article_opens_with_the_concept_for_kim_and_with_steps_for_sayed(visitor: Visitor, another: Another) -> None:
    with another("sayed") as sayed:
        visitor.sign_in("kim")
        for reader, mode, first in (
            (visitor, "Concept first", "From a folder of files to an answer"),
            (sayed, "Recipe first", "Measure the finding apart from the writing"),
        ):
            reader.open(ARTICLE)
            assert reader.page.locator(".reading-mode [aria-current=true]").inner_text() == mode
            assert reader.page.locator(".reading h2").first.inner_text() == first
            assert reader.page.locator(".toc a").first.inner_text() == first
        assert sorted(sections(visitor)) == sorted(sections(sayed))  # nothing is left out

        sayed.follow("Compact")
        sayed.page.wait_for_url("**?read=compact")
        sayed.press("Always read this way")
        sayed.sees("Articles open “Compact” for you from now on.")
        sayed.open("/modules/ai-foundations/what-these-systems-are/")
        assert sayed.page.locator(".reading-mode [aria-current=true]").inner_text() == "Compact"
        sayed.page.get_by_text("Read on").nth(1).click()
        sayed.open("/me/learning/")
        sayed.page.get_by_label("As it suits my kind of work").check()
        sayed.press("Save how I read")
        sayed.sees("Your choices are saved.")
