import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from cop.site.models import Mail
from tests.accounts.conftest import PASSWORD, log_in

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"
CODES = "/accounts/2fa/recovery-codes/"


def code_of_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def secret_on(page) -> str:
    return re.search(r'id="authenticator_secret">([A-Z2-7]+)<', page.content.decode())[1]


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2027-03-01T12:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def secret(clock, kims_browser, django_capture_on_commit_callbacks):
    """Kim has set up an app; the clock stands a minute later, so that its next code is new."""
    found = secret_on(kims_browser.get(ACTIVATE))
    with django_capture_on_commit_callbacks(execute=True):
        kims_browser.post(ACTIVATE, {"code": code_of_now(found)})
    clock.shift(60)
    return found


def test_setting_up_an_app_shows_picture_and_secret_and_ends_with_recovery_codes(clock, kims_browser, kim):
    page = kims_browser.get(ACTIVATE)
    done = kims_browser.post(ACTIVATE, {"code": code_of_now(secret_on(page))})

    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert done.url == CODES
    assert sorted(Authenticator.objects.filter(user=kim).values_list("type", flat=True)) == ["recovery_codes", "totp"]


def test_a_wrong_code_says_what_to_do_and_keeps_the_secret(clock, kims_browser):
    first = kims_browser.get(ACTIVATE)

    again = kims_browser.post(ACTIVATE, {"code": "000000"})

    assert '<a href="#id_code">This code does not fit.' in again.content.decode()
    assert secret_on(again) == secret_on(first)


def test_log_in_asks_for_the_code_and_takes_it(secret, browser):
    other = Client()
    first = log_in(other)
    page = other.get(first.url)
    second = other.post(first.url, {"code": code_of_now(secret)})

    assert first.url == "/accounts/2fa/authenticate/"
    assert "Your password was right." in page.content.decode()
    assert second.url == "/dashboard/"
    assert "_auth_user_id" in other.session


def test_log_in_refuses_a_wrong_code(secret):
    other = Client()
    log_in(other)

    page = other.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert "This code does not fit." in page.content.decode()
    assert "_auth_user_id" not in other.session


def test_a_code_works_once(secret):
    code = code_of_now(secret)
    first, second = Client(), Client()
    for browser in (first, second):
        log_in(browser)
        browser.post("/accounts/2fa/authenticate/", {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_a_recovery_code_works_instead_and_once(secret, kims_browser, kim):
    code = Authenticator.objects.get(user=kim, type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    for browser in (first, second):
        log_in(browser)
        browser.post("/accounts/2fa/authenticate/", {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_the_codes_are_shown_saved_and_made_anew(secret, kims_browser, kim):
    shown = kims_browser.get(CODES).content.decode()
    saved = kims_browser.get(f"{CODES}download/")
    before = Authenticator.objects.get(user=kim, type="recovery_codes").wrap().get_unused_codes()
    kims_browser.post(f"{CODES}generate/")
    after = Authenticator.objects.get(user=kim, type="recovery_codes").wrap().get_unused_codes()

    assert "10 of 10 codes are left." in shown
    assert all(code in shown for code in before)
    assert saved.content.decode().split() == before
    assert set(before).isdisjoint(after)


def test_switching_the_app_off_takes_a_button_and_ends_the_codes(secret, kims_browser, kim):
    kims_browser.get("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=kim).count() == 2

    kims_browser.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=kim).exists()


@pytest.mark.parametrize("address", [ACTIVATE, "/accounts/2fa/webauthn/add/"])
def test_dangerous_pages_ask_again_after_a_while(clock, kims_browser, address):
    clock.shift(3600)

    asked = kims_browser.get(address)
    page = kims_browser.get(asked.url)
    back = kims_browser.post(asked.url, {"password": PASSWORD, "next": address})

    assert asked.url.startswith("/accounts/reauthenticate/?next=")
    assert "Is it still you?" in page.content.decode()
    assert back.url == address


def test_the_overview_says_whether_the_second_step_is_on(clock, kims_browser):
    assert "Your password alone opens your account." in kims_browser.get("/accounts/2fa/").content.decode()


def test_the_overview_counts_what_is_set_up(secret, kims_browser):
    page = kims_browser.get("/accounts/2fa/").content.decode()

    assert "You are asked for the second step at each log-in." in page
    assert "10 of 10 codes are left." in page


def test_the_owner_is_told_by_mail(secret):
    assert list(Mail.objects.values_list("kind", flat=True)) == ["mfa/email/totp_activated"]


@pytest.mark.parametrize("address", ["/accounts/2fa/webauthn/add/", "/accounts/login/"])
def test_pages_with_passkeys_have_no_inline_scripts(kims_browser, browser, address):
    client = Client() if "login" in address else kims_browser
    page = client.get(address).content.decode()

    scripts = re.findall(r"<script([^>]*)>", page)
    assert len(scripts) >= 5
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)
    assert "js/passkeys.js" in page


def test_the_key_list_shows_one_and_three_keys_with_the_same_queries(kims_browser, kim, django_assert_num_queries):
    def add(number):
        Authenticator.objects.create(user=kim, type="webauthn", data={"name": f"Key {number}", "credential": {}})

    add(1)
    with django_assert_num_queries(4):
        one = kims_browser.get("/accounts/2fa/webauthn/").content.decode()
    add(2)
    add(3)
    with django_assert_num_queries(4):
        three = kims_browser.get("/accounts/2fa/webauthn/").content.decode()

    assert "Key 1" in one
    assert all(f"Key {number}" in three for number in (1, 2, 3))
