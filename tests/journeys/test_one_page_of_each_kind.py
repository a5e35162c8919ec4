"""A glance at one page of each kind; those on the way of newcomers and organizers are seen in their journeys.

Every page, list and form is looked at in test_every_page.py."""

from __future__ import annotations

import pytest

from tests.journeys.sweep import KINDS, Sweep

ON_THE_WAY = {"code of conduct", "lab run", "event with faults", "/admin/events/event/add/", "newsletter: approve"}
PAGES = {
    "": [
        "/", "/modules/ai-foundations/", "/modules/ai-foundations/what-these-systems-are/", "/events/small-workshop/",
        "/styleguide/",
    ],
    "sayed": ["/dashboard/", "/members/", "/members/kim/", "/me/profile/"],
    "bart": ["/admin/", "/admin/site/mail/"],
}  # fmt: skip
FORM = ["/accounts/signup/", "sign-up with faults"]


def test_no_kind_of_page_is_forgotten():
    assert sum(PAGES.values(), FORM) == list(dict.fromkeys(sum(PAGES.values(), FORM)))
    assert {*sum(PAGES.values(), FORM)} | ON_THE_WAY == KINDS


@pytest.mark.parametrize("who", PAGES)
def test_a_page_of_each_kind_has_no_fault(visitor, who):
    sweep = Sweep(visitor)
    if who:
        visitor.sign_in(who)

    for address in PAGES[who]:
        visitor.open(address)
        sweep.glance(address)

    assert sweep.found == {}


def test_a_form_and_what_it_says_about_faults_have_no_fault_of_their_own(visitor):
    sweep = Sweep(visitor)

    visitor.open("/accounts/signup/")
    sweep.glance("/accounts/signup/")
    visitor.fill("Your name", "Kim <Vermeer>")
    visitor.fill("E-mail address", "kim@example")
    visitor.fill("Password", "short")
    visitor.press("Join")
    visitor.page.locator("#error-summary").wait_for()
    sweep.glance("sign-up with faults")

    assert sweep.found == {}


def test_a_page_stays_small(visitor):
    for address in ["/", "/events/", "/modules/ai-foundations/what-these-systems-are/"]:
        before = len(visitor.requests)
        visitor.open(address)
        elements = visitor.page.evaluate("document.querySelectorAll('*').length")

        assert len(visitor.requests) - before <= 10
        assert elements <= 1200


def test_the_keyboard_alone_reaches_the_main_part_and_every_control_shows_its_focus(visitor):
    visitor.sign_in("sayed")
    visitor.open("/events/welcome-webinar/")
    page = visitor.page

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")
