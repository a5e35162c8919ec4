from datetime import timedelta

import pytest
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity, Level, LevelAward, LevelRule, LevelWish
from members.operations import ledger, levels
from members.queries.levels import standing
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor():
    """The level as the starter content has it: five helps to three people in a year, and the member's own wish."""
    review = VerbFactory(slug="review-given", points=3)
    VerbFactory(slug="correction", points=0)
    level = Level.objects.create(
        slug="mentor", order=3, title="Mentor", action="reviews", reward="status", rule_text="Five helps",
        needs_opt_in=True,
    )  # fmt: skip
    for measure, number in [("acts", 5), ("people", 3)]:
        rule = LevelRule.objects.create(level=level, measure=measure, at_least=number, within_days=365, text=measure)
        rule.verbs.add(review)
    return level


def give_helps(member, people, days_ago=10):
    for number, other in enumerate(people):
        ledger.record(
            "review-given", by=member, kind="review", key=f"{member.pk}-{number}", title="Review", other=other,
            at=timezone.now() - timedelta(days=days_ago),
        )  # fmt: skip


def wish(member, level):
    LevelWish.objects.create(member=member, level=level)


def held(member):
    return list(LevelAward.objects.filter(member=member).values_list("level", flat=True))


@pytest.mark.parametrize(
    ("helps", "people", "expected"),
    [(4, 4, []), (5, 2, []), (5, 3, ["mentor"]), (9, 3, ["mentor"])],
    ids=["four helps", "five to two people", "five to three people", "nine to three people"],
)
def test_mentor_needs_five_helps_to_three_people(mentor, helps, people, expected):
    member, others = MemberFactory(), MemberFactory.create_batch(people)
    wish(member, mentor)
    give_helps(member, [others[number % people] for number in range(helps)])

    levels.recompute()

    assert held(member) == expected


def test_mentor_without_the_members_wish_is_not_awarded(mentor):
    member = MemberFactory()
    give_helps(member, MemberFactory.create_batch(5))

    levels.recompute()

    assert held(member) == []


def test_helps_older_than_a_year_do_not_count(mentor):
    member = MemberFactory()
    wish(member, mentor)
    give_helps(member, MemberFactory.create_batch(5), days_ago=366)

    levels.recompute()

    assert held(member) == []


def test_a_help_that_was_taken_back_does_not_count(mentor):
    member = MemberFactory()
    wish(member, mentor)
    give_helps(member, MemberFactory.create_batch(5))
    ledger.reverse(Activity.objects.filter(actor=member).first(), by=MemberFactory(), reason="By mistake")

    levels.recompute()

    assert held(member) == []


def test_a_level_stays_when_its_acts_grow_old(mentor):
    member = MemberFactory()
    wish(member, mentor)
    give_helps(member, MemberFactory.create_batch(5))
    levels.recompute()

    again = levels.recompute(now=timezone.now() + timedelta(days=800))

    assert again == 0
    assert held(member) == ["mentor"]


def test_recomputing_costs_one_statement_whatever_the_number_of_members(mentor, django_assert_num_queries):
    for member in MemberFactory.create_batch(3):
        wish(member, mentor)
        give_helps(member, MemberFactory.create_batch(5))

    with django_assert_num_queries(1):
        awarded = levels.recompute()

    assert awarded == 3


def test_the_gap_names_what_is_done_and_what_is_missing(mentor):
    member, others = MemberFactory(), MemberFactory.create_batch(2)
    give_helps(member, [others[0], others[1], others[0]])

    now = standing(member)

    assert [(one.done, one.missing, len(one.acts)) for one in now.conditions] == [(3, 2, 3), (2, 1, 3)]
    assert (now.next_level, now.opted_in, now.missing) == (mentor, False, 3)


def test_an_award_by_hand_without_a_reason_is_refused(mentor):
    with pytest.raises(Refused, match="why"):
        levels.award(mentor, to=MemberFactory(), by=MemberFactory(), reason="  ")
