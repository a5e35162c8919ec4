"""The organizers' three screens: write, look and test, approve; then the progress."""

import pytest
from django.urls import reverse

from cop.site.models import Mail
from newsletters import operations
from newsletters.models import Delivery, Issue, Subscription, Suppression
from tests.factories.communities import CommunityFactory
from tests.factories.members import MemberFactory
from tests.factories.newsletters import IssueFactory, SubscriptionFactory, issue_in_sending
from tests.newsletters.conftest import states

pytestmark = pytest.mark.django_db
ADD = "/admin/newsletters/issue/add/"
WRITTEN = {
    "number": 1,
    "slug": "spring",
    "subject": "Spring",
    "preheader": "",
    "body": "Hello **you**",
    "who": "everyone",
}


@pytest.fixture
def reader():
    return SubscriptionFactory(email="lea@example.org")


def at(screen, issue):
    return reverse(f"admin:newsletters_issue_{screen}", args=[issue.pk])


def text(response):
    return response.content.decode()


def test_an_issue_is_written_and_previewed_next(organizer_client):
    response = organizer_client.post(ADD, WRITTEN | {"_preview": "1"})

    issue = Issue.objects.get()
    assert response["Location"] == at("preview", issue)
    assert (issue.audience, issue.status, issue.created_by.is_staff) == ({"everyone": True}, "draft", True)


def test_the_number_of_the_next_issue_is_proposed(organizer_client):
    IssueFactory(number=8)

    assert 'name="number" value="9"' in text(organizer_client.get(ADD))


def test_an_audience_of_communities_is_kept_and_shown_again(organizer_client):
    CommunityFactory(slug="startups")
    chosen = WRITTEN | {"who": "some", "communities": ["startups"]}

    organizer_client.post(ADD, chosen | {"_continue": "1"})

    issue = Issue.objects.get()
    assert issue.audience == {"communities": ["startups"]}
    page = text(organizer_client.get(at("change", issue)))
    assert '<input type="checkbox" name="communities" value="startups" id="id_communities_0" checked>' in page


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"subject": ""}, "Write a subject"),
        ({"body": " "}, "its text is empty"),
        ({"who": "some"}, "Nobody would get this"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(organizer_client, reader, missing, words):
    response = organizer_client.post(ADD, WRITTEN | missing | {"_approve": "1"})

    assert response.status_code == 200
    assert words in text(response)
    assert not Issue.objects.exists()


def test_a_draft_may_be_saved_incomplete_and_its_approval_page_says_what_is_missing(organizer_client):
    organizer_client.post(ADD, WRITTEN | {"subject": "", "body": "", "_continue": "1"})

    page = text(organizer_client.get(at("approve", Issue.objects.get())))

    assert "Write a subject" in page
    assert "Nobody would get this issue" in page
    assert 'name="send"' not in page


def test_a_line_break_in_the_subject_becomes_a_space(organizer_client):
    organizer_client.post(ADD, WRITTEN | {"subject": "Spring\r\nBcc: all@example.org", "_continue": "1"})

    assert Issue.objects.get().subject == "Spring Bcc: all@example.org"


def test_the_sites_own_words_are_refused_as_slug(organizer_client):
    response = organizer_client.post(ADD, WRITTEN | {"slug": "unsubscribe"})

    assert "is an address of the site itself" in text(response)


def test_the_preview_shows_both_parts_and_the_mail_has_its_own_narrow_policy(organizer_client):
    issue = IssueFactory(body="Hello **you**<script>alert(1)</script>")

    page, mail = organizer_client.get(at("preview", issue)), organizer_client.get(at("mail", issue))

    assert f'<iframe class="mail-frame" sandbox title="The mail as HTML" src="{at("mail", issue)}">' in text(page)
    assert "Hello you" in text(page)
    assert "<strong>you</strong>" in text(mail)
    assert "<script" not in text(mail)
    policy = mail["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert mail["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe-inline" not in page["Content-Security-Policy"]


def test_the_test_mail_goes_to_the_organizer_alone(organizer_client, reader):
    issue = IssueFactory()

    page = organizer_client.post(at("test", issue), follow=True)

    mail = Mail.objects.get()
    assert mail.subject == f"Test: {issue.subject}"
    assert f"A test is on its way to {mail.to}." in text(page)
    assert mail.to != reader.email
    assert not Delivery.objects.exists()


def test_the_approval_page_says_what_goes_to_how_many_and_changes_nothing(organizer_client, reader):
    issue = IssueFactory(subject="Spring", body="Hello you")

    page = text(organizer_client.get(at("approve", issue)))

    assert "Everyone who subscribed: 1 person" in page
    assert "Hello you" in page
    assert "Approve and send to 1 person" in page
    assert Issue.objects.get().status == "draft"


@pytest.mark.parametrize(("button", "status"), [("send", "sending"), ("keep", "approved")])
def test_approving_sends_at_once_or_waits(organizer_client, reader, button, status):
    issue = IssueFactory()

    page = organizer_client.post(at("approve", issue), {button: "1"}, follow=True)

    assert Issue.objects.get().status == status
    assert "1 person" in text(page)
    assert states(issue) == {"pending": 1}


def test_approving_an_incomplete_issue_is_refused(organizer_client):
    issue = IssueFactory()

    page = organizer_client.post(at("approve", issue), {"send": "1"}, follow=True)

    assert "Nobody would get this issue" in text(page)
    assert Issue.objects.get().status == "draft"


def test_approving_twice_sends_once(organizer_client, reader):
    issue = IssueFactory()
    organizer_client.post(at("approve", issue), {"send": "1"})

    page = organizer_client.post(at("approve", issue), {"send": "1"}, follow=True)

    assert "This issue is approved already." in text(page)
    assert Delivery.objects.count() == 1


def test_the_author_is_sent_to_somebody_else_where_two_are_needed(organizer_client, reader, settings):
    settings.NEWSLETTER_NEEDS_TWO = True
    organizer_client.post(ADD, WRITTEN | {"_continue": "1"})
    issue = Issue.objects.get()

    assert "Ask another organizer to approve it" in text(organizer_client.get(at("approve", issue)))
    organizer_client.post(at("approve", issue), {"send": "1"})
    assert Issue.objects.get().status == "draft"


def test_an_issue_that_is_being_sent_shows_progress_and_can_be_paused_and_resumed(organizer_client, reader):
    issue = issue_in_sending()

    page = text(organizer_client.get(at("change", issue)))
    assert "<strong>0 of 1</strong> are settled" in page
    assert 'name="body"' not in page
    organizer_client.post(at("pause", issue))
    assert Issue.objects.get().status == "paused"
    organizer_client.post(at("resume", issue))
    assert Issue.objects.get().status == "sending"


def test_an_approved_issue_can_be_started_or_taken_back(organizer_client, reader):
    issue = IssueFactory()
    organizer_client.post(at("approve", issue), {"keep": "1"})
    organizer_client.post(at("withdraw", issue))
    assert Issue.objects.get().status == "draft"
    organizer_client.post(at("approve", issue), {"keep": "1"})

    organizer_client.post(at("start", issue))

    assert Issue.objects.get().status == "sending"
    assert "not sent yet can become a draft" in text(organizer_client.post(at("withdraw", issue), follow=True))


def test_a_frozen_issue_cannot_be_changed_by_its_form(organizer_client, reader):
    issue = issue_in_sending()

    organizer_client.post(at("change", issue), WRITTEN | {"subject": "Other", "slug": "other"})

    issue.refresh_from_db()
    assert (issue.subject, issue.slug) != ("Other", "other")
    assert organizer_client.post(at("delete", issue), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("screen", ["test", "start", "pause", "resume", "withdraw"])
def test_screens_that_change_something_answer_to_post_only(organizer_client, screen):
    assert organizer_client.get(at(screen, IssueFactory())).status_code == 405


@pytest.mark.parametrize("screen", ["preview", "mail", "approve"])
def test_the_screens_are_for_organizers_with_the_right(client, screen):
    issue = IssueFactory()
    client.force_login(MemberFactory(is_staff=True))

    assert client.get(at(screen, issue)).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_issues_needs_as_many_queries_for_three_as_for_one(
    organizer_client, reader, number, django_assert_num_queries
):
    for _ in range(number):
        issue_in_sending()
    organizer_client.get("/admin/newsletters/issue/")

    with django_assert_num_queries(5):
        page = organizer_client.get("/admin/newsletters/issue/")

    assert text(page).count("0 of 1") == number


@pytest.mark.parametrize(("action", "state"), [("send_again", "pending"), ("treat_as_sent", "sent")])
def test_uncertain_mails_are_decided_by_an_action_and_others_left_alone(organizer_client, action, state):
    SubscriptionFactory.create_batch(2)
    issue = issue_in_sending()
    uncertain, failed = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=uncertain.pk).update(state="uncertain")
    Delivery.objects.filter(pk=failed.pk).update(state="failed")

    page = organizer_client.post(
        "/admin/newsletters/delivery/", {"action": action, "_selected_action": [uncertain.pk, failed.pk]}, follow=True
    )

    assert states(issue) == {state: 1, "failed": 1}
    assert "1 other mail left alone" in text(page)


def test_an_organizer_stops_a_subscription(organizer_client, reader):
    organizer_client.post(
        "/admin/newsletters/subscription/", {"action": "stop", "_selected_action": [reader.pk]}, follow=True
    )

    assert Subscription.objects.get().status == "unsubscribed"


def test_an_organizer_suppresses_an_address_once(organizer_client):
    add = "/admin/newsletters/suppression/add/"
    said = {"email": "Lea@example.org", "reason": "complaint", "note": ""}

    organizer_client.post(add, said)
    again = organizer_client.post(add, said | {"email": "lea@example.org"})

    assert Suppression.objects.count() == 1
    assert "suppressed already" in text(again)


@pytest.mark.parametrize("page", ["issue", "delivery", "subscription", "suppression"])
def test_every_list_opens_and_searches(organizer_client, reader, page):
    issue_in_sending()
    operations.unsubscribe(reader.key)

    assert organizer_client.get(f"/admin/newsletters/{page}/", {"q": "lea"}).status_code == 200
