"""Many people at once; each race also runs with the guards taken away, to show that it would notice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from events.models import Event, Registration
from events.operations import seats
from events.operations.registration import cancel, register
from members.models import Member
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory

THREADS = 24
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act, things):
    """Call `act` for all things in as many threads that begin at the same moment; returns all results."""
    barrier = threading.Barrier(THREADS)

    def work(share):
        try:
            barrier.wait(timeout=10)
            return [act(thing) for thing in share]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return [result for share in pool.map(work, [things[n::THREADS] for n in range(THREADS)]) for result in share]


def crowd(number):
    return Member.objects.bulk_create(MemberFactory.build_batch(number))


def confirmed(event):
    return Registration.objects.confirmed().filter(event=event).count()


@pytest.mark.everyday
@pytest.mark.parametrize("places", [1, pytest.param(3, marks=pytest.mark.thorough)])
def test_64_members_for_the_last_places_fill_exactly_these_and_wait_in_order(places):
    event, members = EventFactory(capacity=places + 2), crowd(64)
    RegistrationFactory.create_batch(2, event=event)

    outcomes = at_once(lambda member: register(event, member=member, by=member), members)

    numbers = Registration.objects.waiting().filter(event=event).values_list("waiting_number", flat=True)
    assert confirmed(event) == event.capacity == Event.objects.get().seats_taken
    assert list(numbers) == list(range(1, 65 - places))
    assert sorted(outcome.position or 0 for outcome in outcomes) == [0] * places + list(range(1, 65 - places))


@pytest.mark.thorough
def test_control_reading_before_writing_overbooks(monkeypatch):
    def take_after_reading(event):
        now = Event.objects.get(pk=event.pk)
        if now.seats_taken >= now.capacity:
            return False
        return bool(Event.objects.filter(pk=event.pk).update(seats_taken=now.seats_taken + 1))

    monkeypatch.setattr(seats, "hold", lambda event: Event.objects.get(pk=event.pk))
    monkeypatch.setattr(seats, "take", take_after_reading)
    event, members = EventFactory(capacity=3), crowd(THREADS)

    def attempt(member):
        try:
            return register(event, member=member, by=member)
        except Exception as error:  # two may also ask for the same number in the waiting list
            return error

    at_once(attempt, members)

    assert confirmed(event) > 3


@pytest.mark.thorough
def test_without_the_lock_the_conditional_update_alone_still_holds_the_limit(monkeypatch):
    monkeypatch.setattr(seats, "hold", lambda event: Event.objects.get(pk=event.pk))
    event, members = EventFactory(capacity=3), crowd(THREADS)

    def attempt(member):
        try:
            return register(event, member=member, by=member)
        except Exception as error:
            return error

    at_once(attempt, members)

    assert confirmed(event) == 3


def test_one_member_pressing_24_times_has_one_seat():
    event, member = EventFactory(capacity=40), MemberFactory()

    outcomes = at_once(lambda _: register(event, member=member, by=member), list(range(THREADS)))

    assert sum(outcome.is_new for outcome in outcomes) == 1
    assert (confirmed(event), Event.objects.get().seats_taken) == (1, 1)


def test_cancelling_while_others_register_leaves_no_seat_empty_and_none_twice():
    event = EventFactory(capacity=16)
    seated = [row.member for row in RegistrationFactory.create_batch(16, event=event)]
    wishes = [pair for pair in zip(seated, crowd(16), strict=True) for pair in pair]

    def wish(member):
        act = cancel if member in seated else register
        return act(event, member=member, by=member)

    at_once(wish, wishes)

    assert (confirmed(event), Event.objects.get().seats_taken) == (16, 16)
    assert Registration.objects.waiting().count() == 0


@pytest.mark.thorough
def test_two_cancelling_at_once_move_up_two_different_people():
    event, members = EventFactory(capacity=16), crowd(48)
    for member in members:
        register(event, member=member, by=member)

    results = at_once(lambda member: cancel(event, member=member, by=member), members[:16] + members[:16])

    moved = [row.member_id for result in results for row in result.moved_up]
    assert sorted(moved) == sorted(member.pk for member in members[16:32])
    assert confirmed(event) == 16
