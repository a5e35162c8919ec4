"""Pages of every kind: no fault by axe, a silent console, no sideways scrolling on desktop and phone.

Axe looks at each page on a light desktop, and at one page of each kind also for contrast and on a dark phone.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.test_newcomer import join
from tests.journeys.test_organizer import write_issue
from tests.journeys.visitor import Visitor

PUBLIC = [
    "/", "/about/", "/modules/", "/modules/ai-foundations/", "/modules/rag-knowledge-management/",
    "/modules/ai-foundations/what-these-systems-are/", "/labs/", "/labs/redact-before-send/", "/events/",
    "/events/?past=1", "/events/welcome-webinar/", "/events/small-workshop/", "/events/recordings/", "/communities/",
    "/communities/devops-platform/", "/connect/", "/governance/", "/governance/documents/charter/", "/newsletters/",
    "/newsletters/how-it-began/", "/newsletters/subscribe/", "/levels/", "/personas/", "/personas/adrian/",
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/confirm-email/nonsense/", "/mailbox/", "/styleguide/",
]  # fmt: skip
MEMBERS = [
    "/dashboard/", "/welcome/", "/welcome/place/", "/welcome/questions/", "/members/", "/members/?q=nobody-has-this",
    "/members/kim/", "/members/adrian/", "/me/profile/", "/modules/ai-foundations/", "/labs/pr-summary/",
    "/events/small-workshop/", "/communities/sre-observability/", "/newsletters/", "/accounts/email/",
    "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/", "/accounts/sessions/", "/accounts/reauthenticate/", "/accounts/logout/",
]  # fmt: skip
ERRORS = {
    "/there-is-no-such-page/": 404, "/newsletters/unsubscribe/nonsense/": 400, "/newsletters/confirm/nonsense/": 400,
    "/appearance/": 405,
}  # fmt: skip
DESKTOP = {"width": 1440, "height": 700}
PHONE = {"width": 320, "height": 700}  # the narrowest that is promised
# One page of each kind, by its address or the name of its step.
KINDS = {
    "/", "/modules/ai-foundations/", "/modules/ai-foundations/what-these-systems-are/", "/events/small-workshop/",
    "/styleguide/", "/accounts/signup/", "sign-up with faults", "lab run", "code of conduct", "/dashboard/",
    "/members/", "/members/kim/", "/me/profile/", "/admin/", "/admin/events/event/add/", "event with faults",
    "newsletter: approve", "/admin/site/mail/",
}  # fmt: skip


class Sweep:
    """Looks at pages and keeps what is wrong with each."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.seen: list[str] = []
        self.found: dict[str, list[str]] = {}

    def open(self, address: str, *, status: int = 200) -> None:
        self._use(DESKTOP, "light")
        self.visitor.open(address, status=status)
        self.look(address)

    def look(self, name: str) -> None:
        """At the page that is open."""
        of_a_kind = name in KINDS
        self.visitor.page.wait_for_load_state()
        self._use(DESKTOP, "light")
        faults = self.visitor.faults(contrast=of_a_kind) + self._sideways(DESKTOP)
        self._use(PHONE, "dark")
        faults += self._sideways(PHONE)
        if of_a_kind:
            faults += self.visitor.faults(contrast=True)
        self.seen.append(name)
        if faults:
            self.found[name] = faults

    def _use(self, size: Any, scheme: str) -> None:
        self.visitor.page.set_viewport_size(size)
        self.visitor.page.emulate_media(color_scheme=scheme)

    def _sideways(self, size: Any) -> list[str]:
        wide = self.visitor.page.evaluate("document.documentElement.scrollWidth")
        return [f"scrolls sideways: {wide} px at {size['width']} px"] if wide > size["width"] else []


@pytest.fixture
def sweep(visitor):
    return Sweep(visitor)


@pytest.mark.parametrize(("who", "pages"), [("", PUBLIC), ("kim", MEMBERS)], ids=["visitor", "member"])
def test_pages_to_read_have_no_fault(sweep, who, pages):
    if who:
        sweep.visitor.sign_in(who)

    for address in pages:
        sweep.open(address)

    assert sweep.found == {}


def test_pages_that_say_no_have_no_fault(sweep):
    visitor = sweep.visitor

    for address, status in ERRORS.items():
        sweep.open(address, status=status)
    visitor.open("/newsletters/subscribe/")
    visitor.page.context.clear_cookies()
    visitor.page.locator("#id_email").fill("reader@example.org")
    visitor.page.locator("main form button").click()
    visitor.sees("This form has expired")
    visitor.expect_complaint("403")
    sweep.look("expired form")
    visitor.sign_in("leo")
    sweep.open("/admin/", status=403)

    assert sweep.found == {}


def test_forms_that_come_back_with_faults_have_no_fault_of_their_own(sweep):
    visitor = sweep.visitor

    visitor.open("/accounts/signup/")
    visitor.fill("Your name", "Kim <Vermeer>")
    visitor.fill("E-mail address", "kim@example")
    visitor.fill("Password", "short")
    visitor.press("Join")
    comes_back(sweep, "sign-up with faults")
    visitor.sign_in("leo")
    visitor.open("/me/profile/")
    visitor.page.locator("#id_handle").fill("Not A Handle")
    visitor.press("Save")
    comes_back(sweep, "profile with faults")

    assert sweep.found == {}


def comes_back(sweep: Sweep, name: str) -> None:
    sweep.visitor.page.locator("#error-summary").wait_for()
    sweep.look(name)


def test_the_pages_of_a_newcomer_have_no_fault(sweep):
    visitor = sweep.visitor

    join(visitor, "Ines Duarte", "ines@example.org")
    sweep.look("sign-up: look into your mailbox")
    visitor.open_mail("ines@example.org", "Confirm your address")
    sweep.look("a mail in the mailbox")
    sweep.open(visitor.address_on_page("/accounts/confirm-email/"))
    visitor.press("Confirm")
    visitor.page.wait_for_url("**/welcome/conduct/**")
    sweep.look("code of conduct")
    visitor.press("I will keep to it")
    visitor.page.wait_for_url("**/welcome/place/**")
    sweep.open("/dashboard/")
    visitor.open("/labs/threat-model-assistant/")
    visitor.page.locator("form[action$='/start/'] button").first.click()
    visitor.page.wait_for_url("**/run/**")
    sweep.look("lab run")

    assert sweep.found == {}


def test_the_pages_behind_links_in_newsletters_have_no_fault(sweep):
    visitor = sweep.visitor

    visitor.open("/newsletters/subscribe/")
    visitor.page.locator("#id_email").fill("sweep@example.org")
    visitor.page.locator("main form button").click()
    visitor.open_mail("sweep@example.org", "Confirm that you want our newsletter")
    visitor.open(visitor.address_on_page("/newsletters/confirm/"))
    sweep.look("newsletter: confirm")
    visitor.press("Yes, send me the newsletter")
    visitor.sees("The next issue goes to sweep@example.org")
    visitor.sign_in("bart")
    write_issue(visitor, "A letter to look at")
    sweep.look("newsletter: preview")
    visitor.follow("Approve", exact=True)
    visitor.page.wait_for_url("**/approve/")
    sweep.look("newsletter: approve")
    visitor.press("Approve and send to")
    visitor.page.wait_for_url("**/change/")
    sweep.look("newsletter: progress")
    visitor.open_mail("sweep@example.org", "A letter to look at")
    visitor.open(visitor.address_on_page("/newsletters/unsubscribe/"))
    sweep.look("newsletter: unsubscribe")
    visitor.press("Unsubscribe")
    visitor.sees("You are unsubscribed")
    sweep.look("newsletter: unsubscribed")

    assert sweep.found == {}


def test_every_list_and_every_empty_form_of_the_admin_has_no_fault(sweep):
    sweep.visitor.sign_in("bart")
    sweep.open("/admin/")
    desk = sweep.visitor.page.locator("#content-main")
    lists = addresses(desk.locator("a.model-name"))
    forms = addresses(desk.locator("a.addlink"))

    for address in [*lists, *forms]:
        sweep.open(address)

    assert len(lists) >= 30
    assert len(forms) >= 20
    assert sweep.found == {}
    assert [address for address in KINDS if address.startswith("/admin/") and address not in sweep.seen] == []


def addresses(links: Any) -> list[str]:
    return links.evaluate_all("links => links.map(link => link.getAttribute('href'))")


def test_the_event_forms_of_the_admin_have_no_fault(sweep):
    visitor = sweep.visitor
    visitor.sign_in("bart")

    visitor.open("/admin/events/event/add/")
    visitor.page.locator("#id_title").fill("Backwards")
    visitor.page.locator("#id_starts_at").fill("2027-05-12T12:30")
    visitor.page.locator("#id_ends_at").fill("2027-05-12T12:00")
    visitor.page.locator("input[name='_save']").click()
    visitor.sees("The end must come after the beginning")
    sweep.look("event with faults")
    visitor.open("/admin/events/event/?q=small")
    event = visitor.page.locator("#result_list th a").first.get_attribute("href").partition("?")[0]
    sweep.open(event)
    sweep.open(event.replace("/change/", "/cancel/"))

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
