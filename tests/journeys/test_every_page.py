"""Every page: no fault by axe, a silent console, no sideways scrolling, light and dark, phone and desktop."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.visitor import Visitor

PUBLIC = [
    "/", "/about/", "/modules/", "/modules/ai-foundations/", "/modules/rag-knowledge-management/",
    "/modules/ai-foundations/what-these-systems-are/", "/labs/", "/labs/redact-before-send/", "/events/",
    "/events/?past=1", "/events/welcome-webinar/", "/events/small-workshop/", "/events/recordings/", "/communities/",
    "/communities/devops-platform/", "/connect/", "/governance/", "/governance/documents/charter/", "/newsletters/",
    "/newsletters/how-it-began/", "/newsletters/subscribe/", "/levels/", "/personas/", "/personas/adrian/",
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/mailbox/", "/styleguide/",
]  # fmt: skip
MEMBERS = [
    "/dashboard/", "/welcome/", "/welcome/place/", "/welcome/questions/", "/members/", "/members/?q=nobody-has-this",
    "/members/kim/", "/members/adrian/", "/me/profile/", "/modules/ai-foundations/", "/labs/pr-summary/",
    "/events/small-workshop/", "/communities/sre-observability/", "/newsletters/", "/accounts/email/",
    "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/logout/",
]  # fmt: skip
ORGANIZERS = [
    "/admin/", "/admin/events/event/", "/admin/events/event/add/", "/admin/members/member/", "/admin/members/activity/",
    "/admin/newsletters/issue/", "/admin/newsletters/issue/add/", "/admin/governance/seat/", "/admin/site/jobrun/",
    "/admin/site/mail/",
]  # fmt: skip
DESKTOP = {"width": 1440, "height": 700}
PHONE = {"width": 320, "height": 700}  # the narrowest that is promised
# One page of each kind is also measured for contrast, light and dark; tests/lib/test_colours.py holds every pair.
KINDS = {
    "/", "/modules/ai-foundations/", "/modules/ai-foundations/what-these-systems-are/", "/events/small-workshop/",
    "/styleguide/", "/accounts/signup/", "/dashboard/", "/members/", "/members/kim/", "/me/profile/", "/admin/",
    "/admin/events/event/add/", "/admin/site/mail/",
}  # fmt: skip


@pytest.mark.parametrize(("who", "pages"), [("", PUBLIC), ("kim", MEMBERS), ("bart", ORGANIZERS)])
def test_pages_have_no_fault_on_a_light_desktop_and_a_dark_phone(visitor, who, pages):
    if who:
        visitor.sign_in(who)
    found: dict[str, Any] = {}

    for address in pages:
        look(visitor, DESKTOP, "light")
        visitor.open(address)
        faults = visitor.faults(contrast=address in KINDS) + sideways(visitor, DESKTOP)
        look(visitor, PHONE, "dark")
        faults += sideways(visitor, PHONE)
        if address in KINDS:
            faults += visitor.faults(contrast=True)
        if faults:
            found[address] = faults

    assert found == {}


def look(visitor: Visitor, size: Any, scheme: str) -> None:
    visitor.page.set_viewport_size(size)
    visitor.page.emulate_media(color_scheme=scheme)


def sideways(visitor: Visitor, size: Any) -> list[str]:
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    return [f"scrolls sideways: {wide} px at {size['width']} px"] if wide > size["width"] else []


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
