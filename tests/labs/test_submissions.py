from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from cop.lib.errors import Refused
from labs import links
from labs.models import HandIn, LabRun, Submission, TeamMate
from labs.operations import offering, reviewing, submissions
from labs.queries import reviews
from members.models import Notice
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.reviews import finished_run, handed_in, mentor, review_verbs, reviewed

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def verbs():
    review_verbs()


def test_work_is_handed_in_once_and_sending_it_again_finds_it(member):
    made = lab()

    first = handed_in(made, member, text="Missed **0**.")
    again = handed_in(made, member, text="Missed **0**.")

    assert (again.pk, Submission.objects.count(), HandIn.objects.count()) == (first.pk, 1, 1)
    assert (first.status, first.round) == ("waiting", 1)
    assert HandIn.objects.get().html == "<p>Missed <strong>0</strong>.</p>\n"


@pytest.mark.parametrize("run", [None, "open"])
def test_only_a_finished_lab_can_be_handed_in(member, run):
    made = lab()
    if run:
        LabRun.objects.create(lab=made, member=member)

    with pytest.raises(Refused, match="Finish the lab first"):
        submissions.hand_in(made, by=member, text="Done", reflection="Yes.")

    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"link": "http://code.example.org/1"}, "must start with https"),
        ({"link": "javascript:alert(1)"}, "must start with https"),
        ({"link": "https://me:secret@code.example.org/1"}, "without a name or password"),
        ({"link": "https://code.example.org/a b"}, "a space in it"),
        ({"link": "https://localhost/1"}, "your own network"),
        ({"link": "https://192.168.1.4/1"}, "your own network"),
        ({"link": "https://code.example.org/" + "a" * 10_000}, "10,025 characters and 500 fit"),
        ({"link": ""}, "Give a link to your work"),
        ({"reflection": "  "}, "Write what you found out"),
        ({"reflection": "a" * 10_000}, "10,000 characters and 4,000 fit"),
        ({"text": "a" * 20_001}, "20,001 characters and 20,000 fit"),
    ],
)
def test_bad_words_are_refused_with_what_to_do(member, words, said):
    with pytest.raises(Refused, match=said):
        handed_in(lab(), member, **words)

    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://code.example.org/you/work?x=1#y", True), ("HTTPS://code.example.org/", True),
        ("https://8.8.8.8/page", True), ("https://[::1]/page", False), ("https://wiki.internal/page", False),
        ("https://build/1", False), ("https://", False), ("https://[/", False), ("https://a@b.example.org", False),
        ("data:text/html,x", False),
    ],
)  # fmt: skip
def test_only_plain_public_https_addresses_are_links(address, fine):
    assert (links.why_not(address) == "") is fine


def test_after_changes_are_asked_a_new_round_waits_from_now(member):
    made, by = lab(), mentor()
    with time_machine.travel(NOW, tick=False):
        work = handed_in(made, member)
        reviewed(work, by, decision="changes-asked", score=1)
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        again = handed_in(made, member, text="Better", link="")

    assert (again.pk, again.round, again.status, again.waiting_since) == (work.pk, 2, "waiting", NOW + 2 * DAY)
    assert (again.offered_at, again.decided_at) == (None, None)
    assert list(again.rounds.values_list("round", "text")) == [(1, ""), (2, "Better")]


def test_work_that_waits_or_is_accepted_is_not_handed_in_again(member):
    made = lab()
    work = handed_in(made, member)
    with pytest.raises(Refused, match="waits for a review already"):
        handed_in(made, member, text="Another text")

    reviewed(work, mentor())

    with pytest.raises(Refused, match="accepted already"):
        handed_in(made, member, text="Another text")


def test_work_is_taken_back_and_handed_in_anew_and_who_looks_at_it_hears_of_it(member):
    by, work = mentor(), handed_in(lab(), member)
    reviewing.claim(work, by=by)

    submissions.withdraw(work, by=member)
    submissions.withdraw(work, by=member)

    work.refresh_from_db()
    assert (work.status, hasattr(work, "claim")) == ("withdrawn", False)
    assert Notice.objects.get(member=by, key=f"back:{work.pk}").title == "The work for “Try redact” was taken back"
    assert handed_in(work.lab, member).round == 2


def test_nobody_takes_back_anothers_work_nor_what_is_accepted(member):
    work = handed_in(lab(), member)
    with pytest.raises(Refused, match="Only who handed this in"):
        submissions.withdraw(work, by=MemberFactory())

    reviewed(work, mentor())

    with pytest.raises(Refused, match="accepted already"):
        submissions.withdraw(work, by=member)


def test_team_mates_are_told_and_may_take_themselves_out(member):
    mate, other = MemberFactory(name="Ines Ferreira"), MemberFactory()

    work = handed_in(lab(), member, team=[mate, other])
    submissions.leave_team(work, by=mate)

    assert Notice.objects.get(member=mate).kind == "team-mate"
    assert list(TeamMate.objects.values_list("member", flat=True)) == [other.pk]
    assert Notice.objects.get(member=member).title == "Ines Ferreira is no longer in your team"
    with pytest.raises(Refused, match="not named in this team"):
        submissions.leave_team(work, by=mate)


def test_a_new_round_has_the_team_that_it_names(member):
    made, one, two = lab(), MemberFactory(), MemberFactory()
    reviewed(handed_in(made, member, team=[one]), mentor(), decision="changes-asked")

    work = handed_in(made, member, team=[two])

    assert reviews.team(work) == [two]


def test_a_team_of_oneself_of_nine_or_of_who_left_is_refused(member):
    made = lab()
    for team, said in [
        ([member], "Name the others only"), (MemberFactory.create_batch(9), "8 team mates at the most"),
        ([MemberFactory(is_active=False)], "no longer here"),
    ]:  # fmt: skip
        with pytest.raises(Refused, match=said):
            handed_in(made, member, team=team)


def test_new_work_is_told_to_stewards_and_to_who_reviewed_it_before_and_to_nobody_on_a_break(member):
    made, steward, by = lab(), MemberFactory(), mentor()
    rests = MemberFactory(paused_until=timezone.localdate() + DAY)
    made.module.stewards.add(steward, rests)
    work = handed_in(made, member)
    assert told(work) == {steward.pk}
    reviewed(work, by, decision="changes-asked")

    again = handed_in(made, member)

    assert told(again) == {steward.pk, by.pk}


def test_without_a_steward_a_few_mentors_are_told_those_first_who_reviewed_least_lately(member):
    made = lab()
    mentors = [mentor() for _ in range(4)]
    reviewed(handed_in(made, MemberFactory()), mentors[0])
    Notice.objects.all().delete()

    work = handed_in(lab("other", module=made.module), member)

    assert told(work) == {one.pk for one in mentors[1:]}


def told(work):
    asked = Notice.objects.filter(kind="review-waits", key=f"submission:{work.pk}:{work.round}")
    return set(asked.values_list("member", flat=True))


@pytest.fixture
def waiting_work(member):
    """Work that waits for five days and a minute, on a lab that others have passed."""
    made, first = lab(), mentor()
    peers = MemberFactory.create_batch(2)
    with time_machine.travel(NOW - 20 * DAY, tick=False):
        for one in peers:
            reviewed(handed_in(made, one), first)
    with time_machine.travel(NOW - 5 * DAY - timedelta(minutes=1), tick=False):
        work = handed_in(made, member)
    return work, first, peers


def test_work_that_waits_five_days_is_offered_once_to_another_mentor_and_to_peers(waiting_work):
    work, first, peers = waiting_work
    other = mentor()
    with time_machine.travel(NOW - timedelta(minutes=2), tick=False):
        assert offering.offer_due() == {"offered": 0, "told": 0}

    with time_machine.travel(NOW, tick=False):
        counts = [offering.offer_due(), offering.offer_due()]

    work.refresh_from_db()
    assert counts == [{"offered": 1, "told": 3}, {"offered": 0, "told": 0}]
    assert (work.offered_at, told(work)) == (NOW, {first.pk, other.pk, *(one.pk for one in peers)})
    assert Notice.objects.get(member=other).text == "It waits for 5 days, longer than was promised."


def test_offers_leave_out_the_team_and_who_takes_a_break(waiting_work):
    work, first, (one, two) = waiting_work
    TeamMate.objects.create(submission=work, member=one)
    two.paused_until = (NOW + DAY).date()
    two.save(update_fields=["paused_until"])

    with time_machine.travel(NOW, tick=False):
        offering.offer_due()

    assert told(work) == {first.pk}


def test_a_review_given_earns_the_right_to_have_peers_asked_at_once(member):
    made, other = lab(), lab("other")
    peer = MemberFactory()
    reviewed(handed_in(made, peer), mentor())
    work = handed_in(made, member)
    with pytest.raises(Refused, match="no review in hand"):
        submissions.ask_peers(work, by=member)
    other.module.stewards.add(member)
    reviewed(handed_in(other, MemberFactory()), member)
    assert reviews.reviews_in_hand(member) == 1

    asked = submissions.ask_peers(work, by=member)

    assert (asked.offered_at is not None, reviews.reviews_in_hand(member)) == (True, 0)
    assert peer.pk in told(work)
    reviewed(work, peer, decision="changes-asked")
    with pytest.raises(Refused, match="no review in hand"):
        submissions.ask_peers(handed_in(made, member), by=member)


def test_the_published_wait_is_the_median_of_the_last_twenty_from_five_on():
    made, by = lab(), mentor()
    found = []
    for hours in [1, 30, 100, 5, 50]:
        found.append(reviews.usual_wait())
        with time_machine.travel(NOW, tick=False):
            work = handed_in(made, MemberFactory())
        with time_machine.travel(NOW + timedelta(hours=hours), tick=False):
            reviewed(work, by)

    assert found == [None] * 5
    assert reviews.usual_wait() == timedelta(hours=30)
    assert [reviews.wait_in_words(timedelta(hours=hours)) for hours in (0.2, 20, 30)] == [
        "in 1 hour", "in 20 hours", "in 2 days",
    ]  # fmt: skip


@pytest.mark.parametrize("state", ["not-finished", "open", "waiting", "changes-asked", "accepted"])
def test_where_a_member_stands_with_a_lab_costs_two_queries(member, state, django_assert_max_num_queries):
    made, by = lab(), mentor()
    for _ in range(2):
        handed_in(made, MemberFactory())
    if state == "open":
        finished_run(made, member)
    elif state != "not-finished":
        work = handed_in(made, member)
        if state != "waiting":
            reviewed(work, by, decision=state)
    made.refresh_from_db()
    reviews.lab_rules()

    with django_assert_max_num_queries(2):
        found = reviews.hand_in_of(made, member)
        assert (found.state, found.before) == (state, 2 if state == "waiting" else found.before)
        assert bool(found.marks) is (state in {"changes-asked", "accepted"})


def test_solutions_of_others_are_counted_for_who_passed(member):
    made, by = lab(), mentor()
    reviewed(handed_in(made, member), by)
    reviewed(handed_in(made, MemberFactory(), is_shown=True), by)
    reviewed(handed_in(made, MemberFactory()), by)

    assert reviews.hand_in_of(made, member).solutions == 1
    assert [one.lab for one in reviews.accepted_of(member)] == [made]
