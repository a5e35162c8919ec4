import json
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from members.jobs import pick_spotlight
from members.models import Spotlight
from members.operations import spotlight
from members.queries.spotlight import current
from tests.factories.members import ActFactory, MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
FEBRUARY = date(2027, 2, 1)


def helps(member, others, at=datetime(2027, 2, 14, tzinfo=UTC)):
    for other in others:
        ActFactory(actor=member, other=other, occurred_at=at, recorded_at=NOW)


@pytest.fixture
def people():
    return MemberFactory.create_batch(4)


def test_who_helped_the_most_different_people_is_picked(people):
    many, few = MemberFactory(), MemberFactory()
    helps(few, [people[0]] * 5)
    helps(many, people[:2])

    pick = spotlight.pick(now=NOW)

    assert (pick.month, pick.member, pick.people, pick.is_new) == (FEBRUARY, many, 2, True)


def test_repeating_finds_the_first_choice(people):
    helps(MemberFactory(), people[:1])
    first = spotlight.pick(now=NOW)
    helps(MemberFactory(), people)

    again = spotlight.pick(now=NOW)

    assert (again.member, again.is_new) == (first.member, False)


def test_of_equal_ones_the_one_with_more_helps_and_then_the_earlier_member_is_picked(people):
    first, second, third = MemberFactory.create_batch(3)
    helps(second, people[:2])
    helps(first, people[:2])
    tied = spotlight.pick(date(2027, 2, 9), now=NOW, dry_run=True)
    helps(third, [*people[:2], people[0]])

    pick = spotlight.pick(date(2027, 2, 9), now=NOW, dry_run=True)

    assert (tied.member, pick.member) == (first, third)
    assert not Spotlight.objects.exists()


def test_nobody_is_picked_twice_within_twelve_months(people):
    helpers = MemberFactory.create_batch(3)
    months = [spotlight.months_before(FEBRUARY, back) for back in range(29, -1, -1)]
    for month in months:
        for number, helper in enumerate(helpers):
            helps(helper, people[: 3 - number], at=datetime(month.year, month.month, 9, tzinfo=UTC))
        spotlight.pick(month, now=NOW)

    turns = {
        helper: list(Spotlight.objects.filter(member=helper).values_list("month", flat=True)) for helper in helpers
    }

    assert {helper: len(found) for helper, found in turns.items()} == dict.fromkeys(helpers, 3)
    for found in turns.values():
        for later, earlier in pairwise(found):
            assert (later.year - earlier.year) * 12 + later.month - earlier.month >= 12


def test_only_active_members_of_the_directory_and_only_helps_that_stand_count(people):
    hidden, off, judge = MemberFactory(in_directory=False), MemberFactory(is_active=False), MemberFactory()
    helps(hidden, people)
    helps(off, people)
    for other in people:
        ActFactory(
            actor=judge, other=other, occurred_at=datetime(2027, 2, 9, tzinfo=UTC), recorded_at=NOW,
            verb=VerbFactory(slug="skill-endorsed", kind="interaction", points=0),
        )  # fmt: skip

    assert spotlight.pick(now=NOW).member is None


def test_a_month_that_is_not_over_gets_nobody(people):
    helps(MemberFactory(), people)

    assert spotlight.pick(FEBRUARY, now=datetime(2027, 2, 27, tzinfo=UTC)).member is None
    assert not Spotlight.objects.exists()


def test_the_job_on_the_first_picks_for_the_month_before(people, time_machine):
    helps(MemberFactory(), people)
    time_machine.move_to(NOW, tick=False)

    assert (pick_spotlight(), pick_spotlight()) == ({"picked": 1}, {"picked": 0})


def test_the_command_picks_for_a_month_and_refuses_what_is_none(people, capsys):
    member = MemberFactory(handle="ines")
    helps(member, people, at=datetime(2025, 5, 3, tzinfo=UTC))

    call_command("pick_spotlight", month="2025-05", json=True)

    assert json.loads(capsys.readouterr().out) == {"month": "2025-05", "member": "ines", "people": 4, "is_new": True}
    with pytest.raises(CommandError, match="not a month"):
        call_command("pick_spotlight", month="May")


def test_the_person_of_the_month_stands_on_the_start_page(people, client, time_machine):
    person = MemberFactory(name="Ines Ferreira")
    helps(person, people)
    time_machine.move_to(NOW, tick=False)
    spotlight.pick(now=NOW)

    before = client.get("/").content.decode()
    client.force_login(people[0])

    assert "Ines Ferreira" not in before
    assert "Helped 4 people in February 2027" in client.get("/dashboard/").content.decode()


def test_visitors_see_only_who_lets_everybody_see_the_page(people):
    person = MemberFactory()
    row = Spotlight.objects.create(month=FEBRUARY, member=person, people=4)
    before = current(AnonymousUser(), today=NOW.date())
    person.audiences = {"page": "public"}
    person.save(update_fields=["audiences"])

    assert (before, current(AnonymousUser(), today=NOW.date())) == (None, row)
    assert current(people[0], today=date(2027, 6, 1)) is None
