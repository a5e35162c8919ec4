from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from cop.lib.errors import Refused
from labs.models import Review, ReviewClaim, TeamMate
from labs.operations import reviewing, submissions
from labs.queries import review_queue, reviews
from labs.queries.reviewing import may_review, reviewable
from members.models import Activity, LevelAward, LevelRule, Notice, Verb
from members.operations import ledger
from members.queries.portfolio import portfolio
from tests.factories.labs import lab
from tests.factories.members import LevelFactory, MemberFactory
from tests.factories.reviews import handed_in, mentor, review_verbs, reviewed, waiting
from tests.factories.skills import MemberSkillFactory, SkillFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RUBRIC = [{"name": "It ran", "text": "There is an output."}, {"name": "It is safe", "text": "Nothing left."}]


@pytest.fixture(autouse=True)
def verbs():
    review_verbs()


@pytest.fixture
def work(member):
    return waiting(lab(rubric=RUBRIC), member)


def give(work, by, **fields):
    usual = {"of_round": 1, "scores": {"It ran": 2, "It is safe": 1}, "comment": "Good.", "decision": "accepted"}
    return reviewing.review(work, by=by, **usual | fields)


def test_mentors_and_stewards_of_the_module_may_review_and_others_not(work):
    steward, elsewhere, retired = MemberFactory(), MemberFactory(), mentor()
    work.lab.module.stewards.add(steward)
    lab("other").module.stewards.add(elsewhere)
    LevelAward.objects.filter(member=retired).update(revoked_at=NOW)

    may = [may_review(work, one) for one in (mentor(), steward, elsewhere, retired, MemberFactory(is_staff=True))]

    assert may == [True, True, False, False, False]


def test_nobody_reviews_own_work_however_high_their_level(work):
    LevelAward.objects.create(member=work.member, level=LevelFactory(slug="mentor", order=3), reason="Five helps")
    work.lab.module.stewards.add(work.member)

    for act in (lambda: give(work, work.member), lambda: reviewing.claim(work, by=work.member)):
        with pytest.raises(Refused, match="their own work or that of their team"):
            act()

    assert not reviewable(work.member).exists()
    assert not Review.objects.exists()


def test_a_team_mate_does_not_review_even_when_the_other_handed_in_alone(member):
    """They did the lab together once, so neither judges the other's work on it; on other labs they may."""
    made, mate, third = lab(), mentor(), mentor()
    together = waiting(made, member, team=[mate, third])
    of_third = waiting(made, third)
    elsewhere = waiting(lab("other"), member)

    assert [may_review(one, mate) for one in (together, of_third, elsewhere)] == [False, False, True]
    assert list(reviewable(mate)) == [elsewhere]


def test_who_takes_themselves_out_of_a_team_may_review(member):
    mate = mentor()
    work = waiting(lab(), member, team=[mate])

    submissions.leave_team(work, by=mate)

    assert may_review(work, mate)


def test_peers_who_passed_the_lab_may_review_once_they_are_asked(work):
    peer, mate = MemberFactory(), MemberFactory()
    reviewed(waiting(work.lab, peer, team=[mate]), mentor())
    before = [may_review(work, one) for one in (peer, mate)]

    work.offered_at = NOW
    work.save(update_fields=["offered_at"])

    assert (before, [may_review(work, one) for one in (peer, mate, MemberFactory())]) == (
        [False, False], [True, True, False],
    )  # fmt: skip
    assert give(work, peer).as_peer is True


def test_a_claim_holds_for_thirty_minutes_and_runs_out_by_itself(work):
    one, two = mentor(name="Ines Ferreira"), mentor()
    with time_machine.travel(NOW, tick=False):
        claim = reviewing.claim(work, by=one)
    with time_machine.travel(NOW + 29 * MINUTE, tick=False), pytest.raises(Refused) as refused:
        reviewing.claim(work, by=two)
    with time_machine.travel(NOW + 30 * MINUTE, tick=False):
        second = reviewing.claim(work, by=two)

    assert claim.until == NOW + 30 * MINUTE
    assert refused.value.lost_race
    assert "Ines Ferreira is looking at it until 10:30" in refused.value.message
    assert (second.by, ReviewClaim.objects.count()) == (two, 1)


def test_a_claim_is_extended_by_its_holder_and_let_go(work):
    one, two = mentor(), mentor()
    with time_machine.travel(NOW, tick=False):
        reviewing.claim(work, by=one)
    with time_machine.travel(NOW + 20 * MINUTE, tick=False):
        assert reviewing.claim(work, by=one).until == NOW + 50 * MINUTE
        reviewing.release(work, by=two)
        assert ReviewClaim.objects.exists()
        reviewing.release(work, by=one)
        assert reviewing.claim(work, by=two).by == two


def test_nobody_keeps_two_pieces_of_work_at_once(work):
    by, other = mentor(), waiting(lab("other"), MemberFactory())
    reviewing.claim(work, by=by)

    with pytest.raises(Refused, match="Decide it or let it go first"):
        reviewing.claim(other, by=by)


def test_a_stranger_does_not_claim(work):
    with pytest.raises(Refused, match="Mentors and the stewards"):
        reviewing.claim(work, by=MemberFactory())


def test_accepted_work_is_in_the_ledger_of_its_author_and_the_team_and_the_review_in_that_of_its_giver(member):
    mate, by = MemberFactory(), mentor()
    work = waiting(lab(), member, team=[mate])

    reviewed(work, by)

    acts = Activity.objects.order_by("pk").values_list("verb", "actor", "other", "object_key", "topic", "points")
    topic = work.lab.module.slug
    assert list(acts) == [
        ("review-given", by.pk, member.pk, str(work.pk), topic, 3),
        ("work-accepted", member.pk, by.pk, "redact", topic, 3),
        ("work-accepted", mate.pk, by.pk, "redact", topic, 3),
    ]
    work.refresh_from_db()
    assert (work.status, work.decided_at is not None) == ("accepted", True)
    assert set(Notice.objects.filter(kind="review-given").values_list("member", flat=True)) == {member.pk, mate.pk}


def test_accepted_work_makes_the_skill_of_its_module_deeper(member):
    made = lab()
    skill = MemberSkillFactory(member=member, skill=SkillFactory(topics=[made.module.slug]), claimed=2)

    reviewed(waiting(made, member), mentor())

    before = skill.depth
    skill.refresh_from_db()
    assert (skill.points, round(skill.evidence, 2)) == (pytest.approx(3, abs=0.01), 0.88)
    assert skill.depth != before


def test_a_review_counts_for_mentor_whatever_is_decided_and_once_for_each_work(work):
    by = MemberFactory()
    work.lab.module.stewards.add(by)
    level = LevelFactory(slug="helper", order=9)
    rule = LevelRule.objects.create(level=level, measure="people", at_least=1, text="Help one person")
    rule.verbs.add(Verb.objects.get(slug="review-given"))

    give(work, by, decision="changes-asked", scores={"It ran": 0, "It is safe": 2})
    handed_in(work.lab, work.member, text="Better")
    give(work, by, of_round=2)

    assert Activity.objects.filter(verb="review-given").count() == 1
    assert LevelAward.objects.filter(member=by, level=level).exists()
    assert reviews.reviews_in_hand(by) == 2


def test_accepted_work_stands_in_the_portfolio_with_who_reviewed_it(member):
    by, hidden = mentor(name="Ines Ferreira"), mentor(in_directory=False)
    reviewed(waiting(lab(), member), by)
    reviewed(waiting(lab("other"), member), hidden)

    found = portfolio(member, MemberFactory())

    pieces = [(piece.title, piece.address, piece.reviewer) for piece in found.work]
    assert pieces == [("Try other", "/labs/other/", ""), ("Try redact", "/labs/redact/", "Ines Ferreira")]
    member.audiences = {"portfolio": "public"}
    assert len(portfolio(member, AnonymousUser()).work) == 2


def test_work_that_counts_for_a_team_and_for_its_own_member_counts_once(member):
    made, by, mate = lab(), mentor(), MemberFactory()
    reviewed(waiting(made, member, team=[mate]), by)

    reviewed(waiting(made, mate), by)

    assert Activity.objects.filter(actor=mate, verb="work-accepted").count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"scores": {"It ran": 4, "It is safe": 1}}, "The mark for “It ran” must be from 0 to 3"),
        ({"scores": {"It ran": -1, "It is safe": 1}}, "The mark for “It ran” must be from 0 to 3"),
        ({"scores": {"It ran": True, "It is safe": 1}}, "The mark for “It ran” must be from 0 to 3"),
        ({"scores": {"It ran": 1}}, "Choose a mark for “It is safe”"),
        ({"scores": {"It ran": 1, "It is safe": 1, "It shines": 3}}, "“It shines” is no criterion"),
        ({"scores": {"It ran": 0, "It is safe": 3}}, "“It ran” is not there yet"),
        ({"comment": " "}, "Write why"),
        ({"comment": "a" * 10_000}, "10,000 characters and 4,000 fit"),
        ({"decision": "perhaps"}, "Choose whether"),
    ],
)
def test_a_review_with_bad_marks_or_words_is_refused(work, fields, said):
    with pytest.raises(Refused, match=said):
        give(work, mentor(), **fields)

    work.refresh_from_db()
    assert (work.status, Review.objects.count(), Activity.objects.count()) == ("waiting", 0, 0)


def test_changes_may_be_asked_with_any_marks_and_the_reason_goes_to_the_author(work):
    by = mentor(name="Ines Ferreira")

    give(work, by, scores={"It ran": 0, "It is safe": 3}, decision="changes-asked", comment="Show the **output**.")

    told = Notice.objects.get(member=work.member)
    assert (told.kind, told.title) == ("review-given", "Changes asked for your work on “Try redact”")
    assert (told.text, told.address) == ("Ines Ferreira: Show the **output**.", f"/labs/submissions/{work.pk}/")
    assert not Activity.objects.filter(verb="work-accepted").exists()


def test_a_review_of_an_older_round_is_refused_as_a_lost_race(work):
    by = mentor()
    submissions.withdraw(work, by=work.member)
    handed_in(work.lab, work.member, text="Better")

    with pytest.raises(Refused, match="handed in anew") as refused:
        give(work, by, of_round=1)

    assert refused.value.lost_race


def test_a_review_of_work_that_was_taken_back_or_decided_is_refused_as_a_lost_race(work):
    by = mentor()
    other = waiting(lab("other", rubric=RUBRIC), work.member)
    submissions.withdraw(work, by=work.member)
    give(other, by)

    for one in (work, other):
        with pytest.raises(Refused) as refused:
            give(one, mentor())
        assert refused.value.lost_race


def test_a_claim_that_ran_out_does_no_harm_but_that_of_somebody_else_does(work):
    one, two = mentor(), mentor()
    with time_machine.travel(NOW, tick=False):
        reviewing.claim(work, by=one)
    with time_machine.travel(NOW + 40 * MINUTE, tick=False):
        reviewing.claim(work, by=two)
        with pytest.raises(Refused) as refused:
            give(work, one)
    with time_machine.travel(NOW + 80 * MINUTE, tick=False):
        made = give(work, one)

    assert refused.value.lost_race
    assert (made.by, ReviewClaim.objects.exists()) == (one, False)


def test_a_lab_without_a_rubric_is_judged_by_the_usual_four_marks(member):
    made = reviewed(waiting(lab(), member), mentor())

    assert list(made.scores) == ["It works", "It is explained", "It is safe", "It was tested"]


def test_taking_an_accepted_piece_out_of_the_ledger_takes_it_out_of_the_portfolio(member, work):
    give(work, mentor())
    Verb.objects.get_or_create(slug="correction", defaults={"kind": "contribution", "points": 0, "title": "c"})

    ledger.reverse(Activity.objects.get(verb="work-accepted"), by=MemberFactory(is_staff=True), reason="By mistake")

    assert portfolio(member, MemberFactory()).work == []


def test_the_queue_is_ordered_by_waiting_time_and_says_how_long(member):
    by, made = mentor(), lab()
    late = handed_in(made, member, now=NOW - timedelta(days=7))
    new = handed_in(made, MemberFactory(), now=NOW)
    middle = handed_in(lab("other"), MemberFactory(), now=NOW - timedelta(days=3))

    found = review_queue.queue(by, now=NOW)

    assert [row.submission for row in found.rows] == [late, middle, new]
    assert [(row.said, row.is_late) for row in found.rows] == [
        ("waits 7 days, 5 were promised", True), ("waits 3 days of 5 promised", False),
        ("came in within the last day, 5 days are promised", False),
    ]  # fmt: skip
    assert [one.number for one in found.modules] == [2, 1]


def test_the_queue_shows_claims_and_filters_by_module(work):
    by, other = mentor(), mentor()
    second = waiting(lab("other"), MemberFactory())
    reviewing.claim(work, by=other, now=NOW)

    found = review_queue.queue(by, module=work.lab.module.slug, now=NOW + MINUTE)
    later = review_queue.queue(by, module=work.lab.module.slug, now=NOW + 31 * MINUTE)

    assert [(row.submission, row.claim.by, row.is_mine) for row in found.rows] == [(work, other, False)]
    assert [row.claim for row in later.rows] == [None]
    assert [row.submission for row in review_queue.queue(by, module=second.lab.module.slug, now=NOW).rows] == [second]
    assert review_queue.queue(by, module="nonsense", now=NOW).rows == []


def test_what_waits_for_a_member_leaves_out_what_others_look_at(member, work, django_assert_num_queries):
    by = mentor()
    claimed = waiting(lab("other"), MemberFactory())
    reviewing.claim(claimed, by=mentor(), now=NOW)
    give(waiting(lab("third", rubric=RUBRIC), by), mentor(), decision="changes-asked")

    with django_assert_num_queries(1):
        found = review_queue.for_me(by, now=NOW)

    assert (found.to_review, found.changes, found.title) == (1, 1, "Try third")
    by.paused_until = NOW.date()
    assert review_queue.for_me(by, now=NOW).to_review == 0


def test_the_team_named_twice_is_kept_once(member):
    mate = MemberFactory()

    work = handed_in(lab(), member, team=[mate, mate])

    assert TeamMate.objects.filter(submission=work).count() == 1
