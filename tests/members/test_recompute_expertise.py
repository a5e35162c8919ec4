"""The depth in SQL is the depth of the pure rule, for everybody at once."""

import json
import random
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from members import expertise as rule
from members.expertise import Word
from members.models import Activity, DirectoryStale, Endorsement, MemberSkill, Validation
from members.operations import ledger
from members.operations.expertise import recompute
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.skills import (
    EndorsementFactory,
    MemberSkillFactory,
    SkillFactory,
    ValidationFactory,
    act_on,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def points_by_the_rule(row):
    acts = Activity.objects.filter(actor=row.member, topic__in=[*row.skill.topics, row.skill.slug])
    acts = acts.filter(reversed_by=None, reverses=None, occurred_at__lte=NOW)
    return rule.points_of((act.points, (NOW - act.occurred_at) / DAY) for act in acts)


def own_depth(member, skill):
    row = MemberSkill.objects.filter(member=member, skill=skill).first()
    return rule.depth(row.claimed, rule.evidence(points_by_the_rule(row))) if row else 0.0


def words_by_the_rule(row):
    words, judging = [], set()
    newest = {}
    for one in Validation.objects.filter(member=row.member, skill=row.skill, expires_at__gt=NOW).order_by("at", "pk"):
        newest[one.by] = one
    for giver, one in newest.items():
        if one.decision == "shown":
            judging.add(giver)
            words.append(Word(one.level, own_depth(giver, row.skill), validates=True))
    for one in Endorsement.objects.filter(member=row.member, skill=row.skill).exclude(by__in=judging):
        back = Endorsement.objects.filter(member=one.by, by=row.member)
        paid_back = any(abs(one.at - other.at) <= 7 * DAY for other in back)
        words.append(Word(one.level, own_depth(one.by, row.skill), paid_back=paid_back))
    return words


def by_the_rule(row):
    evidence, said = rule.evidence(points_by_the_rule(row)), rule.endorsed(words_by_the_rule(row))
    return [points_by_the_rule(row), evidence, said.level if said else None, rule.depth(row.claimed, evidence, said)]


def in_sql(row):
    return [row.points, row.evidence, row.endorsed, row.depth]


def a_community(chance):
    """Six members, four skills on three topics; acts, words and judgements by chance, some taken back or over."""
    for slug in ("correction", "lab-completed"):
        VerbFactory(slug=slug)
    skills = [SkillFactory(slug=f"s{n}", topics=chance.sample(["one", "two", "three", f"s{n}"], 2)) for n in range(4)]
    people = MemberFactory.create_batch(6)
    for person in people:
        for skill in chance.sample(skills, 3):
            MemberSkillFactory(member=person, skill=skill, claimed=chance.randrange(5), wants=chance.randrange(5))
        for _ in range(5):
            topic = chance.choice(["one", "two", "three", "s1", "elsewhere"])
            act = act_on(person, topic, points=chance.choice([1, 2, 5, 8]), days=chance.random() * 900, now=NOW)
            if chance.random() < 0.2:
                ledger.reverse(act, by=people[0], reason="by mistake")
    let_them_speak(people, skills, chance)


def let_them_speak(people, skills, chance):
    for person in people:
        for other in chance.sample([one for one in people if one != person], 3):
            about = {"member": person, "by": other, "skill": chance.choice(skills), "level": chance.randint(1, 4)}
            EndorsementFactory(**about, at=NOW - chance.random() * 20 * DAY)
            if chance.random() < 0.5:
                decision, ends = chance.choice(["shown", "not-yet"]), NOW + chance.choice([-1, 1, 300]) * DAY
                ValidationFactory(**about, decision=decision, at=NOW - chance.random() * 9 * DAY, expires_at=ends)


@pytest.mark.parametrize("seed", range(6))
def test_the_sql_says_what_the_rule_says(seed, time_machine_at_now):
    a_community(random.Random(seed))

    recompute(now=NOW)

    rows = list(MemberSkill.objects.select_related("member", "skill"))
    assert len(rows) == 18
    assert [in_sql(row) for row in rows] == [pytest.approx(by_the_rule(row), abs=1e-9) for row in rows]


def test_looking_at_one_member_gives_the_same_as_looking_at_all(time_machine_at_now):
    a_community(random.Random(3))
    recompute(now=NOW)
    whole = {row.pk: in_sql(row) for row in MemberSkill.objects.all()}
    MemberSkill.objects.update(points=0, evidence=None, endorsed=None, depth=0, computed_at=None)
    first = MemberSkill.objects.order_by("member").first().member_id

    recompute([first], now=NOW)

    rows = MemberSkill.objects.all()
    assert {row.pk for row in rows if row.computed_at} == {row.pk for row in rows if row.member_id == first}
    assert all(in_sql(row) == pytest.approx(whole[row.pk]) for row in rows if row.member_id == first)


def test_repeating_changes_nothing(time_machine_at_now):
    a_community(random.Random(1))

    assert recompute(now=NOW)["changed"] == 18
    assert recompute(now=NOW) == {"skills": 18, "changed": 0, "moved": 0}


def test_twelve_points_give_an_evidence_of_2_53():
    row = MemberSkillFactory(skill__slug="ansible", skill__topics=["infrastructure"], claimed=3)
    act_on(row.member, "infrastructure", points=10)
    act_on(row.member, "ansible", points=2)

    recompute()

    row.refresh_from_db()
    assert (round(row.points, 2), round(row.evidence, 2), row.endorsed) == (12.0, 2.53, None)
    assert row.depth == pytest.approx(0.375 * 3 + 0.625 * row.evidence)


def test_an_act_that_was_taken_back_shows_nothing():
    VerbFactory(slug="correction")
    row = MemberSkillFactory(claimed=2)
    act = act_on(row.member, row.skill.slug, points=8)
    ledger.reverse(act, by=MemberFactory(), reason="by mistake")

    recompute()

    row.refresh_from_db()
    assert row.points == 0


def test_a_judgement_counts_until_it_expires(time_machine_at_now):
    row = MemberSkillFactory(claimed=2)
    ValidationFactory(member=row.member, skill=row.skill, level=4, at=NOW - DAY, expires_at=NOW + DAY)

    recompute(now=NOW)
    row.refresh_from_db()
    assert row.endorsed == 4

    recompute(now=NOW + DAY)
    row.refresh_from_db()
    assert row.endorsed is None


def test_a_later_not_yet_of_the_same_mentor_ends_an_earlier_shown(time_machine_at_now):
    row, mentor = MemberSkillFactory(claimed=2), MemberFactory()
    for days, decision in [(9, "shown"), (2, "not-yet")]:
        ValidationFactory(
            member=row.member, skill=row.skill, by=mentor, decision=decision, at=NOW - days * DAY,
            expires_at=NOW + 300 * DAY,
        )  # fmt: skip

    recompute(now=NOW)

    row.refresh_from_db()
    assert row.endorsed is None


def test_everybody_is_one_statement_whatever_their_number(django_assert_num_queries, time_machine_at_now):
    a_community(random.Random(2))

    with django_assert_num_queries(6):  # begin and end, the statement, marks for the directory, the count
        recompute(now=NOW)


def test_who_moves_to_another_whole_depth_is_marked_for_the_directory():
    deep, same = MemberSkillFactory(claimed=4, depth=0.2), MemberSkillFactory(claimed=1, depth=0.4)

    recompute()

    assert list(DirectoryStale.objects.values_list("member", flat=True)) == [deep.member_id]
    assert same.member_id != deep.member_id


def test_the_command_reports_as_json_and_a_dry_run_writes_nothing():
    row, said = MemberSkillFactory(claimed=4), StringIO()

    call_command("recompute_expertise", json=True, dry_run=True, stdout=said)

    assert json.loads(said.getvalue()) == {"skills": 1, "changed": 1, "moved": 1}
    row.refresh_from_db()
    assert row.computed_at is None


@pytest.fixture
def time_machine_at_now(time_machine):
    time_machine.move_to(NOW, tick=False)
