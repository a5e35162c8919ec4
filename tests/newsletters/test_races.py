"""Several workers at once, and workers that die in the middle: nobody twice, nobody lost."""

import subprocess
import sys
import threading
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from newsletters import operations
from newsletters.delivery import engine
from newsletters.delivery.breaker import Breaker
from newsletters.models import Issue, Subscription
from tests.factories.members import MemberFactory
from tests.factories.newsletters import IssueFactory, issue_in_sending
from tests.newsletters.conftest import states
from tests.worker import environment_of_test, running_worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def everybody(number):
    now = timezone.now()
    Subscription.objects.bulk_create(
        Subscription(email=f"reader-{n}@example.org", status="active", confirmed_at=now) for n in range(number)
    )


def in_threads(number, work):
    """Let threads begin at the same moment; returns what each gave."""
    barrier, results = threading.Barrier(number), []

    def one():
        try:
            barrier.wait()
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def copies(mail_server):
    return Counter(Counter(letter["X-Envelope-To"] for letter in mail_server.letters).values())


def test_many_workers_at_once_share_the_rows_and_send_nobody_two(mail_server):
    everybody(300)
    issue = issue_in_sending()

    counts = in_threads(24, lambda: engine.run(breaker=Breaker()))

    assert sum(count["sent"] for count in counts) == 300
    assert copies(mail_server) == {1: 300}
    assert states(issue) == {"sent": 300}
    assert Issue.objects.get().status == Issue.Status.SENT


def test_approving_at_the_same_moment_freezes_the_audience_once():
    everybody(20)
    issue, organizer = IssueFactory(), MemberFactory()

    def approve():
        try:
            return operations.approve(issue, by=organizer)
        except operations.Refused as refused:
            return refused.lost_race

    assert Counter(in_threads(24, approve)) == {20: 1, True: 23}
    assert states(issue) == {"pending": 20}


@pytest.mark.thorough
def test_unsubscribing_while_workers_send_ends_every_row_exactly_once(mail_server):
    everybody(120)
    issue = issue_in_sending()
    leaving = list(Subscription.objects.order_by("-pk")[:60])

    def leave_or_send():
        if threading.current_thread().name.endswith("0"):
            return sum(operations.unsubscribe(row.key) for row in leaving)
        return engine.run(breaker=Breaker())["sent"]

    in_threads(24, leave_or_send)
    engine.run(breaker=Breaker())

    ended = states(issue)
    assert ended["sent"] + ended.get("skipped", 0) == 120
    assert copies(mail_server) == {1: ended["sent"]}


def command(mail_server, *arguments):
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_newsletter", *arguments], cwd=settings.BASE_DIR, text=True,
        env=environment_of_test(smtp_port=mail_server.port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


@pytest.mark.thorough
def test_a_process_killed_in_the_middle_sends_nobody_two_and_loses_nobody(mail_server):
    everybody(150)
    issue = issue_in_sending()
    killed = command(mail_server, issue.slug)
    wait_until(lambda: len(mail_server.letters) >= 40, "forty mails have gone")
    killed.kill()
    killed.communicate()
    before = len(mail_server.letters)

    again = command(mail_server, issue.slug, "--json")
    said, _ = again.communicate(timeout=60)

    ended = states(issue)
    assert 40 <= before < 150, said
    assert set(copies(mail_server)) == {1}
    assert ended["sent"] + ended.get("uncertain", 0) == 150
    assert ended.get("uncertain", 0) <= 1
    assert len(mail_server.letters) in {ended["sent"], ended["sent"] + ended.get("uncertain", 0)}
    assert engine.run(breaker=Breaker()) == {}


@pytest.mark.thorough
def test_the_databases_end_of_every_connection_in_the_middle_changes_nothing(mail_server):
    everybody(200)
    issue = issue_in_sending()
    sending = command(mail_server, issue.slug)
    for reached in (20, 60, 100):
        wait_until(lambda n=reached: len(mail_server.letters) >= n, f"{reached} mails have gone")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    output, _ = sending.communicate(timeout=60)

    assert sending.returncode == 0, output
    assert copies(mail_server) == {1: 200}
    assert states(issue) == {"sent": 200}


def test_a_celery_worker_delivers_an_approved_issue(mail_server):
    everybody(25)
    issue = IssueFactory()
    with running_worker(smtp_port=mail_server.port):
        operations.approve(issue, by=MemberFactory())
        operations.start(issue)
        wait_until(lambda: Issue.objects.get().status == Issue.Status.SENT, "the issue is sent")

    assert copies(mail_server) == {1: 25}
    assert states(issue) == {"sent": 25}
