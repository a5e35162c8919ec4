from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from cop.site.models import Mail
from newsletters import operations, queries, tokens
from newsletters.models import Issue, Subscription
from tests.factories.newsletters import IssueFactory, SubscriptionFactory, issue_in_sending, sent_issue

pytestmark = pytest.mark.django_db
WRONG = ["x", "x:y", "%00", "../../etc", "é"]


@pytest.fixture
def reader():
    return SubscriptionFactory(email="lea@example.org")


def way_out(subscription):
    return f"/newsletters/unsubscribe/{tokens.for_unsubscribing(subscription.key)}/"


def way_in(subscription):
    return f"/newsletters/confirm/{tokens.for_confirming(subscription.key)}/"


def status_of(subscription):
    return Subscription.objects.values_list("status", flat=True).get(pk=subscription.pk)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_archive_needs_as_many_queries_for_three_issues_as_for_one(
    client, reader, number, django_assert_num_queries
):
    for _ in range(number):
        sent_issue()
    client.get("/newsletters/")

    with django_assert_num_queries(1):
        response = client.get("/newsletters/")

    assert text(response).count('class="link-title"') == number


def test_the_archive_shows_sent_issues_only_by_year_with_their_first_words(client, reader):
    sent_issue(number=7, subject="Older words", sent_at=datetime(2025, 12, 18, 12, tzinfo=UTC))
    sent_issue(number=8, subject="Newer words", body="word " * 30, sent_at=datetime(2026, 2, 26, 12, tzinfo=UTC))
    issue_in_sending(number=9, subject="Under way")
    IssueFactory(number=10, subject="Draft")

    page = text(client.get("/newsletters/"))

    assert page.index("2026") < page.index("Newer words") < page.index("2025") < page.index("Older words")
    assert " ".join(["word"] * 25) + "…" in page
    assert "Issue 8 · 1 minute" in page
    assert "Under way" not in page
    assert "Draft" not in page


def test_an_empty_archive_says_what_will_be_here(client):
    assert "The first issue will be here" in text(client.get("/newsletters/"))


@pytest.mark.parametrize(("query", "found"), [("question", True), ("questions committee", True), ("zebra", False)])
def test_the_archive_is_searched(client, reader, query, found):
    sent_issue()

    page = text(client.get("/newsletters/", {"q": query}))

    assert ("What ten questions taught us" in page) is found
    assert ("No issue holds these words" in page) is not found


@pytest.mark.parametrize("query", ["a" * 300, "'\"&|!():*", "   "])
def test_an_odd_search_is_answered(client, reader, query):
    assert client.get("/newsletters/", {"q": query}).status_code == 200


def test_the_issue_page_shows_the_same_body_as_the_mail(client, reader):
    sent_issue(number=1, subject="First", sent_at=timezone.now() - timedelta(days=60))
    issue = sent_issue(number=2, subject="Second")
    third = sent_issue(number=3, subject="Third", sent_at=timezone.now() + timedelta(seconds=1))

    page = text(client.get(issue.get_absolute_url()))

    assert issue.frozen_web in page
    assert all(line in issue.frozen_html for line in issue.frozen_web.splitlines())
    assert "First" in page
    assert third.get_absolute_url() in page
    assert '<a href="#from-the-committee">From the committee</a>' in page


@pytest.mark.parametrize("make", [IssueFactory, issue_in_sending])
def test_an_issue_that_has_not_gone_out_has_no_page(client, reader, make):
    assert client.get(make(slug="later").get_absolute_url()).status_code == 404


def test_the_latest_issue_is_given_to_the_home_page(reader):
    issue = sent_issue()

    assert queries.latest() == [issue]


def test_known_and_unknown_addresses_get_the_same_answer(client, reader):
    answers = [
        client.post("/newsletters/subscribe/", {"email": address}, follow=True)
        for address in (reader.email, "new@example.org")
    ]

    assert [answer.redirect_chain for answer in answers] == [[("/newsletters/", 302)]] * 2
    assert all("Look into your mailbox" in text(answer) for answer in answers)
    assert list(Mail.objects.values_list("to", flat=True)) == ["new@example.org"]


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org"])
def test_an_address_that_is_none_is_kept_and_explained(client, address):
    response = client.post("/newsletters/subscribe/", {"email": address})

    assert response.status_code == 200
    assert 'id="error-summary"' in text(response)
    assert not Subscription.objects.exists()


def test_opening_the_confirmation_changes_nothing_and_the_button_confirms(client):
    operations.ask_for_it("lea@example.org")
    waiting = Subscription.objects.get()
    for method in (client.get, client.head):
        assert method(way_in(waiting)).status_code == 200
    assert status_of(waiting) == "unconfirmed"

    response = client.post(way_in(waiting), follow=True)

    assert "The next issue goes to lea@example.org." in text(response)
    assert status_of(waiting) == "active"


def test_an_old_confirmation_offers_a_new_one(client):
    operations.ask_for_it("lea@example.org")
    address = way_in(Subscription.objects.get())

    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=1), tick=False):
        response = client.post(address)

    assert response.status_code == 400
    assert "Send a new link" in text(response)
    assert Subscription.objects.get().status == "unconfirmed"


@pytest.mark.parametrize("token", WRONG)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_token_is_refused(client, reader, token, method):
    for page in ("unsubscribe", "confirm"):
        response = getattr(client, method)(f"/newsletters/{page}/{token}/")
        assert response.status_code in {400, 404}
    assert status_of(reader) == "active"


def test_tokens_of_other_keys_and_other_purposes_are_refused(client, reader):
    forged = [
        signing.Signer(key="other", salt=tokens.UNSUBSCRIBE).sign(reader.key.hex),
        signing.Signer(salt=tokens.CONFIRM).sign(reader.key.hex),
        tokens.for_confirming(reader.key),
        tokens.for_unsubscribing(reader.key)[:-1],
        signing.Signer(salt=tokens.UNSUBSCRIBE).sign("1"),
    ]

    answers = [client.post(f"/newsletters/unsubscribe/{token}/").status_code for token in forged]

    assert answers == [400] * len(forged)
    assert status_of(reader) == "active"


def test_opening_the_unsubscribe_page_changes_nothing(client, reader):
    for method in (client.get, client.head, client.options):
        method(way_out(reader))

    assert status_of(reader) == "active"
    assert "One click and it stops" in text(client.get(way_out(reader)))


def test_one_click_from_a_mail_program_needs_no_cookie_and_no_csrf_token(reader):
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(way_out(reader), {"List-Unsubscribe": "One-Click"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert status_of(reader) == "unsubscribed"


def test_the_button_unsubscribes_at_once_and_undo_brings_it_back(client, reader):
    page = client.post(way_out(reader), {"wish": "stop"}, follow=True)
    assert "You are unsubscribed" in text(page)
    assert status_of(reader) == "unsubscribed"

    client.post(way_out(reader), {"wish": "resume"})

    assert status_of(reader) == "active"


def test_the_one_question_is_asked_once(client, reader):
    client.post(way_out(reader))

    page = client.post(way_out(reader), {"wish": "reason", "reason": "often"}, follow=True)

    assert "Your answer: It comes too often." in text(page)
    assert client.post(way_out(reader), {"wish": "reason", "reason": "hm"}).status_code == 302


def test_a_token_outlives_its_subscription(client, reader):
    address = way_out(reader)
    reader.delete()

    assert client.post(address, {"wish": "resume"}).status_code == 302
    assert "No newsletter goes to this address any more" in text(client.get(address))


def test_a_member_switches_the_newsletter_on_and_off(member_client, member):
    assert "Send it to me" in text(member_client.get("/newsletters/"))

    page = member_client.post("/newsletters/mine/", {"switch": "on"}, follow=True)
    assert "You get this" in text(page)
    assert queries.is_subscribed(member)

    member_client.post("/newsletters/mine/", {"switch": "off"})
    assert not queries.is_subscribed(member)


def test_the_switch_is_for_members_and_by_post_only(client, member_client):
    assert client.post("/newsletters/mine/").status_code == 302
    assert member_client.get("/newsletters/mine/").status_code == 405
    assert not Subscription.objects.exists()


def test_pages_of_issues_hold_no_script_of_their_author(client, reader):
    sent_issue(
        slug="odd", subject="<script>alert(1)</script>", body="<script>alert(2)</script>[x](javascript:alert(3))"
    )

    page = text(client.get("/newsletters/odd/"))

    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert Issue.objects.get().title == "<script>alert(1)</script>"
