"""The charter as configuration: fields that the software carries out, changed by votes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from communities import jobs, tasks
from communities.models import Boundary, Charter, Membership, Motion, MotionVote
from communities.operations import motions
from communities.operations.membership import give_role, join, leave
from communities.queries.motions import tally_of, votes_needed
from cop.lib.errors import Refused
from members.models import Level, LevelAward, Notice
from tests.communities.test_membership import at_once
from tests.factories.communities import CharterFactory, CommunityFactory, MembershipFactory, MotionFactory
from tests.factories.members import MemberFactory, add_verbs

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def verbs(db):
    add_verbs({"community-joined": 0, "motion-voted": 0, "motion-proposed": 0})


@pytest.fixture
def circle():
    return CharterFactory(community__slug="circle", community__name="Circle", quorum_percent=50).community


def people(community, number, **fields):
    long_ago = timezone.now() - timedelta(days=100)
    rows = MembershipFactory.create_batch(number, community=community, joined_at=long_ago, **fields)
    return [row.member for row in rows]


def lead_of(community):
    return people(community, 1, role="lead")[0]


def closed(motion):
    motions.close_due(now=motion.closes_at)
    motion.refresh_from_db()
    return motion


def test_a_proposed_change_keeps_only_what_differs(circle):
    lead = lead_of(circle)

    motion = motions.propose_change(circle, {"quorum_percent": 30, "voting_days": 7}, reason="Too high", by=lead)

    assert motion.changes == {"quorum_percent": {"from": 50, "to": 30}}
    assert motion.title == "Change of the charter: quorum"
    assert motion.closes_at - motion.opened_at == 7 * DAY
    assert Charter.objects.get().quorum_percent == 50


@pytest.mark.parametrize("role", ["member", "left"])
def test_an_ordinary_member_and_a_stranger_propose_nothing(circle, role):
    who = MemberFactory() if role == "left" else people(circle, 1)[0]

    with pytest.raises(Refused, match="Leads, deputies and core members propose"):
        motions.propose_change(circle, {"quorum_percent": 30}, reason="Too high", by=who)


@pytest.mark.parametrize("role", ["core", "deputy", "lead"])
def test_core_members_deputies_and_leads_propose(circle, role):
    who = people(circle, 1, role=role)[0]

    assert motions.propose_change(circle, {"voting_days": 3}, reason="Quicker", by=who).by == who


def test_a_proposal_without_reason_or_difference_or_beside_an_open_one_is_refused(circle):
    lead = lead_of(circle)

    with pytest.raises(Refused, match="Write why"):
        motions.propose_change(circle, {"quorum_percent": 30}, reason=" ", by=lead)
    with pytest.raises(Refused, match="Nothing in this differs"):
        motions.propose_change(circle, {"quorum_percent": 50}, reason="Why", by=lead)
    motions.propose_change(circle, {"quorum_percent": 30}, reason="Why", by=lead)
    with pytest.raises(Refused, match="Another vote of this kind is open"):
        motions.propose_change(circle, {"voting_days": 3}, reason="Why", by=lead)


def test_an_accepted_change_is_carried_out_at_closing_and_not_before(circle):
    motion = MotionFactory(community=circle, changes={
        "quorum_percent": {"from": 50, "to": 30}, "door": {"from": "open", "to": "ask"},
        "criteria": {"from": [], "to": [{"kind": "module", "value": "ai", "at_least": 1, "text": ""}]},
    })  # fmt: skip
    for one in people(circle, 2):
        motions.vote(motion, yes=True, by=one)

    assert motions.close_due(now=motion.closes_at - DAY) == {"accepted": 0, "refused": 0, "no-quorum": 0, "failed": 0}
    assert Charter.objects.get().quorum_percent == 50
    assert motions.close_due(now=motion.closes_at) == {"accepted": 1, "refused": 0, "no-quorum": 0, "failed": 0}

    boundary = Boundary.objects.get()
    assert (Charter.objects.get().quorum_percent, boundary.door) == (30, "ask")
    assert list(boundary.criteria.values_list("kind", "value")) == [("module", "ai")]


def test_closing_again_changes_nothing(circle):
    motion = MotionFactory(community=circle)
    motions.vote(motion, yes=True, by=people(circle, 1)[0])
    closed(motion)
    Charter.objects.update(quorum_percent=77)

    assert motions.close(motion, now=motion.closes_at + DAY) is None
    assert Charter.objects.get().quorum_percent == 77


@pytest.mark.parametrize(
    ("yes", "no", "outcome"), [(2, 1, "accepted"), (1, 1, "refused"), (1, 2, "refused"), (1, 0, "no-quorum")]
)
def test_the_outcome_follows_quorum_and_majority(circle, yes, no, outcome):
    motion = MotionFactory(community=circle)  # two of four active members make the quorum
    members = people(circle, 4)
    for n, one in enumerate(members[: yes + no]):
        motions.vote(motion, yes=n < yes, by=one)

    closed(motion)

    assert (motion.state, motion.yes, motion.no, motion.needed) == (outcome, yes, no, 2)


@pytest.mark.parametrize(
    ("active", "percent", "needed"), [(0, 20, 1), (1, 1, 1), (5, 20, 1), (6, 20, 2), (10, 100, 10), (3, 50, 2)]
)
def test_the_quorum_is_the_smallest_number_that_reaches_the_share(active, percent, needed):
    assert votes_needed(active, percent) == needed
    exact = next((n for n in range(1, active + 1) if 100 * n >= percent * active), 1)
    assert needed == exact


def test_resting_members_are_not_waited_for_and_wake_by_voting(circle):
    motion = MotionFactory(community=circle)
    people(circle, 1)
    resting = people(circle, 3, status="dormant", dormant_since=timezone.now())
    assert tally_of(motion, 50).electorate == 1

    motions.vote(motion, yes=True, by=resting[0])

    assert tally_of(motion, 50).electorate == 2
    assert Membership.objects.get(member=resting[0]).status == "active"


def test_a_vote_can_be_changed_and_counts_once(circle):
    motion, one = MotionFactory(community=circle), people(circle, 1)[0]

    motions.vote(motion, yes=True, by=one)
    motions.vote(motion, yes=False, by=one, reason="On second thoughts")

    assert list(MotionVote.objects.values_list("yes", "reason")) == [(False, "On second thoughts")]


def test_who_came_after_the_opening_does_not_vote(circle, member):
    motion = MotionFactory(community=circle)
    join(circle, by=member)

    with pytest.raises(Refused, match="belonged to the community when the vote opened"):
        motions.vote(motion, yes=True, by=member)


def test_the_vote_of_who_left_before_the_end_is_not_counted(circle):
    motion = MotionFactory(community=circle)
    goes, stays = people(circle, 2)
    for one in (goes, stays):
        motions.vote(motion, yes=True, by=one)
    leave(circle, by=goes)

    assert (closed(motion).yes, motion.needed) == (1, 1)


def test_a_vote_after_the_end_is_refused_even_before_it_is_counted(circle):
    motion, one = MotionFactory(community=circle), people(circle, 1)[0]

    with pytest.raises(Refused, match="is over") as refusal:
        motions.vote(motion, yes=True, by=one, now=motion.closes_at)

    assert refusal.value.lost_race


def test_only_who_proposed_it_withdraws_an_open_motion(circle):
    motion = MotionFactory(community=circle)
    with pytest.raises(Refused, match="Only who proposed"):
        motions.withdraw(motion, by=lead_of(circle))

    motions.withdraw(motion, by=motion.by)

    motion.refresh_from_db()
    assert (motion.state, bool(motion.closed_at)) == ("withdrawn", True)


def test_a_confirmed_candidate_leads(circle):
    lead, candidate = lead_of(circle), people(circle, 1)[0]
    motion = motions.open_lead_confirmation(circle, candidate, lead, timezone.now(), reason="She knows it")
    for one in (lead, candidate):
        motions.vote(motion, yes=True, by=one)

    closed(motion)

    mine = Membership.objects.get(member=candidate)
    assert (motion.state, mine.role, mine.confirmed_at) == ("accepted", "lead", motion.closes_at)


def test_a_lead_who_is_refused_leads_no_longer_and_the_organizers_hear_of_it(circle):
    lead, other = lead_of(circle), people(circle, 1)[0]
    MemberFactory(name="Bart", is_staff=True)
    motion = motions.open_lead_confirmation(circle, lead, None, timezone.now())
    motions.vote(motion, yes=False, by=other)

    closed(motion)

    assert Membership.objects.get(member=lead).role == "core"
    assert Notice.objects.get(kind="community-without-lead", member__name="Bart").title == "Circle has no lead any more"


def test_a_vote_without_quorum_leaves_the_lead_as_it_was(circle):
    lead = lead_of(circle)
    motion = motions.open_lead_confirmation(circle, lead, None)

    closed(motion)

    assert (motion.state, Membership.objects.get(member=lead).role) == ("no-quorum", "lead")


def test_a_lead_must_hold_the_level_that_the_charter_asks_for(circle):
    Charter.objects.update(lead_level="builder")
    level = Level.objects.create(slug="builder", order=2, title="Builder")
    lead, candidate = lead_of(circle), people(circle, 1)[0]

    with pytest.raises(Refused, match="holds the level “builder”"):
        motions.open_lead_confirmation(circle, candidate, lead)
    with pytest.raises(Refused, match="holds the level “builder”"):
        give_role(Membership.objects.get(member=candidate), "lead", by=MemberFactory(is_staff=True))
    LevelAward.objects.create(member=candidate, level=level, reason="Work")

    assert motions.open_lead_confirmation(circle, candidate, lead).candidate == candidate


def test_opening_the_same_confirmation_twice_finds_the_first(circle):
    lead, candidate = lead_of(circle), people(circle, 1)[0]

    first = motions.open_lead_confirmation(circle, candidate, lead)

    assert motions.open_lead_confirmation(circle, candidate, lead) == first


def test_a_vote_opens_by_itself_when_the_term_of_a_lead_ends(circle):
    lead, now = lead_of(circle), timezone.now()
    Membership.objects.filter(member=lead).update(confirmed_at=now - timedelta(days=366))

    assert (motions.open_ended_terms(now=now - 2 * DAY), motions.open_ended_terms(now=now)) == (0, 1)
    assert motions.open_ended_terms(now=now) == 0  # the vote is open

    motion = closed(Motion.objects.get())
    assert motions.open_ended_terms(now=motion.closed_at + DAY) == 0  # too few voted: rests for 60 days
    assert motions.open_ended_terms(now=motion.closed_at + 61 * DAY) == 1


def test_the_members_are_told_once_that_a_vote_is_open(circle):
    motion = MotionFactory(community=circle, by=lead_of(circle))
    people(circle, 3)

    tasks.tell_of_motion(motion.pk)
    tasks.tell_of_motion(motion.pk)

    assert Notice.objects.filter(kind="motion", key=f"motion:{motion.pk}").count() == 3


def test_the_job_closes_what_is_due_and_tells_of_what_is_open(circle):
    people(circle, 2)
    due = MotionFactory(community=circle, closes_at=timezone.now() - timedelta(minutes=1))
    MotionFactory()

    assert jobs.close_motions() == {"accepted": 0, "refused": 0, "no-quorum": 1, "failed": 0, "terms": 0, "told": 0}
    due.refresh_from_db()
    assert due.state == "no-quorum"


@pytest.mark.django_db(transaction=True)
def test_votes_in_the_moment_of_closing_are_counted_or_refused_and_never_lost():
    community = CharterFactory(quorum_percent=1).community
    motion = MotionFactory(community=community)
    members = people(community, 24)
    end, barrier, refused = motion.closes_at, threading.Barrier(25), []

    def vote(one):
        try:
            barrier.wait()
            motions.vote(motion, yes=True, by=one, now=end - timedelta(seconds=1))
        except Refused:
            refused.append(one)
        finally:
            connection.close()

    def close(_):
        try:
            barrier.wait()
            motions.close(motion, now=end)
        finally:
            connection.close()

    with ThreadPoolExecutor(25) as pool:
        jobs_now = [pool.submit(vote, one) for one in members] + [pool.submit(close, None)]
        [job.result() for job in jobs_now]

    motion.refresh_from_db()
    assert motion.yes + len(refused) == 24
    assert MotionVote.objects.count() == motion.yes


@pytest.mark.django_db(transaction=True)
def test_of_24_proposals_at_once_one_is_opened():
    community = CommunityFactory()
    leads = [lead_of(community) for _ in range(24)]
    refusals = []

    def propose(lead):
        try:
            motions.propose_change(community, {"voting_days": 3}, reason="Quicker", by=lead)
        except Refused as refusal:
            refusals.append(refusal.message)

    at_once(propose, leads)

    assert (Motion.objects.count(), len(refusals)) == (1, 23)
