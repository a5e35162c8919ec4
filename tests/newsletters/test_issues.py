import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cop.lib.errors import Refused
from cop.site.models import JobRun
from newsletters import operations, queries, tasks
from newsletters.delivery import audience
from newsletters.models import RESERVED, Delivery, Issue
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.members import MemberFactory
from tests.factories.newsletters import IssueFactory, SubscriptionFactory, issue_in_sending
from tests.newsletters.conftest import states

pytestmark = pytest.mark.django_db


def approved(**fields):
    issue = IssueFactory(**fields)
    operations.approve(issue, by=MemberFactory())
    issue.refresh_from_db()
    return issue


def test_approving_freezes_text_and_audience():
    SubscriptionFactory(email="Lea@Example.org")
    issue = approved(subject="Then", body="Old words")
    Issue.objects.update(subject="Now", body="New words")
    SubscriptionFactory()

    issue.refresh_from_db()
    assert (issue.status, issue.frozen_subject, issue.title) == ("approved", "Then", "Then")
    assert "Old words" in issue.frozen_text
    assert list(queries.rows(issue)) == [("lea@example.org", "pending")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"subject": " "}, "Write a subject"), ({"body": ""}, "Write the issue"), ({"audience": {}}, "Nobody would get")],
)
def test_an_incomplete_issue_is_refused_and_stays_a_draft(fields, words):
    SubscriptionFactory()
    issue = IssueFactory(**fields)

    with pytest.raises(Refused, match=words):
        operations.approve(issue, by=MemberFactory())

    issue.refresh_from_db()
    assert (issue.status, issue.deliveries.count()) == ("draft", 0)


def test_an_issue_is_approved_once():
    SubscriptionFactory()
    issue = approved()

    with pytest.raises(Refused, match="already"):
        operations.approve(issue, by=MemberFactory())


def test_the_author_cannot_approve_where_two_people_are_needed(settings):
    settings.NEWSLETTER_NEEDS_TWO = True
    SubscriptionFactory()
    author = MemberFactory()
    issue = IssueFactory(created_by=author)

    with pytest.raises(Refused, match="somebody else"):
        operations.approve(issue, by=author)
    assert operations.approve(issue, by=MemberFactory()) == 1


def test_an_approval_can_be_taken_back_until_sending_begins():
    SubscriptionFactory()
    issue = approved()

    operations.withdraw(issue, by=MemberFactory())

    issue.refresh_from_db()
    assert (issue.status, issue.frozen_html, issue.deliveries.count()) == ("draft", "", 0)
    with pytest.raises(Refused):
        operations.withdraw(issue_in_sending(), by=MemberFactory())


@pytest.mark.parametrize("operation", [operations.start, operations.pause, operations.resume])
def test_a_draft_cannot_be_started_paused_or_resumed(operation):
    with pytest.raises(Refused):
        operation(IssueFactory(), by=MemberFactory())


def test_a_decision_is_only_for_uncertain_mails():
    SubscriptionFactory()
    issue_in_sending()
    row = Delivery.objects.get()

    with pytest.raises(Refused):
        operations.send_again(row, by=MemberFactory())
    with pytest.raises(Refused):
        operations.treat_as_sent(row, by=MemberFactory())


def test_an_uncertain_mail_can_be_called_sent():
    SubscriptionFactory()
    issue = issue_in_sending()
    Delivery.objects.update(state="uncertain", claimed_by=5)

    operations.treat_as_sent(Delivery.objects.get(), by=MemberFactory())

    assert states(issue) == {"sent": 1}


def test_the_audience_can_be_members_of_a_community_alone():
    inside, outside = MemberFactory(), MemberFactory()
    MembershipFactory(member=inside, community=CommunityFactory(slug="startups"))
    for member in (inside, outside):
        SubscriptionFactory(email=member.email, member=member)
    SubscriptionFactory()

    issue = approved(audience={"communities": ["startups"]})

    assert list(queries.rows(issue)) == [(inside.email, "pending")]


@pytest.mark.parametrize(
    ("rule", "number"),
    [({}, 0), ({"everyone": True}, 3), ({"communities": []}, 0), ({"communities": ["none"]}, 0),
     ({"personas": ["x"]}, 0), ({"levels": ["x"]}, 0)],
)  # fmt: skip
def test_the_size_of_an_audience(rule, number):
    SubscriptionFactory.create_batch(3)
    SubscriptionFactory(status="unconfirmed", confirmed_at=None)
    inactive = MemberFactory(is_active=False)
    SubscriptionFactory(email=inactive.email, member=inactive)

    assert audience.size(rule) == number


def test_mail_goes_to_the_address_that_the_member_has_now():
    member = MemberFactory(email="now@example.org")
    SubscriptionFactory(email="then@example.org", member=member)
    SubscriptionFactory(email="Now@example.org")

    issue = approved()

    assert list(queries.rows(issue)) == [("now@example.org", "pending")]


def test_freezing_twice_adds_nobody():
    SubscriptionFactory.create_batch(2)
    issue = approved()

    assert audience.freeze(issue, issue.approved_at) == 0
    assert audience.freeze(IssueFactory(audience={}), issue.approved_at) == 0


def test_an_audience_is_said_in_words():
    CommunityFactory(slug="startups", name="Startups")

    assert queries.in_words({"everyone": True}) == "Everyone who subscribed"
    assert queries.in_words({"communities": ["startups"]}) == "Subscribed members in Startups"
    assert queries.in_words({}) == "Nobody yet"


@pytest.mark.parametrize("slug", sorted(RESERVED))
def test_the_apps_own_words_are_no_slugs(slug):
    with pytest.raises(ValidationError, match="address of the site itself"):
        IssueFactory.build(slug=slug).full_clean()


def test_the_database_refuses_a_subject_of_two_lines():
    with pytest.raises(IntegrityError, match="an_issue_subject_is_one_line"):
        IssueFactory(subject="one\nBcc: two@example.org")


def test_the_task_keeps_a_record_of_what_it_sent_and_none_of_an_idle_run(mail_server):
    SubscriptionFactory.create_batch(2)
    issue_in_sending()

    tasks.send_due()
    tasks.send_due()

    assert list(JobRun.objects.values_list("name", "status", "counts")) == [("send newsletters", "done", {"sent": 2})]
