from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from events.models import Event
from events.operations import publishing
from tests.factories.events import EventFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 24, 13, 0, tzinfo=UTC)
LINK = "https://meet.example.org/room-7"


@pytest.fixture(autouse=True)
def weeks_before():
    with time_machine.travel(START - timedelta(days=30), tick=False):
        yield


def entries(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert LINK not in answer.content.decode()
    return Calendar.from_ical(answer.content).events


def test_the_file_of_an_event_has_what_a_calendar_needs_and_not_the_link_to_join(client):
    event = EventFactory(
        slug="circle", title="Circle, with; signs", summary="One line\nBEGIN:VEVENT", place="Room 2, Utrecht",
        starts_at=START, time_zone="America/Bogota", join_url=LINK,
    )  # fmt: skip

    [entry] = entries(client, "/events/circle.ics")

    assert entry["UID"] == f"event-{event.pk}@127.0.0.1"
    assert (entry["SEQUENCE"], entry["STATUS"], entry["LOCATION"]) == (0, "CONFIRMED", "Room 2, Utrecht")
    assert (entry["SUMMARY"], entry.start, entry.end) == ("Circle, with; signs", START, START + timedelta(hours=1))
    assert entry["DTSTART"].to_ical() == b"20270324T130000Z"
    assert entry["URL"] == "http://127.0.0.1:8000/events/circle/"
    assert entry["ORGANIZER"] == "MAILTO:community@localhost"
    assert entry["DTSTAMP"].dt == START - timedelta(days=30)


def test_the_entry_keeps_its_identity_and_raises_its_sequence_when_the_event_moves(client):
    event = EventFactory(slug="circle", starts_at=START)
    [before] = entries(client, "/events/circle.ics")

    publishing.change(event, by=MemberFactory(), ends_at=START + timedelta(hours=2))
    [after] = entries(client, "/events/circle.ics")

    assert (before["UID"], before["SEQUENCE"]) == (after["UID"], after["SEQUENCE"] - 1)


def test_a_cancelled_event_is_cancelled_in_its_file(client):
    EventFactory(slug="circle", status="cancelled")

    assert entries(client, "/events/circle.ics")[0]["STATUS"] == "CANCELLED"


def test_drafts_have_no_file_not_even_for_organizers(client, organizer_client):
    EventFactory(slug="draft", status="draft")

    assert client.get("/events/draft.ics").status_code == 404
    assert organizer_client.get("/events/draft.ics").status_code == 404


def test_the_feed_holds_published_events_to_come_in_order(client):
    EventFactory(title="Second", starts_at=START + timedelta(days=1), join_url=LINK)
    EventFactory(title="First", starts_at=START)
    EventFactory(title="Past", starts_at=START - timedelta(days=60))
    EventFactory(title="Draft", status="draft")
    EventFactory(title="Cancelled", status="cancelled")

    assert [entry["SUMMARY"] for entry in entries(client, "/events.ics")] == ["First", "Second"]


def test_the_feed_of_no_events_is_a_calendar_too(client):
    assert entries(client, "/events.ics") == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_feed_takes_the_same_queries_however_long(client, number, django_assert_num_queries):
    EventFactory.create_batch(number)
    client.get("/events.ics")

    with django_assert_num_queries(1):
        client.get("/events.ics")


def test_the_pages_name_the_feed_in_their_head(client):
    event = EventFactory()

    for address in ("/events/", event.get_absolute_url()):
        assert '<link rel="alternate" type="text/calendar"' in client.get(address).content.decode()
    assert Event.objects.count() == 1
