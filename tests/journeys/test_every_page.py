"""Pages of every kind: no fault by axe, a silent console, no sideways scrolling on desktop and phone.

Axe looks at each page on a light desktop, and at one page of each kind also for contrast and on a dark phone.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.pages import ERRORS, LOOKED_AT
from tests.journeys.sweep import KINDS, Sweep
from tests.journeys.test_newcomer import join
from tests.journeys.test_organizer import write_issue
from tests.journeys.test_passkey import make_a_passkey

pytestmark = pytest.mark.thorough


@pytest.fixture
def sweep(visitor):
    return Sweep(visitor)


@pytest.mark.parametrize("who", LOOKED_AT)
def test_pages_to_read_have_no_fault(sweep, who):
    if who:
        sweep.visitor.sign_in(who, afresh=True)  # some of the pages want the password of just now

    for address in LOOKED_AT[who]:
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
    sweep.open("/welcome/")
    visitor.open("/labs/threat-model-assistant/")
    visitor.page.locator("form[action$='/start/'] button").first.click()
    visitor.page.wait_for_url("**/run/**")
    sweep.look("lab run")
    visitor.open_mail("ines@example.org", "Welcome")
    visitor.open(visitor.address_on_page("/notices/off/"))
    sweep.look("one kind of mail: switch it off")

    assert sweep.found == {}


def test_the_pages_of_somebody_who_is_invited_have_no_fault(sweep):
    visitor = sweep.visitor

    visitor.sign_in("kim")
    visitor.open("/me/invitations/")
    visitor.page.locator("#id_addresses").fill("guest@example.org")
    visitor.page.locator("#id_sentence").fill("You asked what we do on Wednesdays.")
    visitor.page.locator("main form button[type=submit]").click()
    visitor.sees("1 invitation on the way.")
    sweep.look("invitation: sent")
    visitor.page.context.clear_cookies()
    visitor.open_mail("guest@example.org", "invite")
    mail = visitor.page.url
    visitor.open(visitor.address_on_page("/join/no/"))
    sweep.look("invitation: no more of them")
    visitor.open(mail)
    visitor.open(visitor.address_on_page("/join/", but="/join/no/"))
    sweep.look("invitation: opened")

    assert sweep.found == {}


def test_the_pages_of_an_account_with_a_passkey_have_no_fault(owner):
    sweep = Sweep(owner)
    keys = "/accounts/2fa/webauthn/"

    owner.sign_in("member-0007")
    make_a_passkey(owner)
    sweep.look("recovery codes")
    sweep.open("/accounts/2fa/")
    owner.open("/accounts/2fa/recovery-codes/generate/")
    sweep.look("recovery codes: new ones")
    sweep.open(keys)
    key = owner.link_like(f"{keys}keys/*/edit/")
    owner.open(key)
    sweep.look("key: its name")
    owner.open(key.replace("/edit/", "/remove/"))
    sweep.look("key: remove it")
    owner.open("/accounts/2fa/reauthenticate/")
    sweep.look("is it still you: code")
    owner.open("/accounts/2fa/webauthn/reauthenticate/")
    sweep.look("is it still you: key")
    owner.page.context.clear_cookies()
    owner.open("/accounts/login/")
    owner.page.locator("#id_login").fill("member-0007@demo.invalid")
    owner.page.locator("#id_password").fill("demo")
    owner.press("Log in", exact=True)
    owner.page.wait_for_url("**/2fa/authenticate/**")
    sweep.look("log in: second factor")

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


def test_every_list_every_empty_form_and_every_first_row_of_the_admin_has_no_fault(sweep):
    sweep.visitor.sign_in("bart")
    sweep.open("/admin/")
    desk = sweep.visitor.page.locator("#content-main")
    lists = addresses(desk.locator("a.model-name"))
    forms = addresses(desk.locator("a.addlink"))

    for address in lists:
        sweep.open(address)
        if first := addresses(sweep.visitor.page.locator("#result_list tbody th a").first):
            sweep.open(first[0])
    for address in forms:
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
    sweep.open(event.replace("/change/", "/history/"))
    sweep.open(event.replace("/change/", "/delete/"))
    visitor.open(event.replace("/change/", "/cancel/"))
    sweep.look("event: cancel")
    visitor.open("/admin/labs/certificate/")
    certificate = visitor.page.locator("#result_list th a").first.get_attribute("href").partition("?")[0]
    visitor.open(certificate.replace("/change/", "/revoke/"))
    sweep.look("certificate: revoke")

    assert sweep.found == {}
