"""Many at once; the races also run with the guards taken away, to show that they would notice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from cop.lib.errors import Refused
from labs.models import HandIn, Review, ReviewClaim, Submission
from labs.operations import reviewing, submissions
from labs.queries import reviews
from members.models import Activity, Notice
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.reviews import finished_run, mentor, review_verbs, reviewed, waiting

THREADS = 24
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def verbs():
    review_verbs()


def at_once(acts):
    """What became of each: what it returned, or the refusal."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=10)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(outcomes):
    return [one for one in outcomes if isinstance(one, Refused)]


def test_24_mentors_who_take_the_same_work_at_once_are_one_with_a_claim_and_23_who_lost(member):
    work, crowd = waiting(lab(), member), [mentor() for _ in range(THREADS)]

    outcomes = at_once([lambda by=by: reviewing.claim(work, by=by) for by in crowd])

    (held,) = [one for one in outcomes if isinstance(one, ReviewClaim)]
    assert ReviewClaim.objects.get().by_id == held.by_id
    assert [one.lost_race for one in refusals(outcomes)] == [True] * 23


@pytest.mark.thorough
def test_control_without_the_lock_several_believe_that_the_work_is_theirs(member, monkeypatch):
    held = reviewing.claim_of_others
    meeting = threading.Barrier(THREADS)

    def looks_and_waits(*about):
        found = held(*about)
        meeting.wait(timeout=10)  # all have looked before anybody writes
        return found

    unlocked = Submission.objects.select_related("lab__module")
    monkeypatch.setattr(reviewing, "hold", lambda work: unlocked.get(pk=work.pk))
    monkeypatch.setattr(reviewing, "claim_of_others", looks_and_waits)
    work, crowd = waiting(lab(), member), [mentor() for _ in range(THREADS)]

    outcomes = at_once([lambda by=by: reviewing.claim(work, by=by) for by in crowd])

    assert len([one for one in outcomes if isinstance(one, ReviewClaim)]) > 1


def test_one_mentor_in_24_windows_gets_one_piece_of_work(member):
    by = mentor()
    works = [waiting(lab(f"lab-{number}"), member) for number in range(THREADS)]

    outcomes = at_once([lambda work=work: reviewing.claim(work, by=by) for work in works])

    assert (ReviewClaim.objects.count(), len(refusals(outcomes))) == (1, 23)


def test_24_reviews_at_once_decide_the_round_once(member):
    work, crowd = waiting(lab(), member), [mentor() for _ in range(THREADS)]

    outcomes = at_once([lambda by=by: reviewed(work, by) for by in crowd])

    assert Review.objects.count() == 1
    assert [one.lost_race for one in refusals(outcomes)] == [True] * 23
    assert Activity.objects.filter(verb="work-accepted").count() == 1
    assert Activity.objects.filter(verb="review-given").count() == 1


def test_24_times_the_same_hand_in_is_one_round_and_one_message(member):
    made, steward = lab(), MemberFactory()
    made.module.stewards.add(steward)
    finished_run(made, member)
    words = {"text": "Missed 0.", "reflection": "It is hard."}

    outcomes = at_once([lambda: submissions.hand_in(made, by=member, **words) for _ in range(THREADS)])

    assert len({one.pk for one in outcomes}) == 1
    assert (HandIn.objects.count(), Notice.objects.get(member=steward).times) == (1, 1)


def test_taking_back_and_accepting_at_once_leave_one_truth(member):
    for number in range(4):
        by, work = mentor(), waiting(lab(f"lab-{number}"), member)

        back, review = at_once([lambda w=work: submissions.withdraw(w, by=member), lambda w=work, b=by: reviewed(w, b)])

        work.refresh_from_db()
        assert isinstance(back, Refused) != isinstance(review, Refused)
        assert work.status == ("accepted" if isinstance(back, Refused) else "withdrawn")


def test_one_review_in_hand_is_used_once_for_24_pieces_of_work(member):
    other = lab("other")
    other.module.stewards.add(member)
    reviewed(waiting(other, MemberFactory()), member)
    works = [waiting(lab(f"lab-{number}"), member) for number in range(THREADS)]

    outcomes = at_once([lambda work=work: submissions.ask_peers(work, by=member) for work in works])

    assert len(refusals(outcomes)) == 23
    assert (Submission.objects.exclude(offered_at=None).count(), reviews.reviews_in_hand(member)) == (1, 0)
