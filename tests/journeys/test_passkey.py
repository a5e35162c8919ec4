"""A passkey from making it to logging in with it, with Chromium's virtual authenticator."""

from __future__ import annotations

from tests.journeys.visitor import Visitor


def test_a_passkey_is_made_and_opens_the_account_without_a_password(owner):
    owner.sign_in("member-0006")  # and nobody else does: from now on this account wants a second factor
    owner.open("/dashboard/")
    name = name_on_start_page(owner)
    make_a_passkey(owner)
    owner.open("/accounts/logout/")
    owner.page.locator("main").get_by_role("button", name="Log out").click()
    owner.page.wait_for_url(owner.site + "/")

    owner.open("/accounts/login/")
    owner.press("Log in with a passkey")

    owner.page.wait_for_url("**/dashboard/")
    assert name_on_start_page(owner) == name
    owner.open("/accounts/2fa/webauthn/")
    assert "My laptop" in owner.text()
    assert "Passkey, last used on" in owner.text()


def name_on_start_page(owner: Visitor) -> str:
    return owner.page.inner_text("main h1").partition(", ")[2]


def make_a_passkey(owner: Visitor) -> None:
    page = owner.page
    owner.open("/accounts/2fa/")
    owner.follow("Add a passkey")
    owner.sees("Is it still you?")
    page.locator("#id_password").fill("demo")
    owner.press("Go on")
    page.locator("#id_name").fill("My laptop")
    page.locator("#id_passwordless").check()
    owner.press("Add the key")
    page.wait_for_url("**/accounts/2fa/recovery-codes/**")
    assert "10 of 10 codes are left" in owner.text()
