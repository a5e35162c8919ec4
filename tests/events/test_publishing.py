from datetime import timedelta

import pytest
from django.utils import timezone

from cop.lib.errors import Refused
from events.models import Event
from events.operations.attendance import mark_attended
from events.operations.publishing import cancel_event, change, publish
from members.models import Activity
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer():
    return MemberFactory(is_staff=True)


def test_publishing_a_draft_announces_it_and_repeating_changes_nothing(organizer):
    event = EventFactory(status="draft")

    publish(event, by=organizer)
    publish(event, by=organizer)

    assert Event.objects.get().status == "published"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"ends_at": None}, "Give the end of the event first."),
        ({"starts_at": timezone.now() - timedelta(minutes=1)}, "The beginning lies in the past"),
        ({"time_zone": "Europe/Atlantis"}, "“Europe/Atlantis” is not a time zone"),
    ],
)
def test_publishing_is_refused_while_something_is_missing(organizer, values, message):
    event = EventFactory(status="draft", **values)

    with pytest.raises(Refused, match=message):
        publish(event, by=organizer)

    assert Event.objects.get().status == "draft"


def test_a_cancelled_event_is_not_published_again(organizer):
    with pytest.raises(Refused, match="cannot be published again"):
        publish(EventFactory(status="cancelled"), by=organizer)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"capacity": 1}, "2 places are taken already"),
        ({"ends_at": None}, "needs an end"),
        ({"starts_at": timezone.now() + timedelta(days=90)}, "must come after"),
    ],
)
def test_an_impossible_change_is_refused_and_saves_nothing(organizer, values, message):
    event = RegistrationFactory().event
    RegistrationFactory(event=event)

    with pytest.raises(Refused, match=message):
        change(event, by=organizer, title="New", **values)

    assert Event.objects.get().title != "New"


def test_cancelling_a_draft_or_what_is_over_is_refused(organizer):
    with pytest.raises(Refused, match="A draft is not announced"):
        cancel_event(EventFactory(status="draft"), by=organizer)
    with pytest.raises(Refused, match="over"):
        cancel_event(EventFactory(starts_at=timezone.now() - timedelta(days=1)), by=organizer)


def test_coming_to_an_event_is_marked_once_with_two_points(organizer):
    row = RegistrationFactory(event__slug="circle", event__starts_at=timezone.now() - timedelta(days=1))

    assert mark_attended(row, by=organizer) is True
    assert mark_attended(row, by=organizer) is False

    act = Activity.objects.get()
    assert (act.verb_id, act.actor, act.points, act.object_key) == ("event-attended", row.member, 2, "circle")
    assert act.occurred_at == row.event.ends_at


def test_the_host_marks_attendance_and_other_members_do_not():
    host, other = MemberFactory.create_batch(2)
    row = RegistrationFactory(event__host=host, event__starts_at=timezone.now() - timedelta(minutes=5))

    with pytest.raises(Refused, match="Only the host"):
        mark_attended(row, by=other)

    assert mark_attended(row, by=host)


def test_attendance_before_the_begin_or_without_a_place_is_refused(organizer):
    past = timezone.now() - timedelta(days=1)

    with pytest.raises(Refused, match="once it has begun"):
        mark_attended(RegistrationFactory(), by=organizer)
    with pytest.raises(Refused, match="has no place"):
        mark_attended(RegistrationFactory(status="cancelled", event__starts_at=past), by=organizer)
