import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity, Level, LevelAward, LevelRule, LevelWish
from members.operations import ledger, levels
from members.queries.levels import gaps, standing
from tests.factories.members import ActFactory, LevelFactory, MemberFactory, VerbFactory

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


def test_the_act_that_completes_a_level_awards_it_at_once(mentor):
    member = MemberFactory()
    wish(member, mentor)

    give_helps(member, MemberFactory.create_batch(5))

    assert held(member) == ["mentor"]


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
    give_helps(member, MemberFactory.create_batch(5))
    ledger.reverse(Activity.objects.filter(actor=member).first(), by=MemberFactory(), reason="By mistake")
    wish(member, mentor)

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


def test_recomputing_costs_the_same_statements_whatever_the_number_of_members(mentor, django_assert_num_queries):
    for member in MemberFactory.create_batch(3):
        give_helps(member, MemberFactory.create_batch(5))
        wish(member, mentor)

    with django_assert_num_queries(6):
        awarded = levels.recompute(tell=False)
    with django_assert_num_queries(4):
        again = levels.recompute(tell=False)

    assert (awarded, again) == (3, 0)


def test_the_gap_names_what_is_done_and_what_is_missing(mentor):
    member, others = MemberFactory(), MemberFactory.create_batch(2)
    give_helps(member, [others[0], others[1], others[0]])

    now = standing(member)

    assert [(one.done, one.missing, len(one.acts)) for one in now.conditions] == [(3, 2, 3), (2, 1, 3)]
    assert (now.next_level, now.opted_in, now.missing) == (mentor, False, 3)


def test_an_award_by_hand_without_a_reason_is_refused(mentor):
    with pytest.raises(Refused, match="why"):
        levels.award(mentor, to=MemberFactory(), by=MemberFactory(), reason="  ")


def test_giving_a_level_twice_changes_nothing(mentor):
    member, organizer = MemberFactory(), MemberFactory()

    first = levels.award(mentor, to=member, by=organizer, reason="Long before the site was there")
    again = levels.award(mentor, to=member, by=organizer, reason="Once more")

    assert (again.pk, again.reason) == (first.pk, "Long before the site was there")


def test_an_award_names_the_newest_act_that_counts(mentor):
    member = MemberFactory()
    wish(member, mentor)
    give_helps(member, MemberFactory.create_batch(5))
    newest = ActFactory(actor=member, other=MemberFactory(), occurred_at=timezone.now() - timedelta(hours=1))

    outcome = levels.settle()

    assert (outcome.awarded, outcome.renewed) == ([], 1)
    assert LevelAward.objects.get(member=member).renewed_at == newest.occurred_at


def test_an_old_award_is_renewed_by_an_act_however_long_after(mentor):
    member = MemberFactory()
    levels.award(mentor, to=member, by=MemberFactory(), reason="As a founder")
    act = ActFactory(actor=member, other=MemberFactory(), occurred_at=timezone.now() - timedelta(days=500))

    levels.settle()

    assert LevelAward.objects.get(member=member).renewed_at == act.occurred_at


def test_the_command_says_what_it_awarded_and_never_revokes(mentor, capsys):
    lacking, scattered, ready = MemberFactory.create_batch(3)
    others = MemberFactory.create_batch(4)
    for member, number, people in [(lacking, 4, 4), (scattered, 5, 2), (ready, 5, 3)]:
        give_helps(member, [others[n % people] for n in range(number)])
        wish(member, mentor)

    call_command("recompute_levels", json=True)

    report = json.loads(capsys.readouterr().out)
    assert {name: report[name] for name in ("awarded", "held", "revoked")} == {"awarded": 1, "held": 1, "revoked": 0}
    assert (held(lacking), held(scattered), held(ready)) == ([], [], ["mentor"])


def test_a_dry_run_of_the_command_awards_nothing(mentor, capsys):
    member = MemberFactory()
    give_helps(member, MemberFactory.create_batch(5))
    wish(member, mentor)

    call_command("recompute_levels", json=True, dry_run=True)

    assert json.loads(capsys.readouterr().out)["awarded"] == 1
    assert held(member) == []


@pytest.fixture
def sponsors():
    """A level that asks for helps to people of two organisations."""
    level = LevelFactory(slug="bridge", order=5)
    rule = LevelRule.objects.create(level=level, measure="organisations", at_least=2, text="Two organisations")
    rule.verbs.add(VerbFactory(slug="review-given", points=3))
    return level


@pytest.mark.parametrize(
    ("organisations", "reached"),
    [
        (["Ahold", "KPN"], ["bridge"]), (["KPN", " kpn "], []), (["KPN", ""], []), (["KPN", "Own  House"], []),
        (["KPN", "ahold", "own house", ""], ["bridge"]),
    ],
    ids=["two", "the same in other letters", "a blank one", "the helper's own", "two among others"],
)  # fmt: skip
def test_helps_reach_different_organisations_besides_ones_own(sponsors, organisations, reached):
    member = MemberFactory(organisation="own house")

    give_helps(member, [MemberFactory(organisation=name) for name in organisations])
    levels.recompute()

    assert held(member) == reached


@pytest.mark.parametrize("organisations", [["A", "B"], ["A", "a "], ["A", ""], ["Mine", "B", "mine"]])
def test_the_gap_list_counts_organisations_as_the_job_does(sponsors, organisations):
    member = MemberFactory(organisation="mine")
    give_helps(member, [MemberFactory(organisation=name) for name in organisations])

    found = next(gap for gap in gaps(member) if gap.level == sponsors)

    assert found.conditions[0].met == bool(held(member))


def test_people_of_the_gap_list_are_named_only_where_they_may_be_seen(mentor):
    member = MemberFactory()
    hidden, shown = MemberFactory(in_directory=False), MemberFactory(name="Ines Ferreira")
    give_helps(member, [hidden, shown, hidden])

    people = gaps(member)[0].conditions[1].people

    assert people == ["Ines Ferreira", "1 more who are not in the directory"]


@pytest.fixture
def partner():
    level = LevelFactory(slug="partner", order=4, confirmed_by_organizer=True, rule_text="One use case")
    rule = LevelRule.objects.create(level=level, measure="acts", at_least=1, text="One use case")
    rule.verbs.add(VerbFactory(slug="use-case-accepted", kind="contribution", points=12))
    return level


def test_a_level_that_an_organizer_confirms_waits_until_then(partner):
    member, organizer = MemberFactory(), MemberFactory(is_staff=True)
    ledger.record("use-case-accepted", by=member, kind="use-case", key="1", title="Scheduling")

    before, waits = held(member), levels.waiting()
    levels.confirm(member, by=organizer)

    assert (before, waits) == ([], [(member.pk, "partner")])
    assert (held(member), levels.waiting()) == (["partner"], [])
    assert LevelAward.objects.get().given_by == organizer


def test_a_level_is_not_confirmed_for_oneself_nor_by_members_nor_without_its_conditions(partner):
    organizer = MemberFactory(is_staff=True)
    ledger.record("use-case-accepted", by=organizer, kind="use-case", key="1", title="Scheduling")

    for member, by, why in [
        (organizer, organizer, "their own"), (organizer, MemberFactory(), "Only organizers"),
        (MemberFactory(), organizer, "No level"),
    ]:  # fmt: skip
        with pytest.raises(Refused, match=why):
            levels.confirm(member, by=by)


def test_many_rules_are_read_in_several_passes():
    verb = VerbFactory(slug="review-given", points=3)
    for number in range(70):
        rule = LevelRule.objects.create(
            level=LevelFactory(slug=f"level-{number}", order=number + 1), measure="acts", at_least=1, text="One"
        )
        rule.verbs.add(verb)
    member = MemberFactory()

    ledger.record("review-given", by=member, kind="review", key="1", title="Review")

    assert len(held(member)) == 70


def test_the_page_shows_each_member_what_is_missing_for_every_level(mentor, partner, member, member_client):
    give_helps(member, MemberFactory.create_batch(2))

    page = member_client.get("/levels/")

    text = " ".join(page.content.decode().split())
    assert [gap.missing for gap in page.context["gaps"]] == [4, 1]
    assert f"/me/activity/rules/{mentor.rules.get(measure='people').pk}/" in text
    assert "2 of 3 people helped" in text


def test_the_acts_behind_a_number_stand_on_a_page_of_their_own(mentor, member, member_client):
    give_helps(member, [MemberFactory(name="Ines Ferreira")])
    ActFactory(actor=member, object_title="Too long ago", occurred_at=timezone.now() - timedelta(days=400))

    page = member_client.get(f"/me/activity/rules/{mentor.rules.get(measure='acts').pk}/")

    assert "1 of 5 acts within the last 365 days" in page.content.decode()
    assert "Ines Ferreira" in page.content.decode()
    assert "Too long ago" not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_levels_costs_nine_queries_whatever_was_done(
    mentor, member, member_client, rows, django_assert_num_queries
):
    give_helps(member, MemberFactory.create_batch(rows))

    with django_assert_num_queries(9):
        member_client.get("/levels/")


def test_a_level_is_dated_by_the_act_that_completed_it_and_renewed_by_the_newest(mentor):
    member, others = MemberFactory(), MemberFactory.create_batch(3)
    days = {}
    for number, other in enumerate([*others[:1] * 4, *others[1:], others[0]]):
        days[number] = timezone.now() - timedelta(days=90 - 10 * number)
        ActFactory(actor=member, other=other, occurred_at=days[number])
    wish(member, mentor)

    levels.settle()

    award = LevelAward.objects.get(member=member)
    assert (award.at, award.renewed_at) == (days[5], days[6])
