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


def act_on(client, action, *acts):
    return client.post(
        "/admin/members/activity/", {"action": action, "_selected_action": [act.pk for act in acts]}, follow=True
    )


def test_a_title_that_names_who_did_it_is_refused(organizer_client, fix):
    member = MemberFactory(name="Kim Vermeer")

    answer = record(organizer_client, actor=member.pk, verb="fix-accepted", object_title="Fix by Kim Vermeer")

    assert "cannot forget names" in answer.content.decode()
    assert not Activity.objects.exists()


def test_an_organizer_confirms_the_level_of_an_act_in_the_list(organizer_client):
    verb = VerbFactory(slug="use-case-accepted", kind="contribution", points=12)
    level = Level.objects.create(slug="partner", order=4, title="Partner", confirmed_by_organizer=True)
    LevelRule.objects.create(level=level, measure="acts", at_least=1, text="One use case").verbs.add(verb)
    member = MemberFactory(name="Leo Moreau")
    record(organizer_client, actor=member.pk, verb="use-case-accepted")

    waiting = organizer_client.get("/admin/members/activity/?waits=yes").context["cl"].result_list
    answer = act_on(organizer_client, "confirm_level", *waiting)

    assert "Leo Moreau is Partner now" in answer.content.decode()
    award = LevelAward.objects.get(member=member)
    assert (award.level_id, award.given_by.is_staff) == ("partner", True)
    assert list(organizer_client.get("/admin/members/activity/?waits=yes").context["cl"].result_list) == []


def test_an_act_recorded_by_mistake_is_taken_back_by_a_row_of_its_own(organizer_client, fix):
    VerbFactory(slug="correction", points=0)
    record(organizer_client, actor=MemberFactory().pk, verb="fix-accepted")

    act_on(organizer_client, "take_back", Activity.objects.get())

    assert sorted(Activity.objects.values_list("points", flat=True)) == [-5, 5]


def test_a_level_given_by_hand_needs_a_reason(organizer_client, fix):
    member = MemberFactory()

    answer = organizer_client.post(
        "/admin/members/levelaward/add/", {"member": member.pk, "level": "builder", "reason": " "}
    )

    assert "Write why this level is given." in answer.content.decode()
    assert not LevelAward.objects.exists()


def test_organizers_see_the_totals_of_each_verb(organizer_client, fix):
    for _ in range(2):
        record(organizer_client, actor=MemberFactory().pk, verb="fix-accepted")

    row = organizer_client.get("/admin/members/verb/").context["cl"].result_list[0]

    assert (row.acts, row.given) == (2, 10)
