import pytest
from django.test import Client, override_settings

from cop.site.models import Mail
from tests.accounts.conftest import PASSWORD, link_in, log_in, make_member, without_token

pytestmark = pytest.mark.django_db
NEW = "five other good words 8"
FORGOT = "/accounts/password/reset/"
DEAD_PORT = {"default": {"BACKEND": "cop.lib.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:9/0"}}


@pytest.mark.parametrize("typed", ["kim@example.org", "KIM@Example.ORG", " kim@example.org "])
def test_the_right_password_opens_the_dashboard(kim, browser, typed):
    response = log_in(browser, typed)

    assert (response.status_code, response.url) == (302, "/dashboard/")
    assert browser.session["_auth_user_id"] == str(kim.pk)


def test_a_wrong_password_and_an_unknown_address_give_the_same_page(kim, browser):
    wrong = log_in(browser, password="wrong")
    unknown = log_in(Client(), "nobody@example.org", "wrong")

    assert "Address and password do not fit together." in wrong.content.decode()
    assert without_token(wrong) == without_token(unknown).replace("nobody@example.org", "kim@example.org")


def test_an_empty_form_says_what_to_write(db, browser):
    page = log_in(browser, "", "").content.decode()

    assert '<a href="#id_login">Write your e-mail address with an @' in page
    assert '<a href="#id_password">Type your password.</a>' in page


def test_an_error_of_the_whole_form_is_said_once(kim, browser):
    page = log_in(browser, password="wrong").content.decode()

    assert page.count("Address and password do not fit together.") == 1


def test_the_page_has_no_placeholders_and_names_what_browsers_may_fill_in(db, browser):
    page = browser.get("/accounts/login/").content.decode()

    assert "placeholder" not in page
    assert 'autocomplete="email"' in page
    assert 'autocomplete="current-password"' in page


def test_after_five_wrong_passwords_even_the_right_one_waits(kim, browser):
    for _ in range(5):
        log_in(browser, password="wrong")

    response = log_in(browser)

    assert "Too many tries. Wait five minutes" in response.content.decode()
    assert "_auth_user_id" not in browser.session


def test_guessing_at_many_accounts_from_one_place_ends(db, browser, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "3/m/ip,5/5m/key"}
    for number in range(3):
        log_in(browser, f"member-{number}@example.org", "wrong")

    assert "Too many tries." in log_in(browser, "member-4@example.org", "wrong").content.decode()


def test_more_log_ins_from_one_place_than_the_limit_get_429_in_our_look(kim, browser, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "2/m/ip"}
    for _ in range(2):
        log_in(browser, "", "")

    response = log_in(browser)

    assert response.status_code == 429
    assert "Too many tries in a short time" in response.content.decode()


def test_log_in_works_while_the_cache_is_away(kim, browser):
    with override_settings(CACHES=DEAD_PORT):
        response = log_in(browser)

    assert response.url == "/dashboard/"


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [("/events/", "/events/"), ("https://evil.example/", "/dashboard/"), ("//evil.example", "/dashboard/")],
)
def test_log_in_leads_back_but_never_to_another_site(kim, browser, asked, led_to):
    assert log_in(browser, next=asked).url == led_to


def test_a_switched_off_account_is_told_so_only_with_its_password(browser):
    make_member(is_active=False)

    right, wrong = log_in(browser), log_in(Client(), password="wrong")

    assert right.url == "/accounts/inactive/"
    assert "This account is switched off" in browser.get(right.url).content.decode()
    assert "do not fit together" in wrong.content.decode()


def test_logging_out_takes_a_button(kims_browser):
    page = kims_browser.get("/accounts/logout/")

    assert "_auth_user_id" in kims_browser.session
    assert 'action="/accounts/logout/"' in page.content.decode()
    assert kims_browser.post("/accounts/logout/").url == "/"
    assert "_auth_user_id" not in kims_browser.session


def test_forms_without_a_token_are_refused(kim):
    strict = Client(enforce_csrf_checks=True)

    assert log_in(strict).status_code == 403


def test_a_forgotten_password_is_set_anew_by_mail(kim, browser):
    asked = browser.post(FORGOT, {"email": "KIM@example.org"})
    form = browser.get(link_in(Mail.objects.get(), "/password/reset/key/"), follow=True)
    done = browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    assert asked.url == "/accounts/password/reset/done/"
    assert "Set a new password" in form.content.decode()
    assert done.url == "/accounts/password/reset/key/done/"
    assert log_in(Client()).status_code == 200
    assert log_in(Client(), password=NEW).url == "/dashboard/"
    assert [mail.kind for mail in Mail.objects.order_by("pk")] == [
        "account/email/password_reset_key",
        "account/email/password_reset",
    ]


def test_asking_for_an_unknown_address_looks_the_same_and_is_told_by_mail(kim, browser):
    known, unknown = (
        browser.post(FORGOT, {"email": "kim@example.org"}),
        Client().post(FORGOT, {"email": "no@example.org"}),
    )

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert dict(Mail.objects.values_list("to", "kind")) == {
        "kim@example.org": "account/email/password_reset_key",
        "no@example.org": "account/email/unknown_account",
    }


def test_a_used_or_forged_reset_link_offers_a_new_one(kim, browser):
    browser.post(FORGOT, {"email": "kim@example.org"})
    link = link_in(Mail.objects.get(), "/password/reset/key/")
    form = browser.get(link, follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})

    for address in (link, f"{FORGOT}key/1-forged/", f"{FORGOT}key/1-set-password/"):
        page = Client().get(address, follow=True).content.decode()
        assert "This link no longer works" in page
        assert f'href="{FORGOT}"' in page


def test_two_different_new_passwords_are_refused(kim, browser):
    browser.post(FORGOT, {"email": "kim@example.org"})
    form = browser.get(link_in(Mail.objects.get(), "/password/reset/key/"), follow=True)

    page = browser.post(form.request["PATH_INFO"], {"password1": NEW, "password2": PASSWORD}).content.decode()

    assert 'href="#id_password2"' in page
    assert log_in(Client()).url == "/dashboard/"
