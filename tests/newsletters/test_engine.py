"""One worker against a real SMTP server: every ending of a row, and that no ending is left twice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from newsletters import operations
from newsletters.delivery import claims, engine
from newsletters.delivery.breaker import Breaker
from newsletters.delivery.worker import Worker
from newsletters.models import Delivery, Issue, Subscription, Suppression
from tests.factories.members import MemberFactory
from tests.factories.newsletters import IssueFactory, SubscriptionFactory, issue_in_sending
from tests.newsletters.conftest import send, states

pytestmark = pytest.mark.django_db


def everybody(number):
    return [SubscriptionFactory(email=f"reader-{n}@example.org") for n in range(number)]


def test_every_subscriber_gets_one_mail_and_the_issue_counts_as_sent(mail_server):
    everybody(30)
    issue = issue_in_sending()

    counts = send()

    issue.refresh_from_db()
    assert counts == {"sent": 30}
    assert sorted(letter["To"] for letter in mail_server.letters) == sorted(
        f"reader-{n}@example.org" for n in range(30)
    )
    assert (issue.status, states(issue)) == (Issue.Status.SENT, {"sent": 30})


def test_a_second_and_a_third_run_send_nothing(mail_server):
    everybody(3)
    issue_in_sending()
    send()

    assert [send(), send()] == [{}, {}]
    assert len(mail_server.letters) == 3


def test_an_issue_that_is_approved_but_not_started_waits(mail_server):
    everybody(1)
    operations.approve(IssueFactory(), by=MemberFactory())

    assert send() == {}


def test_a_refused_recipient_fails_and_the_others_get_theirs(mail_server):
    everybody(3)
    issue = issue_in_sending()
    mail_server.refusals["reader-1@example.org"] = "550 5.1.1 No such user"

    counts = send()

    assert counts == {"sent": 2, "failed": 1}
    assert Delivery.objects.get(issue=issue, state="failed").error == "550 5.1.1 No such user (at RCPT)"


@pytest.mark.parametrize(
    ("answer", "suppressed"),
    [
        ("550 5.1.1 No such user", True),
        ("550 No such user", True),
        ("550 5.7.1 Not from you", False),
        ("552 Full", False),
    ],
)
def test_only_a_dead_address_is_suppressed(mail_server, answer, suppressed):
    everybody(1)
    issue_in_sending()
    mail_server.refusals["reader-0@example.org"] = answer

    send()

    assert Suppression.objects.filter(email="reader-0@example.org", reason="bounce").exists() is suppressed


def test_a_mail_put_off_is_tried_again_after_a_pause_that_grows(mail_server):
    everybody(1)
    issue = issue_in_sending()
    mail_server.refusals["reader-0@example.org"] = "451 Try later"
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        assert send() == {"later": 1}
        assert send() == {}
    with time_machine.travel(start + timedelta(seconds=10), tick=False):
        assert send() == {"later": 1}
    row = Delivery.objects.get(issue=issue)
    assert (row.state, row.tries, row.next_try_at) == ("pending", 2, start + timedelta(seconds=25))

    mail_server.refusals.clear()
    with time_machine.travel(start + timedelta(seconds=25), tick=False):
        assert send() == {"sent": 1}
    assert states(issue) == {"sent": 1}


def test_a_mail_put_off_for_hours_fails_in_the_end(mail_server):
    everybody(1)
    issue = issue_in_sending()
    Delivery.objects.update(tries=claims.MOST_TRIES - 1)
    mail_server.refusals["reader-0@example.org"] = "451 Try later"

    assert send() == {"failed": 1}
    assert states(issue) == {"failed": 1}


def test_the_pause_grows_by_half_up_to_an_hour():
    assert [claims.pause_before(n) for n in (1, 2, 3, 40)] == [10.0, 15.0, 22.5, 3600.0]


def test_a_body_without_an_answer_is_uncertain_and_never_sent_again_by_itself(mail_server):
    everybody(2)
    issue = issue_in_sending()
    mail_server.moods["reader-0@example.org"] = "drop"

    counts = send()
    send()

    issue.refresh_from_db()
    assert counts == {"uncertain": 1, "sent": 1}
    assert len(mail_server.to("reader-0@example.org")) == 1
    assert (issue.status, states(issue)) == (Issue.Status.SENT, {"sent": 1, "uncertain": 1})


def test_an_odd_answer_after_the_body_is_uncertain(mail_server):
    everybody(1)
    issue = issue_in_sending()
    mail_server.moods["reader-0@example.org"] = "354 What"

    send()

    assert states(issue) == {"uncertain": 1}


def test_two_silent_answers_stop_the_worker_and_leave_the_rest_waiting(mail_server):
    everybody(6)
    issue = issue_in_sending()
    mail_server.moods = {f"reader-{n}@example.org": "drop" for n in range(6)}

    send()
    send()

    assert states(issue) == {"pending": 4, "uncertain": 2}


@pytest.mark.parametrize(("answer", "state"), [("554 Spam", "failed"), ("452 Later", "pending")])
def test_an_answer_to_the_body_decides(mail_server, answer, state):
    everybody(1)
    issue = issue_in_sending()
    mail_server.moods["reader-0@example.org"] = answer

    send()

    assert states(issue) == {state: 1}


@pytest.mark.parametrize("answer", ["550 We do not know you", "421 Going away", "451 Busy"])
def test_a_refused_sender_is_nobodys_failure(mail_server, answer):
    everybody(1)
    issue = issue_in_sending()
    mail_server.sender_answer = answer

    send()

    assert states(issue) == {"pending": 1}


def test_a_connection_lost_before_the_body_is_tried_again_without_doubt(mail_server):
    everybody(2)
    issue = issue_in_sending()
    mail_server.moods["reader-0@example.org"] = "lose"

    assert send() == {"later": 1, "sent": 1}
    assert states(issue) == {"sent": 1, "pending": 1}


def test_a_server_that_is_away_costs_no_try(settings):
    settings.EMAIL_PORT = 1
    everybody(3)
    issue = issue_in_sending()

    assert send() == {}
    assert list(Delivery.objects.filter(issue=issue).values_list("state", "tries")) == [("pending", 0)] * 3


def test_a_suppressed_address_gets_nothing(mail_server):
    everybody(2)
    Suppression.objects.create(email="Reader-0@example.org", reason="complaint")
    issue = issue_in_sending()

    send()

    assert mail_server.to("reader-0@example.org") == []
    assert states(issue) == {"suppressed": 1, "sent": 1}


def test_an_address_suppressed_after_approval_gets_nothing(mail_server):
    everybody(1)
    issue = issue_in_sending()
    Suppression.objects.create(email="reader-0@example.org", reason="complaint")

    assert send() == {"suppressed": 1}
    assert states(issue) == {"suppressed": 1}


def test_who_unsubscribes_between_approval_and_sending_is_skipped(mail_server):
    first, _ = everybody(2)
    issue = issue_in_sending()
    operations.unsubscribe(first.key)

    assert send() == {"skipped": 1, "sent": 1}
    assert mail_server.to(first.email) == []
    assert states(issue) == {"skipped": 1, "sent": 1}


def test_a_deleted_subscription_is_skipped(mail_server):
    everybody(1)
    issue = issue_in_sending()
    Subscription.objects.all().delete()

    assert send() == {"skipped": 1}
    assert states(issue) == {"skipped": 1}


def test_a_paused_issue_keeps_its_rows_and_goes_on_after_resuming(mail_server):
    everybody(2)
    issue = issue_in_sending()
    operations.pause(issue, by=MemberFactory())

    assert send() == {}
    operations.resume(issue, by=MemberFactory())
    assert send() == {"sent": 2}


def test_a_row_claimed_before_the_pause_goes_back(mail_server):
    everybody(1)
    issue = issue_in_sending()
    with Worker() as worker:
        (row,) = claims.claim(worker, issue.pk)
        operations.pause(issue, by=MemberFactory())

        assert claims.begin(worker, row, done=None) is False
        assert claims.put_aside(worker, row) == "pending"


def test_rows_of_a_dead_worker_wait_again_or_become_uncertain(mail_server):
    everybody(3)
    issue = issue_in_sending()
    with Worker() as dead:
        rows = claims.claim(dead, issue.pk)
        claims.begin(dead, rows[0], done=None)

    assert send() == {"sent": 2}
    assert states(issue) == {"sent": 2, "uncertain": 1}


def test_a_worker_that_hangs_loses_its_rows_and_cannot_send_them_later(mail_server):
    everybody(2)
    issue = issue_in_sending()
    with Worker() as hanging:
        first, second = claims.claim(hanging, issue.pk)
        claims.begin(hanging, first, done=None)
        with time_machine.travel(timezone.now() + timedelta(seconds=130), tick=False):
            send()

        assert claims.begin(hanging, second, done=None) is False
        assert claims.put_aside(hanging, second) == "gone"
    assert states(issue) == {"sent": 1, "uncertain": 1}


def test_an_answer_that_comes_after_all_settles_an_uncertain_row():
    everybody(2)
    issue = issue_in_sending()
    with Worker() as slow:
        first, second = claims.claim(slow, issue.pk)
        claims.begin(slow, first, done=None)
        Delivery.objects.filter(pk=first.id).update(state="uncertain")

        claims.begin(slow, second, done=first.id)

    assert states(issue) == {"sent": 1, "sending": 1}


def test_beginning_may_be_repeated_when_its_commit_was_not_heard():
    everybody(2)
    issue = issue_in_sending()
    with Worker() as worker:
        first, second = claims.claim(worker, issue.pk)
        claims.begin(worker, first, done=None)

        assert [claims.begin(worker, second, done=first.id) for _ in range(2)] == [True, True]


def test_a_batch_that_others_have_in_hand_is_not_taken_twice():
    everybody(claims.BATCH + 2)
    issue = issue_in_sending()
    with Worker() as one, Worker() as other:
        first, second = claims.claim(one, issue.pk), claims.claim(other, issue.pk)

    assert (len(first), len(second)) == (claims.BATCH, 2)
    assert not {row.id for row in first} & {row.id for row in second}


def test_a_run_ends_in_time_and_gives_back_what_it_did_not_send(mail_server):
    everybody(3)
    issue = issue_in_sending()

    engine.run(seconds=-1)

    assert states(issue) == {"pending": 3}


def test_a_run_without_a_free_place_does_nothing(mail_server):
    everybody(1)
    issue_in_sending()

    assert engine.run(slots=0) == {}
    assert engine.run(slots=1) == {"sent": 1}


def test_an_address_that_no_header_can_hold_fails(mail_server):
    everybody(1)
    issue = issue_in_sending()
    Delivery.objects.update(email='"a b"@example.org')

    assert send() == {"failed": 1}
    assert states(issue) == {"failed": 1}


def test_a_person_sends_an_uncertain_mail_again_with_the_same_message_id(mail_server):
    everybody(1)
    issue = issue_in_sending()
    mail_server.moods["reader-0@example.org"] = "drop"
    send()
    mail_server.moods.clear()

    operations.send_again(Delivery.objects.get(), by=MemberFactory())
    counts = engine.run(breaker=Breaker())

    first, second = mail_server.letters
    issue.refresh_from_db()
    assert counts == {"sent": 1}
    assert first["Message-ID"] == second["Message-ID"]
    assert issue.status == Issue.Status.SENT
