"""A passkey from making it to logging in with it, with Chromium's virtual authenticator."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.journeys.visitor import Visitor

PLATFORM = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def adrian(site, browser):
    """Adrian at a device that keeps passkeys. He opens the site by a name: browsers make no key for a bare address."""
    by_name = f"http://localhost:{urlsplit(site).port}"
    context = browser.new_context(base_url=by_name, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    adrian = Visitor(context.new_page(), by_name)
    device = context.new_cdp_session(adrian.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM})
    yield adrian
    context.close()
    assert adrian.complaints == []


def test_a_passkey_is_made_and_opens_the_account_without_a_password(adrian):
    make_a_passkey(adrian)
    adrian.open("/accounts/logout/")
    adrian.page.locator("main").get_by_role("button", name="Log out").click()
    adrian.page.wait_for_url(adrian.site + "/")

    adrian.open("/accounts/login/")
    adrian.press("Log in with a passkey")

    adrian.page.wait_for_url("**/dashboard/")
    assert "Adrian" in adrian.page.inner_text("main h1")
    adrian.open("/accounts/2fa/webauthn/")
    assert "My laptop" in adrian.text()
    assert "Passkey, last used on" in adrian.text()


def make_a_passkey(adrian: Visitor) -> None:
    page = adrian.page
    adrian.sign_in("adrian")
    adrian.open("/accounts/2fa/")
    adrian.follow("Add a passkey")
    adrian.sees("Is it still you?")
    page.locator("#id_password").fill("demo")
    adrian.press("Go on")
    page.locator("#id_name").fill("My laptop")
    page.locator("#id_passwordless").check()
    adrian.press("Add the key")
    page.wait_for_url("**/accounts/2fa/recovery-codes/**")
    assert "10 of 10 codes are left" in adrian.text()
