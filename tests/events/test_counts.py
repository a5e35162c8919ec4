"""Jobs, commands and what other pages read about events."""

import json
import logging
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from cop.site.models import JobRun
from events import agenda, jobs, queries
from events.exports import harmless
from events.models import Event
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def said(*command):
    out = StringIO()
    call_command(*command, stdout=out)
    return json.loads(out.getvalue())


def test_event_counts_recounts_from_the_rows_whatever_the_counter_says():
    event = EventFactory(slug="circle", capacity=9)
    for status, number in [
        ("confirmed", None),
        ("confirmed", None),
        ("offered", None),
        ("waiting", 1),
        ("cancelled", None),
    ]:
        RegistrationFactory(event=event, status=status, waiting_number=number, counted=False)

    assert said("event_counts", "circle", "--json") == {
        "capacity": 9,
        "confirmed": 2,
        "offered": 1,
        "waiting": 1,
        "cancelled": 1,
    }


def test_event_counts_names_an_unknown_event():
    with pytest.raises(CommandError, match="There is no event “nothing”"):
        call_command("event_counts", "nothing", "--json")


def test_send_reminders_prints_its_counts():
    RegistrationFactory(
        event__starts_at=timezone.now() + timedelta(minutes=30), changed_at=timezone.now() - timedelta(days=9)
    )

    assert said("send_reminders", "--json") == {"7d": 0, "1d": 0, "1h": 1}
    assert said("send_reminders", "--json") == {"7d": 0, "1d": 0, "1h": 0}


def test_the_recount_is_quiet_while_counter_and_rows_agree():
    RegistrationFactory()
    RegistrationFactory(event__capacity=1)
    RegistrationFactory(event=Event.objects.get(capacity=1), status="waiting", waiting_number=1)

    assert jobs.recount_seats() == {"wrong": 0}


def test_the_recount_names_events_whose_counter_or_waiting_list_is_wrong(caplog):
    RegistrationFactory(event__slug="miscounted", counted=False)
    RegistrationFactory(event__slug="forgotten", event__capacity=5, status="waiting", waiting_number=1)

    with caplog.at_level(logging.ERROR):
        jobs.recount_seats()

    assert JobRun.objects.get().counts == {
        "wrong": 2,
        "forgotten: 1 wait beside free places": 0,
        "miscounted: the counter says 0, the rows say 1": -1,
    }
    assert len(caplog.records) == 2


def test_the_reminder_job_keeps_a_record_only_when_something_left():
    jobs.send_reminders()
    assert not JobRun.objects.exists()

    RegistrationFactory(
        event__starts_at=timezone.now() + timedelta(minutes=30), changed_at=timezone.now() - timedelta(days=9)
    )
    jobs.send_reminders()
    assert JobRun.objects.get().counts == {"7d": 0, "1d": 0, "1h": 1}


def test_coming_gives_the_next_published_events_only():
    now = timezone.now()
    EventFactory(title="Second", starts_at=now + timedelta(days=2))
    EventFactory(title="First", starts_at=now + timedelta(days=1))
    EventFactory(title="Third", starts_at=now + timedelta(days=3))
    EventFactory(title="Running", starts_at=now - timedelta(minutes=1))
    EventFactory(title="Draft", status="draft")

    assert [event.title for event in queries.coming(2, AnonymousUser())] == ["First", "Second"]


@pytest.mark.parametrize("number", [1, 3])
def test_registrations_of_a_member_come_with_status_and_position_in_one_query(number, django_assert_num_queries):
    member = MemberFactory()
    for day in range(number):
        event = EventFactory(title=f"Event {day}", starts_at=timezone.now() + timedelta(days=day + 1))
        RegistrationFactory(event=event, status="waiting", waiting_number=4)
        RegistrationFactory(event=event, member=member, status="waiting", waiting_number=9)
    RegistrationFactory(member=member, status="cancelled")

    with django_assert_num_queries(1):
        mine = queries.registrations_of(member)

    assert [(row.event.title, row.status, row.position, row.words) for row in mine] == [
        (f"Event {day}", "waiting", 2, "Waiting, 2 in line") for day in range(number)
    ]


def test_the_next_open_event_has_a_free_place_and_no_registration_of_the_member():
    member, now = MemberFactory(), timezone.now()
    EventFactory(starts_at=now + timedelta(days=1), capacity=1, seats_taken=1)
    RegistrationFactory(member=member, event__starts_at=now + timedelta(days=2))
    wanted = EventFactory(starts_at=now + timedelta(days=3))
    EventFactory(starts_at=now + timedelta(days=4))

    assert queries.next_open_event(member) == wanted


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1"])
def test_a_cell_that_looks_like_a_formula_is_made_harmless(cell):
    assert harmless(cell) == f"'{cell}"


def test_an_ordinary_cell_stays_as_it_is():
    assert harmless("Ann-Marie O=Neil") == "Ann-Marie O=Neil"


def test_an_agenda_is_read_line_by_line_with_and_without_times():
    start = timezone.now().replace(hour=22, minute=0, second=0, microsecond=0)
    lines = "22:00 Welcome\n\n- 22.30 – Rules\n0:15 The end\nNo time at all\n99:99 odd"

    parts = agenda.parse(lines, starts_at=start, zone=start.tzinfo)

    assert [(part.at and part.at - start, part.title) for part in parts] == [
        (timedelta(0), "Welcome"),
        (timedelta(minutes=30), "Rules"),
        (timedelta(hours=2, minutes=15), "The end"),
        (None, "No time at all"),
        (None, "99:99 odd"),
    ]
