"""An organizer records reviewed work; the level follows."""

import pytest

from members.models import Activity, Level, LevelAward, LevelRule
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def fix():
    verb = VerbFactory(slug="fix-accepted", kind="contribution", points=5)
    level = Level.objects.create(slug="builder", order=2, title="Builder", rule_text="One accepted contribution")
    rule = LevelRule.objects.create(level=level, measure="acts", at_least=1, text="One contribution")
    rule.verbs.add(verb)
    return verb


def record(client, **fields):
    return client.post("/admin/members/activity/add/", {"object_title": "A clearer step", "address": "", **fields})


def test_recorded_work_counts_at_once_and_awards_the_level(organizer_client, fix):
    member = MemberFactory()

    answer = record(organizer_client, actor=member.pk, verb="fix-accepted")

    assert answer.status_code == 302
    act = Activity.objects.get(actor=member)
    assert (act.verb_id, act.points, act.source.split(":")[0]) == ("fix-accepted", 5, "organizer")
    assert LevelAward.objects.get(member=member).level_id == "builder"


def test_the_same_kind_of_work_can_be_recorded_twice(organizer_client, fix):
    member = MemberFactory()

    for _ in range(2):
        record(organizer_client, actor=member.pk, verb="fix-accepted")

    assert Activity.objects.filter(actor=member).count() == 2


def test_nobody_is_recorded_as_helping_themselves(organizer_client, fix):
    member = MemberFactory()

    answer = record(organizer_client, actor=member.pk, verb="fix-accepted", other=member.pk)

    assert answer.status_code == 200
    assert "Nobody helps themselves" in answer.content.decode()
    assert not Activity.objects.exists()


def test_learning_cannot_be_recorded_by_hand(organizer_client, fix):
    VerbFactory(slug="lab-completed", kind="learning")

    answer = record(organizer_client, actor=MemberFactory().pk, verb="lab-completed")

    assert "verb" in answer.context["adminform"].form.errors
