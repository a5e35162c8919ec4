import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib import admin
from django.test import Client

from cop.site.models import JobRun, Mail, SiteBrand
from members.templatetags.admin_order import PARTS
from tests.accounts.conftest import log_in, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def bart():
    return make_member("bart@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(bart, settings):
    """An organizer's browser, in an installation that asks for no second step."""
    settings.ADMIN_REQUIRES_MFA = False
    browser = Client()
    log_in(browser, "bart@example.org")
    return browser


def test_visitors_are_led_to_the_sites_own_log_in_and_back(bart, browser, settings):
    settings.ADMIN_REQUIRES_MFA = False

    door = browser.get("/admin/site/mail/")
    page = browser.get(door.url)

    assert page.url == "/accounts/login/?next=%2Fadmin%2Fsite%2Fmail%2F"
    assert log_in(browser, "bart@example.org", next="/admin/site/mail/").url == "/admin/site/mail/"
    assert browser.get("/admin/site/mail/").status_code == 200


def test_the_admins_own_log_in_form_takes_no_passwords(bart, browser):
    response = browser.post("/admin/login/", {"username": "bart@example.org", "password": "four unrelated words 7"})

    assert response.url.startswith("/accounts/login/")
    assert "_auth_user_id" not in browser.session


def test_a_member_who_is_no_organizer_is_refused(kims_browser):
    response = kims_browser.get("/admin/", follow=True)

    assert response.status_code == 403


def test_an_organizer_without_a_second_step_is_led_to_set_one_up(bart, browser, settings):
    settings.ADMIN_REQUIRES_MFA = True
    log_in(browser, "bart@example.org")

    response = browser.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/accounts/2fa/")
    assert "The admin asks for a second step at log-in." in response.content.decode()


def test_an_organizer_who_has_not_used_the_second_step_is_asked_for_it(bart, browser, settings):
    settings.ADMIN_REQUIRES_MFA = True
    log_in(browser, "bart@example.org")
    TOTP.activate(bart, generate_totp_secret())
    code = RecoveryCodes.activate(bart).get_unused_codes()[0]

    asked = browser.get("/admin/site/mail/", follow=True)
    address = asked.redirect_chain[-1][0]
    passed = browser.post(address, {"code": code, "next": "/admin/site/mail/"})

    assert address == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fsite%2Fmail%2F"
    assert "The admin opens after your second step." in asked.content.decode()
    assert passed.url == "/admin/site/mail/"
    assert browser.get("/admin/site/mail/").status_code == 200


def test_an_organizer_with_keys_only_is_asked_for_a_key(bart, browser, settings):
    settings.ADMIN_REQUIRES_MFA = True
    log_in(browser, "bart@example.org")
    Authenticator.objects.create(user=bart, type="webauthn", data={"name": "Key", "credential": {}})

    door = browser.get("/admin/login/")

    assert door.url.startswith("/accounts/2fa/webauthn/reauthenticate/?next=")


def test_an_organizer_who_is_in_already_is_led_on(desk):
    assert desk.get("/admin/login/?next=/admin/").url == "/admin/"


def test_the_admin_changes_passwords_on_the_sites_own_page(desk):
    assert desk.get("/admin/password_change/").url == "/accounts/password/change/"


def test_the_index_lists_parts_in_the_order_of_use_with_words(desk):
    page = desk.get("/admin/").content.decode()

    titles = re.findall(r'<h2 id="part-\w+"><a [^>]*>([^<]+)</a>', page)
    assert titles.index("Members") < titles.index("This site") < titles.index("Addresses")
    assert "Organizers’ desk" in page
    assert "CoP-AI" in page


def test_each_registered_app_has_its_words(rf):
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels <= set(PARTS)


PAGES = [
    "",
    "site/",
    "site/sitebrand/1/change/",
    "site/jobrun/",
    "site/mail/?q=x",
    "site/sitebrand/1/history/",
    "auth/group/add/",
]


@pytest.mark.parametrize("address", PAGES)
def test_admin_pages_have_no_inline_code_and_the_sites_sheets_last(desk, address):
    SiteBrand.objects.create(pk=1)
    JobRun.objects.create(name="send-mail")

    page = desk.get(f"/admin/{address}").content.decode()

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
    assert all("src=" in script for script in re.findall(r"<script([^>]*)>", page))
    assert re.findall(r"css/[a-z_]+\.css", page)[-2:] == ["css/theme.css", "css/admin.css"]


def test_lists_cost_the_same_for_one_row_and_three(desk, django_assert_num_queries):
    def add(number):
        Mail.objects.create(kind="test", key=f"{number}", to="kim@example.org", subject=f"Subject {number}")

    add(1)
    desk.get("/admin/")
    with django_assert_num_queries(6):
        assert "Subject 1" in desk.get("/admin/site/mail/").content.decode()
    add(2)
    add(3)
    with django_assert_num_queries(6):
        assert "Subject 3" in desk.get("/admin/site/mail/").content.decode()
