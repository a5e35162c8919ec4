import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.test import Client

from cop.site.models import Mail
from members.models import Member
from tests.accounts.conftest import PASSWORD, join, link_in, log_in, make_member, without_token

pytestmark = pytest.mark.django_db
CONFIRM = "/accounts/confirm-email/"


def kinds_to(address):
    return list(Mail.objects.filter(to=address).order_by("pk").values_list("kind", flat=True))


def test_joining_writes_the_member_and_one_mail_and_leads_to_the_mail_page(browser):
    response = join(browser)

    assert (response.status_code, response.url) == (302, CONFIRM)
    assert list(Member.objects.values_list("email", "name", "handle")) == [
        ("kim@example.org", "Kim Vermeer", "kim-vermeer")
    ]
    assert kinds_to("kim@example.org") == ["account/email/email_confirmation_signup"]


def test_opening_the_link_changes_nothing(browser):
    join(browser)

    page = browser.get(link_in(Mail.objects.get(), "confirm-email"))

    assert page.status_code == 200
    assert "Yes, confirm it" in page.content.decode()
    assert EmailAddress.objects.get().verified is False


def test_the_button_confirms_and_logs_in(browser):
    join(browser)

    response = browser.post(link_in(Mail.objects.get(), "confirm-email"))

    assert (response.status_code, response.url) == (302, "/dashboard/")
    assert EmailAddress.objects.get().verified is True
    assert browser.session["_auth_user_id"] == str(Member.objects.get().pk)


def test_in_another_browser_the_button_confirms_and_leads_to_the_log_in(browser):
    join(browser)

    response = Client().post(link_in(Mail.objects.get(), "confirm-email"))

    assert response.url == "/accounts/login/"
    assert EmailAddress.objects.get().verified is True


def test_an_unconfirmed_member_is_not_let_in_and_gets_a_new_link(browser):
    make_member(confirmed=False)

    response = log_in(browser)

    assert response.url == CONFIRM
    assert "_auth_user_id" not in browser.session
    assert kinds_to("kim@example.org") == ["account/email/email_confirmation"]


@pytest.mark.parametrize("address", ["kim@example.org", "KIM@Example.ORG"])
def test_a_used_address_gets_the_same_page_and_its_owner_a_mail(browser, address):
    make_member()

    used = join(browser, email=address)
    used_page = browser.get(used.url)
    fresh_browser = Client()
    fresh = join(fresh_browser, email="new@example.org")
    fresh_page = fresh_browser.get(fresh.url)

    assert (used.status_code, used.url) == (fresh.status_code, fresh.url)
    assert without_token(used_page) == without_token(fresh_page).replace("new@example.org", "kim@example.org")
    assert kinds_to("kim@example.org") == ["account/email/account_already_exists"]
    assert Member.objects.filter(email__iexact="kim@example.org").count() == 1


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("password1", "short", "Choose a password with at least 12 characters; this one has 5."),
        ("password1", "qwerty123456", "This password is on the lists that guessers use."),
        ("password1", "kim@example.org", "This password is close to your name or address."),
        ("password1", "", "Choose a password."),
        ("email", "kim.example.org", "Write your e-mail address with an @"),
        ("email", "", "Write your e-mail address with an @"),
        ("name", "", "Write the name that others should see."),
        ("name", "Win at https://evil.example/", "Write the name without"),
        ("name", "Kim\x07", "Write the name without"),
        ("name", "Kim\u2028Vermeer", "Write the name without"),
        ("name", "K" * 81, "at most 80 characters"),
    ],
)
def test_bad_input_gives_an_error_at_its_field_and_keeps_the_rest(browser, field, value, error):
    kept = {"name": "Kim Vermeer", "email": "kim@example.org"}
    kept.pop(field, None)

    response = join(browser, **{field: value})

    assert response.status_code == 200
    page = response.content.decode()
    assert f'<a href="#id_{field}">{error}' in page or (error in page and f'href="#id_{field}"' in page)
    assert 'id="error-summary"' in page
    assert all(f'value="{text}"' in page for text in kept.values())
    assert not Member.objects.exists()


def test_a_name_whose_handle_is_taken_gets_the_next_one(browser):
    make_member("other@example.org", handle="kim-vermeer")

    join(browser)

    assert Member.objects.get(email="kim@example.org").handle == "kim-vermeer-2"


@pytest.mark.parametrize("name", ["Admin", "王小明", "!!!"])
def test_a_name_that_gives_no_free_handle_still_joins(browser, name):
    join(browser, name=name)

    handle = Member.objects.get().handle
    assert handle != "admin"
    assert handle


def test_the_sign_up_page_says_what_comes_next_and_leads_to_the_code_of_conduct(browser):
    page = browser.get("/accounts/signup/").content.decode()

    assert '<a href="/governance/documents/code-of-conduct/">code of conduct</a>' in page
    assert "What happens next" in page
    assert 'autocomplete="new-password"' in page
    assert "placeholder" not in page


def test_a_forged_link_leads_to_a_page_that_sends_a_new_one(browser):
    page = browser.get(f"{CONFIRM}forged/").content.decode()

    assert "This link no longer works" in page
    assert "Send me a new link" in page


def test_an_expired_link_is_replaced_with_address_and_password(browser, time_machine):
    time_machine.move_to("2027-03-01T12:00:00Z", tick=False)
    make_member(confirmed=False)
    log_in(browser)
    old = link_in(Mail.objects.get(), "confirm-email")

    time_machine.move_to("2027-03-05T12:00:00Z", tick=False)
    page = Client().get(old).content.decode()
    log_in(Client())

    assert "Send me a new link" in page
    newest = link_in(Mail.objects.latest("pk"), "confirm-email")
    assert newest != old
    Client().post(newest)
    assert EmailAddress.objects.get().verified is True


def test_an_expired_link_cannot_be_confirmed(browser, time_machine):
    time_machine.move_to("2027-03-01T12:00:00Z", tick=False)
    member = make_member(confirmed=False)
    key = EmailConfirmationHMAC.create(member.emailaddress_set.get()).key

    time_machine.move_to("2027-03-05T12:00:00Z", tick=False)

    assert browser.post(f"{CONFIRM}{key}/").status_code == 404
    assert EmailAddress.objects.get().verified is False


def test_a_link_works_once(browser):
    join(browser)
    link = link_in(Mail.objects.get(), "confirm-email")
    browser.post(link)

    again = Client().get(link).content.decode()

    assert "This link no longer works" in again


def test_sign_up_keeps_where_the_visitor_wanted_to_go(browser):
    join(browser, next="/events/")

    assert browser.post(link_in(Mail.objects.get(), "confirm-email")).url == "/events/"


def test_an_address_elsewhere_is_no_place_to_go_after_joining(browser):
    join(browser, next="https://evil.example/")

    assert browser.post(link_in(Mail.objects.get(), "confirm-email")).url == "/dashboard/"


def test_closed_sign_up_says_so(browser, monkeypatch):
    monkeypatch.setattr("members.adapters.AccountAdapter.is_open_for_signup", lambda self, request: False)

    page = browser.get("/accounts/signup/")

    assert page.status_code == 200
    assert "Joining is closed at the moment" in page.content.decode()
    assert join(browser).status_code == 200
    assert not Member.objects.exists()


def test_more_sign_ups_from_one_place_than_the_limit_get_429_in_our_look(browser, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup": "2/m/ip"}
    for number in range(2):
        assert join(browser, email=f"member-{number}@example.org").status_code == 302

    refused = join(browser, email="one-more@example.org")

    assert refused.status_code == 429
    assert "Too many tries in a short time" in refused.content.decode()
    assert PASSWORD not in refused.content.decode()
