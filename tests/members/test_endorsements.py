"""What members say on each other's skills."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Activity, Endorsement, Notice, Validation
from members.operations import ledger
from members.operations.endorsements import Judgement, endorse, months_later, validate, withdraw
from members.queries.endorsing import shared_activity
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.skills import MemberSkillFactory, act_on, make_mentor, skill_verbs, worked_together

pytestmark = pytest.mark.django_db
SENTENCE = "Found the fault in our playbook within ten minutes."


@pytest.fixture(autouse=True)
def verbs(db):
    skill_verbs()


@pytest.fixture
def row():
    return MemberSkillFactory(claimed=3)


@pytest.fixture
def mentor(row):
    """A Mentor with depth 3 in the skill."""
    person = MemberFactory()
    make_mentor(person)
    MemberSkillFactory(member=person, skill=row.skill, claimed=4, depth=3.0)
    return person


def judgement(**fields):
    wanted = {"level": 3, "decision": "shown", "note": "I ran it.", "evidence": "https://example.org/role"}
    return Judgement(**wanted | fields)


def test_endorsing_without_a_shared_activity_is_refused_with_the_reason(row):
    with pytest.raises(Refused, match="have not worked together here yet"):
        endorse(row, by=MemberFactory(), level=3, sentence=SENTENCE)
    assert not Endorsement.objects.exists()


def test_who_came_to_the_same_event_may_endorse(row):
    giver = MemberFactory(name="Ines Costa")
    worked_together(giver, row.member)

    given = endorse(row, by=giver, level=3, sentence=SENTENCE)

    assert (given.level, given.sentence) == (3, SENTENCE)
    assert given.shared.startswith("“Small workshop” (came to an event")
    assert Activity.objects.get(verb="skill-endorsed").other == row.member
    assert Notice.objects.get(member=row.member).title == f"Ines Costa endorses your skill “{row.skill.title}”"


@pytest.mark.parametrize("helper", ["giver", "member"])
def test_who_helped_or_was_helped_may_endorse(row, helper):
    VerbFactory(slug="review-given", kind="interaction")
    giver = MemberFactory()
    by, other = (giver, row.member) if helper == "giver" else (row.member, giver)
    ledger.record("review-given", by=by, kind="review", key="1", title="Review", other=other)

    assert endorse(row, by=giver, level=2, sentence=SENTENCE).pk


@pytest.mark.parametrize("verb", ["lab-completed", "event-registered", "conduct-accepted"])
def test_the_same_lab_or_registration_is_no_work_together(row, verb):
    VerbFactory(slug=verb, kind="participation")
    giver = MemberFactory()
    for member in (giver, row.member):
        ledger.record(verb, by=member, kind="thing", key="same", title="The same thing")

    assert shared_activity(giver, row.member) is None


@pytest.mark.parametrize("which", ["own act", "act of the other"])
def test_a_shared_act_that_was_taken_back_counts_no_more(row, which):
    giver = MemberFactory()
    worked_together(giver, row.member)
    act = Activity.objects.get(actor=giver if which == "own act" else row.member)
    ledger.reverse(act, by=MemberFactory(), reason="was not there")

    assert shared_activity(giver, row.member) is None


def test_an_endorsement_opens_no_way_to_the_next_one(row):
    giver = MemberFactory()
    ledger.record("skill-endorsed", by=row.member, kind="skill", key="1", title="Git", other=giver)

    assert shared_activity(giver, row.member) is None


def test_nobody_endorses_or_judges_themselves(row, mentor):
    own = mentor.skills.get()

    with pytest.raises(Refused, match="Nobody endorses their own"):
        endorse(row, by=row.member, level=4, sentence=SENTENCE)
    with pytest.raises(Refused, match="Nobody judges their own"):
        validate(own, judgement(), by=mentor)


@pytest.mark.parametrize(("level", "sentence"), [(0, SENTENCE), (5, SENTENCE), (3, "  "), (3, "x" * 301)])
def test_an_endorsement_needs_a_level_of_1_to_4_and_one_sentence(row, level, sentence):
    giver = MemberFactory()
    worked_together(giver, row.member)

    with pytest.raises(Refused):
        endorse(row, by=giver, level=level, sentence=sentence)


def test_endorsing_again_changes_the_word_and_keeps_its_day(row):
    giver = MemberFactory()
    worked_together(giver, row.member)
    first = endorse(row, by=giver, level=2, sentence=SENTENCE, now=timezone.now() - timedelta(days=9))

    second = endorse(row, by=giver, level=4, sentence="Teaches it by now.")

    second.refresh_from_db()
    assert (second.pk, second.level, second.at) == (first.pk, 4, first.at)
    assert Notice.objects.filter(member=row.member).count() == 1


def test_an_endorsement_moves_the_depth_and_taking_it_back_moves_it_again(row):
    giver = MemberFactory()
    worked_together(giver, row.member)
    MemberSkillFactory(member=giver, skill=row.skill, claimed=4)

    given = endorse(row, by=giver, level=4, sentence=SENTENCE)
    row.refresh_from_db()
    assert (row.endorsed, row.depth) == (4, pytest.approx(0.3 * 3 + 0.2 * 4))

    withdraw(given, by=giver)
    row.refresh_from_db()
    assert (row.endorsed, row.depth) == (None, pytest.approx(0.375 * 3))
    assert Activity.objects.filter(verb="correction").count() == 1


def test_only_the_giver_or_an_organizer_takes_an_endorsement_back(row):
    giver = MemberFactory()
    worked_together(giver, row.member)
    given = endorse(row, by=giver, level=4, sentence=SENTENCE)

    with pytest.raises(Refused, match="Only who gave"):
        withdraw(given, by=row.member)
    withdraw(given, by=MemberFactory(is_staff=True))

    assert not Endorsement.objects.exists()


def test_a_proposed_skill_is_not_endorsed():
    row, giver = MemberSkillFactory(skill__state="proposed"), MemberFactory()
    worked_together(giver, row.member)

    with pytest.raises(Refused, match="waits for the stewards"):
        endorse(row, by=giver, level=4, sentence=SENTENCE)


def test_a_mentor_of_depth_three_validates_for_24_months(row, mentor):
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    made = validate(row, judgement(level=4), by=mentor, now=now)

    assert made.expires_at == datetime(2028, 11, 20, 9, tzinfo=UTC)
    assert (made.evidence, made.decision) == ("https://example.org/role", "shown")
    assert Notice.objects.get(member=row.member).text == "I ran it."


def test_a_validation_counts_as_the_word_of_somebody_deep(row, mentor):
    validate(row, judgement(level=4), by=mentor)

    row.refresh_from_db()
    assert row.endorsed == 4


def test_a_validation_by_a_mentor_of_depth_two_is_refused(row, mentor):
    mentor.skills.update(depth=2.0)

    with pytest.raises(Refused, match=r"you need depth 3 in it yourself; yours is 2\.0"):
        validate(row, judgement(), by=mentor)
    assert not Validation.objects.exists()


def test_a_validation_by_somebody_deep_who_is_no_mentor_is_refused(row):
    deep = MemberSkillFactory(skill=row.skill, depth=3.9).member

    with pytest.raises(Refused, match="judged by Mentors"):
        validate(row, judgement(), by=deep)


@pytest.mark.parametrize("address", ["", "http://example.org/", "javascript:alert(1)", "https://", "ftp://a.org",
                                     "https://bank.example@evil.example/"])  # fmt: skip
def test_evidence_without_a_plain_https_address_is_refused(row, mentor, address):
    with pytest.raises(Refused):
        validate(row, judgement(evidence=address), by=mentor)


def test_an_act_of_the_ledger_is_evidence_when_it_is_the_members_own_and_stands(row, mentor):
    own, foreign = act_on(row.member, row.skill.slug), act_on(mentor, row.skill.slug)
    back = act_on(row.member, row.skill.slug)
    ledger.reverse(back, by=mentor, reason="by mistake")

    assert validate(row, judgement(act=own, evidence=""), by=mentor).evidence.startswith(f"“{own.object_title}”")
    for act in (foreign, back):
        with pytest.raises(Refused, match="own acts that stand"):
            validate(row, judgement(act=act, evidence=""), by=mentor)


@pytest.mark.parametrize(
    ("moment", "months", "later"),
    [("2026-11-20", 24, "2028-11-20"), ("2028-02-29", 24, "2030-02-28"), ("2026-12-31", 2, "2027-02-28")],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(moment, months, later):
    assert months_later(datetime.fromisoformat(moment), months) == datetime.fromisoformat(later)
