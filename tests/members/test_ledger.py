import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity, Verb
from members.operations import ledger
from tests.factories.members import ActFactory, MemberFactory, VerbFactory

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


def test_the_ledger_is_not_emptied_in_one_stroke(act):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL cop.may_empty_ledger = 'off'")
        with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic():
            cursor.execute("TRUNCATE members_activity CASCADE")

    assert Activity.objects.count() == 1


def test_the_database_itself_refuses_an_act_in_the_future_and_an_unknown_verb(act):
    later = timezone.now() + timedelta(minutes=1)

    with pytest.raises(IntegrityError, match="no_act_lies_in_the_future"), transaction.atomic():
        ActFactory(occurred_at=later)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic():
        ActFactory(verb=Verb(slug="dance", points=1))


def test_two_acts_at_the_same_moment_are_told_apart(act, time_machine):
    time_machine.move_to(timezone.now(), tick=False)

    first = ledger.record("lab-completed", by=act.actor, kind="lab", key="next", title="Next")
    again = ledger.record("lab-completed", by=act.actor, kind="lab", key="next", title="Next")

    assert (first is not None, again) == (True, None)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_record_the_same_act_at_once_one_writes_it():
    VerbFactory(slug="lab-completed", points=2)
    member, gate = MemberFactory(), threading.Barrier(24)

    def write(_):
        gate.wait()
        try:
            return ledger.record("lab-completed", by=member, kind="lab", key="redact", title="Redact")
        finally:
            connection.close()

    with ThreadPoolExecutor(24) as pool:
        rows = [row for row in pool.map(write, range(24)) if row]

    assert [row.pk for row in rows] == list(Activity.objects.values_list("pk", flat=True))
    assert len(rows) == 1


def test_a_correction_cannot_be_taken_back_and_tells_its_reason_elsewhere(act):
    back = ledger.reverse(act, by=MemberFactory(), reason="It was Kim Vermeer who did it")

    with pytest.raises(Refused, match="correction itself"):
        ledger.reverse(back, by=MemberFactory(), reason="Yet again")
    assert back.correction.reason == "It was Kim Vermeer who did it"
    assert "Kim" not in back.object_title


def test_an_act_is_not_taken_back_without_a_reason(act):
    with pytest.raises(Refused, match="why"):
        ledger.reverse(act, by=MemberFactory(), reason=" ")


def test_no_row_names_the_people_concerned():
    VerbFactory(slug="review-given", points=3)
    giver = MemberFactory(name="Kim Vermeer", handle="kim", email="kim@example.org")
    other = MemberFactory(name="Leo Moreau", handle="leo")

    row = ledger.record(
        "review-given", by=giver, other=other, kind="review", key="1", address="/members/leo/skills/",
        title="Kim Vermeer (@kim, KIM@example.org) looks at a lab by Leo Moreau",
    )  # fmt: skip

    assert row.object_title == "a member (a member, a member) looks at a lab by a member"
    assert row.address == f"/members/{other.pk}/skills/"


CALLS = re.compile(r"ledger\.record\(.*?\n    *\)|ledger\.record\([^\n]*\)\n", re.S)
PERSONAL = re.compile(r"\.(name|handle|email|first_name)\b|\{(by|member|other|person|candidate)\}")
NO_PERSON = re.compile(r"(community|event|item|module|lab|series|group|petition|tool)\.name")


def test_no_caller_writes_a_persons_name_or_page_into_the_ledger():
    calls = [
        (path, call)
        for app in ("members", "communities", "editorial", "modules", "labs", "events", "governance", "newsletters")
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py"))
        for call in CALLS.findall(path.read_text())
    ]

    naming = [(str(path), call) for path, call in calls if PERSONAL.search(NO_PERSON.sub("", call))]

    assert len(calls) > 15
    assert naming == []
