import threading
from collections import Counter

import pytest
from django.db import connection
from django.test import Client

from cop.site.models import Mail
from members.models import Member
from tests.accounts.conftest import join

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 24


def join_together(typed: list[dict[str, str]]) -> Counter[tuple[int, str]]:
    """Everybody presses the button at the same moment; returns how often each answer came."""
    barrier, answers = threading.Barrier(len(typed)), []

    def one(fields: dict[str, str]) -> None:
        try:
            browser = Client(raise_request_exception=False)
            barrier.wait()
            response = join(browser, **fields)
            answers.append((response.status_code, response.headers.get("Location", "")))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(fields,)) for fields in typed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": None, "login": None}


def test_people_of_the_same_name_get_different_handles():
    answers = join_together([{"email": f"kim-{number}@example.org"} for number in range(PEOPLE)])

    assert answers == {(302, "/accounts/confirm-email/"): PEOPLE}
    assert len(set(Member.objects.values_list("handle", flat=True))) == PEOPLE
    assert Mail.objects.count() == PEOPLE


def test_the_same_address_joins_once():
    answers = join_together([{"email": "kim@example.org", "name": f"Kim {number}"} for number in range(PEOPLE)])

    assert answers == {(302, "/accounts/confirm-email/"): PEOPLE}
    assert Member.objects.count() == 1
    assert Mail.objects.count() == 1
