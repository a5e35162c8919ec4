import re

import pytest
from allauth.account.forms import RequestLoginCodeForm
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.template.loader import render_to_string
from django.test import Client, override_settings

from cop.site.models import Mail
from tests.accounts.conftest import PASSWORD, link_in, log_in, make_member

pytestmark = pytest.mark.django_db
NEW = "five other good words 8"
KEYS = {
    "github": {"APPS": [{"client_id": "id", "secret": "secret"}]},
    "discord": {"APPS": [{"client_id": "id", "secret": "secret"}]},
    "openid_connect": {"APPS": [{"client_id": "id", "secret": "s", "provider_id": "linkedin", "name": "LinkedIn"}]},
}


def test_a_new_address_counts_only_after_its_link(kims_browser, kim):
    kims_browser.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    waiting = kims_browser.get("/accounts/email/").content.decode()
    kim.refresh_from_db()
    before = kim.email
    kims_browser.post(link_in(Mail.objects.get(to="new@example.org"), "confirm-email"))
    kim.refresh_from_db()

    assert "Waits for the link in our mail" in waiting
    assert before == "kim@example.org"
    assert kim.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.org", True)]
    assert Mail.objects.get(to="kim@example.org").kind == "account/email/email_changed"


def test_a_change_of_address_can_be_taken_back(kims_browser, kim):
    kims_browser.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})

    kims_browser.post("/accounts/email/", {"email": "new@example.org", "action_remove": ""})

    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["kim@example.org"]


def test_changing_to_an_address_of_somebody_else_says_nothing_about_them(kims_browser):
    make_member("maria@example.org")

    response = kims_browser.post("/accounts/email/", {"email": "maria@example.org", "action_add": ""})

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("typed", "field", "error"),
    [
        ({"email": ""}, "email", "Write your e-mail address with an @"),
        ({"email": "kim@example.org"}, "email", "This is the address you have already."),
    ],
)
def test_a_bad_new_address_is_said_at_the_field(kims_browser, typed, field, error):
    page = kims_browser.post("/accounts/email/", {**typed, "action_add": ""}).content.decode()

    assert f'<a href="#id_{field}">{error}' in page


def test_the_password_is_changed_with_the_old_one_and_the_owner_told(kims_browser):
    wrong = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}

    refused = kims_browser.post("/accounts/password/change/", wrong)
    kims_browser.post("/accounts/password/change/", wrong | {"oldpassword": PASSWORD})

    assert "This is not the password you use now." in refused.content.decode()
    assert log_in(Client(), password=NEW).url == "/dashboard/"
    assert [mail.kind for mail in Mail.objects.all()] == ["account/email/password_changed"]


def test_a_member_without_a_password_sets_one(kims_browser, kim):
    kim.set_unusable_password()
    kim.save(update_fields=["password"])
    kims_browser.force_login(kim)

    page = kims_browser.get("/accounts/password/change/", follow=True)
    kims_browser.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})

    assert "Set a password" in page.content.decode()
    assert log_in(Client(), password=NEW).url == "/dashboard/"


def test_sessions_are_listed_by_device_and_the_others_ended(kims_browser):
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; <script>alert(1)</script>) Safari/605"})
    log_in(phone)
    phone.get("/accounts/sessions/")

    page = kims_browser.get("/accounts/sessions/").content.decode()
    kims_browser.post("/accounts/sessions/")

    assert "Safari on iPhone" in page
    assert "<script>alert" not in page
    assert page.count("This one") == 1
    assert phone.get("/accounts/sessions/").status_code == 302
    assert kims_browser.get("/accounts/sessions/").status_code == 200


def test_the_only_session_offers_to_log_out(kims_browser):
    page = kims_browser.get("/accounts/sessions/").content.decode()

    assert "You are logged in on no other device." in page


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/"])
def test_other_sites_are_offered_only_with_their_keys(db, address):
    without = Client().get(address).content.decode()
    with override_settings(SOCIALACCOUNT_PROVIDERS=KEYS):
        with_keys = Client().get(address).content.decode()

    assert "Continue with" not in without
    assert [name for name in ("Discord", "GitHub", "LinkedIn") if f"Continue with {name}" in with_keys] == [
        "Discord",
        "GitHub",
        "LinkedIn",
    ]


@override_settings(SOCIALACCOUNT_PROVIDERS=KEYS)
def test_going_to_another_site_takes_a_button(browser):
    page = browser.get("/accounts/github/login/")
    gone = browser.post("/accounts/github/login/")

    assert "Go to GitHub" in page.content.decode()
    assert gone.url.startswith("https://github.com/login/oauth/authorize?")


@override_settings(SOCIALACCOUNT_PROVIDERS=KEYS)
def test_connected_accounts_are_listed_and_disconnected(kims_browser, kim):
    account = SocialAccount.objects.create(
        user=kim, provider="github", uid="1", extra_data={"login": "kim-v", "name": "Kim"}
    )

    page = kims_browser.get("/accounts/3rdparty/").content.decode()
    kims_browser.post("/accounts/3rdparty/", {"account": account.pk})

    assert "kim-v" in page
    assert "GitHub, since" in page
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/accounts/3rdparty/login/cancelled/", 200, "You turned back"),
        ("/accounts/3rdparty/login/error/", 401, "The other site did not let you in"),
        ("/accounts/inactive/", 200, "This account is switched off"),
        ("/accounts/confirm-email/", 200, "Check your mail"),
        ("/accounts/password/reset/done/", 200, "Check your mail"),
        ("/accounts/password/reset/key/done/", 200, "Your new password is set"),
    ],
)
def test_the_small_pages_stand_in_our_frame(db, browser, address, status, words):
    response = browser.get(address)

    assert response.status_code == status
    assert f"{words}</h1>" in response.content.decode()
    assert 'id="main"' in response.content.decode()


@pytest.mark.parametrize(
    "address",
    ["email", "password/change", "2fa", "2fa/webauthn", "sessions", "3rdparty", "logout", "2fa/totp/activate"],
)
def test_pages_of_the_own_account_lead_visitors_to_the_log_in(db, browser, address):
    response = browser.get(f"/accounts/{address}/")

    assert response.status_code == 302
    assert response.url.startswith(("/accounts/login/?next=", "/accounts/reauthenticate/", "/"))


def test_pages_that_are_switched_off_today_would_stand_in_our_frame_too(kim, rf):
    request = rf.get("/accounts/login/code/")
    request.user = kim
    context = {
        "form": RequestLoginCodeForm(),
        "request_login_code_url": "/x/",
        "login_url": "/y/",
        "redirect_field": "",
    }

    page = render_to_string("account/request_login_code.html", context, request)

    assert "<title>Sign In" in re.sub(r"\s+", " ", page).replace("<title> ", "<title>")
    assert 'class="form-label requiredField"' in page
    assert 'class="btn btn-primary"' in page
