"""Newsletters keep to their readers' quiet hours and count in their weeks, and lose nothing by that."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from members.models import AttentionBudget, AttentionSpent
from newsletters.models import Delivery, Issue
from tests.factories.members import MemberFactory
from tests.factories.newsletters import SubscriptionFactory, issue_in_sending
from tests.newsletters.conftest import send, states

pytestmark = pytest.mark.django_db
NIGHT = datetime(2027, 3, 10, 22, 30, tzinfo=UTC)
MORNING = datetime(2027, 3, 11, 6, 0, tzinfo=UTC)


def reader(**budget):
    member = MemberFactory(time_zone="Europe/Amsterdam")
    if budget:
        AttentionBudget.objects.create(member=member, **budget)
    return SubscriptionFactory(email=member.email, member=member)


def test_a_delivery_in_quiet_hours_waits_until_they_end_and_then_arrives_once(mail_server):
    with time_machine.travel(NIGHT, tick=False):
        sleeper, others = reader(quiet_from=time(22), quiet_until=time(7)), [reader(), SubscriptionFactory()]
        issue = issue_in_sending()

        assert [send(), send()] == [{"sent": 2}, {}]
        assert states(issue) == {"sent": 2, "pending": 1}
        assert Delivery.objects.get(subscription=sleeper).next_try_at == MORNING

    with time_machine.travel(MORNING, tick=False):
        assert [send(), send()] == [{"sent": 1}, {}]

    assert len(mail_server.letters) == 1 + len(others)
    assert Issue.objects.get().status == Issue.Status.SENT


def test_sent_newsletters_count_once_in_the_weeks_of_members(mail_server):
    members = [reader().member for _ in range(30)]
    SubscriptionFactory()
    issue_in_sending()

    send()
    send()

    assert sorted(AttentionSpent.objects.values_list("member", "kind")) == sorted(
        (member.pk, "newsletter") for member in members
    )


def test_a_full_week_drops_no_newsletter(mail_server):
    subscription = reader(most_a_week=1)
    AttentionSpent.objects.create(member=subscription.member, kind="duty", key="before")
    issue_in_sending()

    assert send() == {"sent": 1}


def test_a_mail_that_was_refused_is_not_counted(mail_server):
    mail_server.refusals[reader().email] = "550 5.1.1 No such user"
    issue_in_sending()

    send()

    assert not AttentionSpent.objects.exists()
