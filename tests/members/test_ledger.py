from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity
from members.operations import ledger
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    VerbFactory(slug="lab-completed", points=2)
    VerbFactory(slug="correction", points=0)
    return ledger.record("lab-completed", by=MemberFactory(), kind="lab", key="redact", title="Redact")


def test_recording_the_same_act_twice_keeps_one_row(act):
    again = ledger.record("lab-completed", by=act.actor, kind="lab", key="redact", title="Redact")

    assert again is None
    assert list(Activity.objects.values_list("verb", "points")) == [("lab-completed", 2)]


def test_an_act_in_the_future_is_refused(act):
    with pytest.raises(Refused, match="future"):
        ledger.record(
            "lab-completed", by=act.actor, kind="lab", key="next", title="x", at=timezone.now() + timedelta(minutes=1)
        )


def test_an_unknown_verb_is_refused(act):
    with pytest.raises(Refused, match="“dance” is not an act"):
        ledger.record("dance", by=act.actor, kind="lab", key="next", title="x")


@pytest.mark.parametrize("statement", ["UPDATE members_activity SET points = 99", "DELETE FROM members_activity"])
def test_the_database_refuses_to_change_a_row(act, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Activity.objects.get().points == 2


def test_a_correction_is_a_reversing_row(act):
    organizer = MemberFactory()

    ledger.reverse(act, by=organizer, reason="Recorded for the wrong person")

    assert sorted(Activity.objects.values_list("points", flat=True)) == [-2, 2]


def test_an_act_is_taken_back_once_only(act):
    organizer = MemberFactory()
    ledger.reverse(act, by=organizer, reason="Wrong person")

    with pytest.raises(Refused, match="already"):
        ledger.reverse(act, by=organizer, reason="Again")
