import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cop.lib.errors import Refused
from labs.models import Lab, LabFeedback, LabRules, LabRun
from labs.operations.feedback import rate
from labs.operations.running import finish, start, tick
from labs.queries.feedback import comments, figures, median_of
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import PublishedModuleFactory, learning_verbs

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def redact(db):
    learning_verbs()
    return lab("redact", title="Find secrets", steps=["plant"])


def done(made, member):
    run = start(made, by=member)
    tick(run, "plant", by=member)
    return finish(run, by=member)


def finished_run_of(made, member, at=0):
    return LabRun(member=member, lab=made, started_at=NOON, finished_at=NOON + timedelta(minutes=at))


def finished(made, *, number, minutes=None, clarity=4, usefulness=5):
    """Runs of so many other members, one a minute, the newest last."""
    runs = [finished_run_of(made, MemberFactory(), at) for at in range(number)]
    for at, run in enumerate(LabRun.objects.bulk_create(runs)):
        rate(made, by=run.member, clarity=clarity, usefulness=usefulness, minutes=minutes(at) if minutes else None)


def said(**fields):
    return {"clarity": "4", "usefulness": "5", "minutes": "35", "comment": "Say where to save."} | fields


def test_a_rating_without_a_run_is_refused(redact, member):
    with pytest.raises(Refused, match="Finish the lab first"):
        rate(redact, by=member, clarity=4, usefulness=5)

    assert not LabFeedback.objects.exists()


def test_a_rating_of_a_run_that_is_not_finished_is_refused(redact, member):
    start(redact, by=member)

    with pytest.raises(Refused, match="Finish the lab first"):
        rate(redact, by=member, clarity=4, usefulness=5)


def test_the_finished_run_of_somebody_else_gives_no_right_to_rate(redact, member):
    done(redact, MemberFactory())

    with pytest.raises(Refused, match="Finish the lab first"):
        rate(redact, by=member, clarity=4, usefulness=5)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"clarity": 0}, "Choose from 1 to 5"),
        ({"usefulness": 6}, "Choose from 1 to 5"),
        ({"minutes": 0}, "Give the minutes as a number"),
        ({"minutes": 6001}, "Give the minutes as a number"),
    ],
)
def test_numbers_outside_their_range_are_refused(redact, member, fields, words):
    done(redact, member)

    with pytest.raises(Refused, match=words):
        rate(redact, by=member, **{"clarity": 4, "usefulness": 5} | fields)

    assert not LabFeedback.objects.exists()


def test_a_rating_is_kept_with_the_minutes_and_can_be_changed(redact, member):
    run = done(redact, member)
    rate(redact, by=member, clarity=2, usefulness=3, minutes=50, comment=" Too long. ")

    rate(redact, by=member, clarity=4, usefulness=5, minutes=35)

    kept = LabFeedback.objects.get()
    run.refresh_from_db()
    assert (kept.clarity, kept.usefulness, kept.comment, run.minutes) == (4, 5, "", 35)


@pytest.mark.parametrize(
    ("minutes", "median"), [([], None), ([40], 40), ([30, 40], 35), ([30, 41], 36), ([20, 90, 30], 30)]
)
def test_the_median_is_the_middle_one_rounded_half_up(minutes, median):
    assert median_of(minutes) == median


def test_the_shown_time_is_the_median_of_the_last_30_runs_with_minutes(redact):
    finished(redact, number=3, minutes=lambda at: 600)
    later = [timezone.now() + timedelta(minutes=at) for at in range(32)]
    runs = [LabRun(member=MemberFactory(), lab=redact, started_at=NOON, finished_at=at) for at in later]
    for at, run in enumerate(LabRun.objects.bulk_create(runs)):
        rate(redact, by=run.member, clarity=4, usefulness=4, minutes=None if at in (5, 6) else 20 + at)

    redact.refresh_from_db()
    # 20 to 51 without 25 and 26 are 30 runs; the two middle ones are 36 and 37
    assert (redact.median_of, redact.median_minutes) == (30, 37)


def test_the_number_of_runs_behind_the_median_is_a_rule(redact):
    LabRules.objects.create(pk=1, median_runs=2)

    finished(redact, number=4, minutes=lambda at: 10 * (at + 1))

    redact.refresh_from_db()
    assert (redact.median_of, redact.median_minutes) == (2, 35)


@pytest.mark.parametrize(("number", "is_shown"), [(4, False), (5, True)])
def test_the_median_is_shown_from_five_runs_on(redact, client, number, is_shown):
    finished(redact, number=number, minutes=lambda at: 37)

    page, row = client.get("/labs/redact/").content.decode(), client.get("/labs/").content.decode()

    assert (f"About 37 minutes (median of {number} runs; the author planned 40)" in page) is is_shown
    assert ("40 minutes for the required steps, as its author planned" in page) is not is_shown
    assert ("37 minutes · " in row) is is_shown


def test_the_rule_of_the_median_stands_beside_it(redact, client):
    finished(redact, number=5, minutes=lambda at: 37)

    page = client.get("/labs/redact/").content.decode()

    assert "The middle one of the last runs, 30 at most, whose members said how long it really took." in page


@pytest.mark.parametrize(("number", "is_shown"), [(4, False), (5, True)])
def test_averages_and_who_finished_are_shown_from_five_members_on(redact, client, number, is_shown):
    finished(redact, number=number)

    page = client.get("/labs/redact/").content.decode()

    words = f"{number} members finished it; clear 4.0 and useful 5.0 of 5 (averages of {number} members)"
    assert (words in page) is is_shown


def test_figures_count_finished_runs_and_average_ratings(redact, member, django_assert_num_queries):
    finished(redact, number=2, clarity=2, usefulness=3)
    finished(redact, number=1, clarity=5, usefulness=3)
    start(redact, by=member)

    with django_assert_num_queries(1):
        found = figures(redact)

    assert (found.finished, found.ratings.number, found.ratings.clarity, found.ratings.usefulness) == (3, 3, 3, 3)
    assert not found.ratings.may_be_shown


def test_comments_reach_those_who_keep_the_lab_without_a_name(redact, member, client):
    done(redact, member)
    rate(redact, by=member, clarity=4, usefulness=5, comment="Say where to save the file.")
    steward = MemberFactory()
    redact.module.stewards.add(steward)
    client.force_login(steward)

    page = client.get("/labs/redact/reports/").content.decode()

    assert [one.comment for one in comments(redact)] == ["Say where to save the file."]
    assert "Say where to save the file." in page
    assert member.name not in page
    assert "Averages are shown from five ratings on" in page


def test_a_finished_run_asks_how_it_was_and_keeps_the_answer(redact, member, member_client):
    done(redact, member)
    asked = member_client.get("/labs/redact/run/").content.decode()

    answer = member_client.post("/labs/redact/feedback/", said(), follow=True).content.decode()

    assert "How clear was it?" in asked
    assert "Thank you." in answer
    assert "You said: clear 4 of 5, useful 5 of 5, 35 minutes." in answer
    assert "How clear was it?" not in answer


def test_the_feedback_can_be_changed_on_its_own_page(redact, member, member_client):
    done(redact, member)
    member_client.post("/labs/redact/feedback/", said())

    page = member_client.get("/labs/redact/feedback/").content.decode()
    member_client.post("/labs/redact/feedback/", said(clarity="1", minutes=""))

    assert 'value="35"' in page
    assert "Say where to save.</textarea>" in page
    assert LabFeedback.objects.get().clarity == 1
    assert LabRun.objects.get().minutes is None


def test_feedback_without_a_choice_keeps_what_was_typed(redact, member, member_client):
    done(redact, member)

    answer = member_client.post("/labs/redact/feedback/", {"comment": "Half of it", "minutes": "9999"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Choose how clear it was, from 1 to 5." in page
    assert "Half of it</textarea>" in page
    assert not LabFeedback.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_feedback_on_a_lab_that_is_not_finished_leads_back_with_words(redact, member_client, method):
    answer = getattr(member_client, method)("/labs/redact/feedback/", said(), follow=True)

    assert answer.redirect_chain == [("/labs/redact/", 302)]
    assert "Finish the lab first. Then you can say how it was." in answer.content.decode()
    assert not LabFeedback.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_feedback_at_the_same_moment_counts_every_run():
    learning_verbs()
    made = lab("redact", module=PublishedModuleFactory(), steps=["plant"])
    members = [MemberFactory() for _ in range(24)]
    LabRun.objects.bulk_create(finished_run_of(made, member) for member in members)
    barrier = threading.Barrier(24)

    def press(member, minutes):
        try:
            barrier.wait()
            rate(made, by=member, clarity=4, usefulness=5, minutes=minutes)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(member, at + 1)) for at, member in enumerate(members)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kept = Lab.objects.get()
    assert (kept.median_of, kept.median_minutes, kept.usefulness) == (24, 13, 5)
