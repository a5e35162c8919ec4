import threading

import pytest
from django.db import connection

from cop.lib.errors import Refused
from members.models import Activity
from modules.models import CheckAttempt, ItemProgress
from modules.operations.checks import take
from tests.factories.members import MemberFactory
from tests.factories.modules import answers_with, check_verbs, check_with

THREADS = 24


@pytest.mark.django_db(transaction=True)
def test_of_24_tries_at_the_same_moment_three_are_taken_and_21_refused():
    check_verbs()
    member, check = MemberFactory(), check_with()
    barrier, said = threading.Barrier(THREADS), []

    def one_try():
        try:
            barrier.wait()
            said.append(take(check, by=member, answers=answers_with(10), seed=1).percent)
        except Refused as refusal:
            said.append(refusal.message.partition(".")[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=one_try) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, said)) == ["100"] * 3 + ["You have had 3 tries today"] * 21
    assert CheckAttempt.objects.count() == 3
    assert ItemProgress.objects.get().state == "done"
    assert Activity.objects.filter(verb="check-passed").count() == 1
