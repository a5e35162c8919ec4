import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from communities.models import DutyTurn, FirstPost
from communities.operations import newcomers
from communities.queries.newcomers import free_days, on_duty, promise_of, spans
from cop.lib.errors import Refused
from members.models import Activity, Notice
from tests.factories.communities import CharterFactory, CommunityFactory, MembershipFactory
from tests.factories.founding import DutyTurnFactory, FirstPostFactory
from tests.factories.members import MemberFactory, add_verbs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def acts_count(db):
    add_verbs(dict.fromkeys(("newcomer-wrote", "newcomer-answered"), 2))


@pytest.fixture
def sre():
    community = CommunityFactory(slug="sre", name="SRE")
    CharterFactory(community=community, newcomer_hours=24)
    return community


def inside(community, **fields):
    return MembershipFactory(community=community, joined_at=NOW - 5 * DAY, **fields).member


def duty_of(community, member, first=TODAY, last=TODAY):
    return DutyTurnFactory(community=community, member=member, first_day=first, last_day=last)


def told(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", "title"))


def written(community, **fields):
    with time_machine.travel(NOW, tick=False):
        return newcomers.write(community, text="Where do I begin?", by=inside(community, **fields), now=NOW)


def test_a_first_post_has_a_promised_end_and_whoever_is_on_duty_hears_of_it_at_once(sre):
    guard, lead = inside(sre), inside(sre, role="lead")
    duty_of(sre, guard)

    post = written(sre)

    assert (post.at, post.due_at) == (NOW, NOW + 24 * HOUR)
    assert told(guard) == [("newcomer-waits", "A newcomer wrote in SRE")]
    assert told(lead) == []


@pytest.mark.parametrize("away", ["nobody", "paused", "left", "tomorrow"])
def test_where_nobody_is_on_duty_those_who_lead_hear_of_it(sre, away):
    lead = inside(sre, role="lead")
    if away != "nobody":
        day = TODAY + DAY if away == "tomorrow" else TODAY
        duty_of(sre, inside(sre, member__paused_until=TODAY if away == "paused" else None), day, day)
    if away == "left":
        sre.memberships.exclude(role="lead").update(status="left", left_at=NOW)

    written(sre)

    assert told(lead) == [("newcomer-waits", "A newcomer wrote in SRE")]


def test_without_a_promise_a_post_has_no_end():
    assert written(CommunityFactory()).due_at is None


def test_a_second_first_post_an_empty_one_an_outsider_and_an_old_member_are_refused(sre):
    author = written(sre).member
    old = MembershipFactory(community=sre, joined_at=NOW - 30 * DAY).member

    with pytest.raises(Refused, match="already"):
        newcomers.write(sre, text="Again", by=author, now=NOW)
    with pytest.raises(Refused, match="one sentence is enough"):
        newcomers.write(sre, text="  ", by=inside(sre), now=NOW)
    for stranger in (MemberFactory(), old, inside(sre, role="lead")):
        with pytest.raises(Refused, match="in their first 30 days"):
            newcomers.write(sre, text="Hello", by=stranger, now=NOW)
    assert FirstPost.objects.count() == 1


def test_any_member_answers_and_the_ledger_knows_who_was_helped(sre):
    post, helper = written(sre), inside(sre)

    newcomers.answer(post, text="With the runbook.", by=helper, now=NOW + HOUR)

    post.refresh_from_db()
    assert (post.answer, post.answered_by, post.answered_at) == ("With the runbook.", helper, NOW + HOUR)
    row = Activity.objects.get(verb="newcomer-answered")
    assert (row.actor, row.other, row.community) == (helper, post.member, "sre")
    assert told(post.member) == [("first-answer", "You have an answer in SRE")]


def test_the_author_an_outsider_and_an_empty_answer_are_refused(sre):
    post = written(sre)

    with pytest.raises(Refused, match="Somebody else"):
        newcomers.answer(post, text="Me", by=post.member)
    with pytest.raises(Refused, match="The members of"):
        newcomers.answer(post, text="Me", by=MemberFactory())
    with pytest.raises(Refused, match="Write an answer"):
        newcomers.answer(post, text=" ", by=inside(sre))


def test_half_of_the_time_reminds_the_duty_and_the_end_tells_those_who_lead_once_each(sre):
    guard, lead = inside(sre), inside(sre, role="lead")
    duty_of(sre, guard, TODAY, TODAY + 5 * DAY)
    written(sre)
    nothing = {"reminded": 0, "escalated": 0}

    assert newcomers.escalate(now=NOW + 12 * HOUR - timedelta(seconds=1)) == nothing
    assert newcomers.escalate(now=NOW + 12 * HOUR) == {"reminded": 1, "escalated": 0}
    assert newcomers.escalate(now=NOW + 13 * HOUR) == nothing
    assert newcomers.escalate(now=NOW + 24 * HOUR) == {"reminded": 0, "escalated": 1}
    assert newcomers.escalate(now=NOW + 30 * HOUR) == nothing
    assert [title for _, title in told(guard)] == ["A newcomer wrote in SRE", "A newcomer still waits in SRE"]
    assert [title for _, title in told(lead)] == ["A newcomer waits too long in SRE"]


def test_an_answered_post_and_one_of_somebody_who_left_escalate_nothing(sre):
    newcomers.answer(written(sre), text="With the runbook.", by=inside(sre), now=NOW)
    gone = written(sre).member
    sre.memberships.filter(member=gone).update(status="left", left_at=NOW)
    written(sre, member__is_active=True).member.__class__.objects.filter(
        pk=FirstPost.objects.latest("pk").member_id
    ).update(is_active=False)

    assert newcomers.escalate(now=NOW + 48 * HOUR) == {"reminded": 0, "escalated": 0}


def test_the_promise_counts_what_was_due_in_90_days_and_the_median_answer(sre):
    helper = inside(sre)
    for hours in (1, 2, 3, 30):
        FirstPostFactory(
            community=sre, at=NOW - 50 * DAY, due_at=NOW - 49 * DAY, answer="Yes", answered_by=helper,
            answered_at=NOW - 50 * DAY + hours * HOUR,
        )  # fmt: skip
    FirstPostFactory(community=sre, at=NOW - 3 * DAY, due_at=NOW - 2 * DAY)
    FirstPostFactory(community=sre, at=NOW - HOUR, due_at=NOW + 23 * HOUR)
    FirstPostFactory(community=sre, at=NOW - 91 * DAY, due_at=NOW - 90 * DAY)

    promise = promise_of(sre, days=90, now=NOW)

    assert (promise.hours, promise.kept, promise.due, promise.is_counted) == (24, 3, 5, True)
    assert promise.median_minutes == 150


def test_fewer_than_five_posts_are_too_few_to_count(sre):
    FirstPostFactory.create_batch(4, community=sre, at=NOW - 3 * DAY, due_at=NOW - 2 * DAY)

    assert not promise_of(sre, days=90, now=NOW).is_counted


def test_a_member_takes_a_turn_and_is_on_duty_on_both_of_its_ends(sre):
    member = inside(sre)

    newcomers.take_turn(sre, member=member, first_day=TODAY, last_day=TODAY + DAY, by=member, today=TODAY)

    days = [TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert [on_duty(sre, day) for day in days] == [[], [member], [member], []]
    assert told(member) == []


def test_a_lead_plans_for_others_who_are_told_and_a_member_cannot(sre):
    lead, member = inside(sre, role="lead"), inside(sre)

    with pytest.raises(Refused, match="Those who lead plan"):
        newcomers.take_turn(sre, member=lead, first_day=TODAY, last_day=TODAY, by=member, today=TODAY)
    newcomers.take_turn(sre, member=member, first_day=TODAY, last_day=TODAY, by=lead, today=TODAY)

    assert told(member) == [("duty", "You are on duty in SRE from 20 November")]


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (-1, 1, "from today on"),
        (400, 401, "at most a year ahead"),
        (2, 1, "must not lie before"),
        (0, 31, "at most 31 days"),
        (5, 9, "cannot be asked until 25 November"),
        (12, 14, "already"),
    ],
)
def test_turns_that_cannot_be_are_refused(sre, first, last, refusal):
    member = inside(sre, member__paused_until=TODAY + 5 * DAY)
    duty_of(sre, member, TODAY + 10 * DAY, TODAY + 12 * DAY)

    with pytest.raises(Refused, match=refusal):
        newcomers.take_turn(
            sre, member=member, first_day=TODAY + first * DAY, last_day=TODAY + last * DAY, by=member, today=TODAY
        )  # fmt: skip
    assert DutyTurn.objects.count() == 1


def test_a_turn_is_given_back_and_those_who_lead_hear_of_it(sre):
    lead, member = inside(sre, role="lead"), inside(sre)
    turn = duty_of(sre, member)

    with pytest.raises(Refused, match="Those who lead change"):
        newcomers.leave_turn(turn, by=inside(sre))
    newcomers.leave_turn(turn, by=member)

    assert not DutyTurn.objects.exists()
    assert told(lead) == [("duty", "A duty in SRE is free from 20 November")]


def test_a_turn_that_begins_tomorrow_is_told_but_not_to_who_paused(sre):
    member, paused = inside(sre), inside(sre, member__paused_until=TODAY + 9 * DAY)
    for one in (member, paused):
        duty_of(sre, one, TODAY + DAY, TODAY + 2 * DAY)

    assert newcomers.tell_of_turns(today=TODAY) == {"told": 1}
    assert told(member) == [("duty", "Your duty in SRE begins tomorrow")]
    assert told(paused) == []


def test_free_days_are_those_in_no_turn():
    turns = [DutyTurn(first_day=TODAY, last_day=TODAY), DutyTurn(first_day=TODAY + 2 * DAY, last_day=TODAY + 3 * DAY)]

    assert free_days(turns, TODAY, TODAY + 4 * DAY) == [TODAY + DAY, TODAY + 4 * DAY]


def test_neighbouring_days_are_told_as_spans():
    days = [TODAY, TODAY + DAY, TODAY + 3 * DAY]

    assert spans(days) == [(TODAY, TODAY + DAY), (TODAY + 3 * DAY, TODAY + 3 * DAY)]


@pytest.mark.django_db(transaction=True)
def test_of_24_who_answer_at_once_the_first_wins(sre):
    post = written(sre)
    crowd = [inside(sre) for _ in range(24)]
    barrier = threading.Barrier(24)

    def run(number):
        try:
            barrier.wait()
            newcomers.answer(post, text=f"Answer {number}", by=crowd[number])
        except Refused as refusal:
            return refusal.lost_race
        finally:
            connection.close()
        return number

    with ThreadPoolExecutor(24) as pool:
        outcomes = list(pool.map(run, range(24)))

    won = [number for number in outcomes if number is not True]
    post.refresh_from_db()
    assert (len(won), post.answer) == (1, f"Answer {won[0]}")
    assert Activity.objects.filter(verb="newcomer-answered").count() == 1
