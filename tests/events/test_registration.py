from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.site.models import Mail
from events.models import Event, Registration
from events.operations.publishing import change
from events.operations.registration import cancel, register
from members.models import Activity
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def go(event, member, **more):
    return register(event, member=member, by=member, **more)


def leave(event, member, **more):
    return cancel(event, member=member, by=member, **more)


def state(event):
    rows = Registration.objects.filter(event=event).order_by("pk")
    return [(row.status, row.waiting_number) for row in rows]


def test_registering_with_a_free_place_confirms_and_counts_the_seat():
    event, member = EventFactory(capacity=3), MemberFactory()

    outcome = go(event, member)

    assert (outcome.registration.status, outcome.position, outcome.is_new) == ("confirmed", None, True)
    assert Event.objects.get().seats_taken == 1


def test_registering_is_written_into_the_ledger_once_even_after_cancelling_in_between():
    event, member = EventFactory(slug="sprint-1", title="Sprint"), MemberFactory()

    go(event, member)
    leave(event, member)
    go(event, member)

    act = Activity.objects.get()
    assert (act.verb_id, act.object_kind, act.object_key, act.address) == (
        "event-registered",
        "event",
        "sprint-1",
        "/events/sprint-1/",
    )


def test_registering_for_a_full_event_waits_with_a_position():
    event = EventFactory(capacity=1)
    go(event, MemberFactory())

    outcomes = [go(event, MemberFactory()) for _ in range(2)]

    assert [(outcome.registration.status, outcome.position) for outcome in outcomes] == [("waiting", 1), ("waiting", 2)]
    assert Event.objects.get().seats_taken == 1


@pytest.mark.parametrize(("capacity", "position"), [(None, None), (1, 1)])
def test_registering_twice_finds_the_first_result_and_writes_once(capacity, position):
    event, member = EventFactory(capacity=capacity), MemberFactory()
    if capacity:
        go(event, MemberFactory())
    first = go(event, member)

    again = go(event, member)

    assert (again.registration.pk, again.position, again.is_new) == (first.registration.pk, position, False)
    assert Mail.objects.filter(to=member.email).count() == 1


def test_cancelling_frees_the_seat():
    event, member = EventFactory(capacity=1), MemberFactory()
    go(event, member)

    leave(event, member)

    assert state(event) == [("cancelled", None)]
    assert Event.objects.get().seats_taken == 0


def test_cancelling_twice_frees_one_seat():
    event, member = EventFactory(capacity=2), MemberFactory()
    go(event, MemberFactory())
    go(event, member)

    leave(event, member)
    leave(event, member)

    assert Event.objects.get().seats_taken == 1


def test_cancelling_moves_the_first_waiting_person_up_with_one_mail():
    event, leaving, first, second = EventFactory(capacity=1), *MemberFactory.create_batch(3)
    for person in (leaving, first, second):
        go(event, person)

    leave(event, leaving)

    assert state(event) == [("cancelled", None), ("confirmed", None), ("waiting", 2)]
    assert list(Mail.objects.filter(to=first.email).values_list("kind", flat=True).order_by("pk")) == [
        "event-waiting",
        "event-moved-up",
    ]
    assert Event.objects.get().seats_taken == 1


def test_two_cancellations_move_two_different_people_up():
    event = EventFactory(capacity=2)
    people = MemberFactory.create_batch(5)
    for person in people:
        go(event, person)

    leave(event, people[0])
    leave(event, people[1])

    moved = Mail.objects.filter(kind="event-moved-up").order_by("pk").values_list("to", flat=True)
    assert list(moved) == [people[2].email, people[3].email]
    assert state(event)[4] == ("waiting", 3)


def test_leaving_the_waiting_list_moves_nobody_into_a_seat_but_shortens_the_line():
    event, seated, first, second = EventFactory(capacity=1), *MemberFactory.create_batch(3)
    for person in (seated, first, second):
        go(event, person)

    leave(event, first)

    assert go(event, second).position == 1
    assert Event.objects.get().seats_taken == 1


def test_registering_again_after_cancelling_goes_to_the_end_of_the_line():
    event, leaving, *others = EventFactory(capacity=1), *MemberFactory.create_batch(3)
    for person in (leaving, *others):
        go(event, person)
    leave(event, leaving)

    outcome = go(event, leaving)

    assert outcome.position == 2
    assert Registration.objects.filter(event=event).count() == 3


def test_more_places_move_those_waiting_up_at_once():
    event = EventFactory(capacity=1)
    for person in MemberFactory.create_batch(4):
        go(event, person)

    change(event, by=MemberFactory(is_staff=True), capacity=3)

    assert [status for status, _ in state(event)] == ["confirmed", "confirmed", "confirmed", "waiting"]
    assert Mail.objects.filter(kind="event-moved-up").count() == 2


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"status": "cancelled"}, "This event was cancelled."),
        ({"status": "draft"}, "This event is not announced yet."),
        ({"starts_at": timezone.now() - timedelta(minutes=1)}, "Registration closed when the event began."),
        ({"starts_at": timezone.now() - timedelta(days=1)}, "This event is over."),
    ],
)
def test_registering_is_refused_where_nobody_can_come(values, message):
    event = EventFactory(**values)

    with pytest.raises(Refused) as refused:
        go(event, MemberFactory())

    assert refused.value.message == message
    assert state(event) == []


def test_registering_after_the_begin_finds_what_was_registered_before():
    event, member = EventFactory(), MemberFactory()
    go(event, member)

    again = go(event, member, now=event.starts_at)

    assert not again.is_new


def test_cancelling_without_a_registration_is_refused():
    with pytest.raises(Refused, match="You are not registered"):
        leave(EventFactory(), MemberFactory())


def test_cancelling_after_the_begin_is_refused():
    event, member = EventFactory(), MemberFactory()
    go(event, member)

    with pytest.raises(Refused, match="The event has begun"):
        leave(event, member, now=event.starts_at)

    assert Event.objects.get().seats_taken == 1


def test_members_cannot_register_or_cancel_each_other_but_organizers_can():
    event, member, other = EventFactory(), MemberFactory(), MemberFactory()
    organizer = MemberFactory(is_staff=True)

    with pytest.raises(Refused, match="Only the member"):
        register(event, member=member, by=other)
    register(event, member=member, by=organizer, source="organizer")
    with pytest.raises(Refused, match="Only the member"):
        cancel(event, member=member, by=other)

    assert Registration.objects.get().source == "organizer"


def test_a_transaction_that_is_rolled_back_leaves_no_seat_and_no_mail():
    event, member = EventFactory(capacity=1), MemberFactory()

    with transaction.atomic():
        go(event, member)
        transaction.set_rollback(True)

    assert (Event.objects.get().seats_taken, Mail.objects.count(), state(event)) == (0, 0, [])


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"capacity": 1, "seats_taken": 2}, "an_event_is_never_overbooked"),
        ({"seats_taken": -1}, "seats_taken_are_never_negative"),
        ({"capacity": 0}, "a_limit_leaves_at_least_one_place"),
        ({"ends_at": timezone.now()}, "an_event_ends_after_it_begins"),
        ({"ends_at": None}, "an_announced_event_has_an_end"),
    ],
)
def test_the_database_refuses_an_impossible_event(values, rule):
    with pytest.raises(IntegrityError, match=rule):
        EventFactory(**values)


def test_the_database_refuses_a_second_registration_of_the_same_member():
    first = RegistrationFactory()

    with pytest.raises(IntegrityError, match="a_member_registers_once_per_event"):
        RegistrationFactory(event=first.event, member=first.member)


@pytest.mark.parametrize(("status", "number"), [("waiting", None), ("confirmed", 3)])
def test_the_database_refuses_a_number_without_waiting_and_waiting_without_a_number(status, number):
    with pytest.raises(IntegrityError, match="those_waiting_have_a_number"):
        RegistrationFactory(status=status, waiting_number=number)


def test_the_database_refuses_two_people_at_the_same_number():
    first = RegistrationFactory(status="waiting", waiting_number=1)

    with pytest.raises(IntegrityError, match="no_two_wait_at_the_same_number"):
        RegistrationFactory(event=first.event, status="waiting", waiting_number=1)
