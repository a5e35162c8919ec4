"""A learner stops on one device and goes on at the same place on another; and articles open as it suits each reader."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.visitor import Visitor

ARTICLE = "/modules/rag-knowledge-management/find-first-then-answer/"
LAB = "/labs/measure-retrieval/"
LONGEST_WAIT = 6  # seconds until the other device knows; the page tells it every 5
Device = Callable[..., Visitor]


@pytest.fixture
def device(site: str, browser: Any) -> Iterator[Device]:
    """Makes a device of its own width, on which nobody is logged in yet."""
    contexts = []

    def made(width: int) -> Visitor:
        context = browser.new_context(
            base_url=site, locale="en-GB", reduced_motion="reduce", viewport={"width": width, "height": 844}
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Visitor(context.new_page(), site)

    yield made
    for context in contexts:
        context.close()


def scroll_to(visitor: Visitor, anchor: str) -> None:
    visitor.page.evaluate("anchor => document.getElementById(anchor).scrollIntoView()", anchor)


def is_at(visitor: Visitor, anchor: str) -> None:
    """The place is at the top of the window, below the bar."""
    visitor.page.wait_for_function(
        "anchor => { const top = document.getElementById(anchor).getBoundingClientRect().top;"
        " return top >= 0 && top < 200 }", arg=anchor,
    )  # fmt: skip


def sections(visitor: Visitor) -> list[str]:
    found: list[str] = visitor.page.eval_on_selector_all("[data-section]", "all => all.map(one => one.dataset.section)")
    return found


def test_an_article_goes_on_at_the_same_section_on_another_device(device: Device) -> None:
    desk, phone = device(1440), device(390)
    for one in (desk, phone):
        one.sign_in("kim", afresh=True)
    desk.open(ARTICLE)
    *_, before, wanted, _ = sections(desk)
    for anchor in (sections(desk)[1], before):
        scroll_to(desk, anchor)
        desk.page.locator(f'.toc a[href="#{anchor}"][aria-current=true]').wait_for()

    scroll_to(desk, wanted)
    stopped = time.monotonic()
    desk.page.locator(f'.toc a[href="#{wanted}"][aria-current=true]').wait_for()
    phone.wait_until(ARTICLE, lambda page: f'Go on at <a href="#{wanted}">' in page)
    assert time.monotonic() - stopped < LONGEST_WAIT

    phone.open(ARTICLE)
    assert phone.page.evaluate("scrollY") == 0  # it leads there and does not jump by itself
    phone.page.locator(".resume a").last.click()
    is_at(phone, wanted)

    phone.open("/dashboard/")
    phone.follow("Go on reading")
    is_at(phone, wanted)
    assert desk.complaints == phone.complaints == []


def test_leaving_the_page_tells_the_place_at_once(device: Device) -> None:
    desk = device(1440)
    desk.sign_in("kim", afresh=True)
    desk.open(ARTICLE)
    *_, wanted, _, _ = sections(desk)
    for anchor in (sections(desk)[2], wanted):
        scroll_to(desk, anchor)
        desk.page.locator(f'.toc a[href="#{anchor}"][aria-current=true]').wait_for()

    left = time.monotonic()
    desk.open("/modules/")
    desk.wait_until(ARTICLE, lambda page: f'Go on at <a href="#{wanted}">' in page)

    assert time.monotonic() - left < 2


def test_a_lab_goes_on_at_the_same_step_on_another_device(device: Device) -> None:
    desk, phone = device(1440), device(390)
    for one in (desk, phone):
        one.sign_in("kim", afresh=True)
    desk.open(LAB)
    desk.press("Start the lab")
    desk.page.wait_for_url("**/run/")
    wanted = sections(desk)[2]

    scroll_to(desk, wanted)
    stopped = time.monotonic()
    phone.wait_until("/dashboard/", lambda page: f'/run/#{wanted}"' in page)
    assert time.monotonic() - stopped < LONGEST_WAIT

    phone.open("/dashboard/")
    phone.follow("Continue the lab")
    phone.page.wait_for_url(f"**{LAB}run/#{wanted}")
    is_at(phone, wanted)
    assert desk.complaints == phone.complaints == []


def test_an_article_opens_with_the_concept_for_kim_and_with_steps_for_sayed(device: Device) -> None:
    kim, sayed = device(1440), device(1440)
    kim.sign_in("kim", afresh=True)
    sayed.sign_in("sayed", afresh=True)

    for reader, mode, first in (
        (kim, "Concept first", "From a folder of files to an answer"),
        (sayed, "Recipe first", "Measure the finding apart from the writing"),
    ):
        reader.open(ARTICLE)
        assert reader.page.locator(".reading-mode [aria-current=true]").inner_text() == mode
        assert reader.page.locator(".reading h2").first.inner_text() == first
        assert reader.page.locator(".toc a").first.inner_text() == first
    assert sorted(sections(kim)) == sorted(sections(sayed))  # nothing is left out

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
    assert kim.complaints == sayed.complaints == []
