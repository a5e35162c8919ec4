from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cop.home.demo import build
from events.models import Event, Registration
from governance.models import Term
from members.models import Activity, LevelAward, Member
from newsletters.models import Issue
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def demo(community):
    build.make(build.Wish(members=30, seed=7), now=NOW)


def test_the_same_seed_makes_the_same_community(community):
    made = []
    for _ in range(2):
        point = transaction.savepoint()
        build.make(build.Wish(members=30, seed=7), now=NOW)
        made.append((build.manifest(), list(Member.objects.order_by("pk").values_list("name", "town"))))
        transaction.savepoint_rollback(point)

    assert made[0] == made[1]
    assert made[0][0]["members"] == 30


def test_every_address_reaches_nobody(demo):
    assert not Member.objects.exclude(email__endswith=".invalid").exists()


def test_the_named_accounts_hold_what_their_role_says(demo):
    held = {
        handle: set(LevelAward.objects.filter(member__handle=handle).values_list("level", flat=True))
        for handle in ("adrian", "kim", "sayed", "leo")
    }

    assert held == {
        "adrian": {"explorer", "builder", "mentor"}, "kim": {"explorer", "builder"}, "sayed": {"explorer"},
        "leo": {"explorer", "partner"},
    }  # fmt: skip
    assert Member.objects.get(handle="bart").is_superuser
    assert Term.objects.filter(holder__handle="maria").exists()


def test_the_workshop_is_full_with_two_waiting_in_order(demo):
    workshop = Event.objects.get(slug="small-workshop")
    waiting = Registration.objects.filter(event=workshop, status="waiting").order_by("waiting_number")

    assert (workshop.capacity, workshop.seats_taken) == (3, 3)
    assert [row.waiting_number for row in waiting] == [1, 2]


def test_the_counter_of_every_event_agrees_with_its_rows(demo):
    for event in Event.objects.all():
        rows = Registration.objects.filter(event=event, status="confirmed").count()
        assert (event.slug, event.seats_taken) == (event.slug, rows)


def test_there_is_a_past_event_with_recording_and_attendance(demo):
    past = Event.objects.filter(ends_at__lt=NOW).exclude(recording_url="")

    assert past.count() == 1
    assert Registration.objects.filter(event=past.get(), attended_at__isnull=False).count() > 10


def test_no_act_lies_in_the_future(demo):
    assert not Activity.objects.filter(occurred_at__gt=NOW).exists()


def test_one_issue_is_sent_and_one_waits_for_the_button(demo):
    assert dict(Issue.objects.values_list("slug", "status")) == {"how-it-began": "sent", "first-issue": "approved"}


def test_a_second_run_keeps_what_is_there(demo):
    assert build.make(build.Wish(members=50, seed=9), now=NOW) is False
    assert Member.objects.count() == 30


@pytest.mark.parametrize("number", [0, -3])
def test_a_community_of_nobody_is_refused(community, number):
    with pytest.raises(CommandError, match="at least one member"):
        call_command("make_demo", members=number)


def test_real_members_are_not_mixed_with_made_up_ones(community):
    MemberFactory(email="real@example.org")

    with pytest.raises(CommandError, match="real members"):
        call_command("make_demo", members=10)
