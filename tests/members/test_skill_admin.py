import pytest

from members.models import Endorsement, Member, MemberSkill, Skill
from tests.factories.members import MemberFactory
from tests.factories.skills import EndorsementFactory, MemberSkillFactory, SkillFactory, skill_verbs

pytestmark = pytest.mark.django_db
LIST = "/admin/members/skill/"


def act(client, action, *rows, **fields):
    asked = {"action": action, "_selected_action": [row.pk for row in rows], **fields}
    return client.post(LIST, asked, follow=True)


@pytest.fixture
def proposal():
    skill_verbs()
    return MemberSkillFactory(skill__title="Beekeeping", skill__state="proposed", skill__proposed_by=MemberFactory())


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_shows_totals_at_the_same_cost(organizer_client, number, django_assert_num_queries):
    for _ in range(number):
        MemberSkillFactory(claimed=3, depth=3.1, helps=True)

    with django_assert_num_queries(9):
        page = organizer_client.get(LIST).content.decode()

    assert '<td class="field-claims">1</td><td class="field-depth_3">1</td><td class="field-wishes">0</td>' in page


def test_stewards_accept_refuse_and_merge(organizer_client, proposal):
    kept = SkillFactory(slug="animals")

    assert "1 skill accepted." in act(organizer_client, "accept", proposal.skill).content.decode()
    refused = act(organizer_client, "refuse", proposal.skill).content.decode()
    assert "is in the list already. Merge it" in refused
    assert "Choose under" in act(organizer_client, "merge", proposal.skill).content.decode()
    assert "merged into" in act(organizer_client, "merge", proposal.skill, into=kept.pk).content.decode()

    assert MemberSkill.objects.get().skill == kept
    assert list(Skill.objects.values_list("aliases", flat=True)) == [["Beekeeping"]]


def test_a_refusal_takes_the_note_along(organizer_client, proposal):
    act(organizer_client, "refuse", proposal.skill, note="Too far from our work.")

    proposer = proposal.skill.proposed_by
    assert proposer.notices.get().text == "Too far from our work."


def test_a_second_skill_of_the_same_name_is_refused(organizer_client):
    SkillFactory(slug="kubernetes", aliases=["k8s"])
    asked = {"title": "K8S", "slug": "k8s-two", "area": "Operations", "text": "", "topics": "", "aliases": ""}

    answer = organizer_client.post(f"{LIST}add/", asked)

    assert "has this name already" in answer.content.decode()
    assert Skill.objects.count() == 1


def test_skills_that_somebody_keeps_to_themselves_are_in_no_list_of_the_admin(organizer_client):
    shown, hidden = MemberSkillFactory(member__name="Shown Person"), MemberSkillFactory(member__name="Hidden Person")
    Member.objects.filter(pk=hidden.member_id).update(audiences={"skills": "me"})

    page = organizer_client.get("/admin/members/memberskill/").content.decode()

    assert "Shown Person" in page
    assert "Hidden Person" not in page
    assert shown.pk


def test_an_organizer_takes_back_a_word_that_breaks_the_code_of_conduct(organizer_client):
    skill_verbs()
    endorsement = EndorsementFactory()

    organizer_client.post("/admin/members/endorsement/", {"action": "take_back", "_selected_action": [endorsement.pk]})

    assert not Endorsement.objects.exists()


@pytest.mark.parametrize("name", ["skill", "memberskill", "endorsement", "validation"])
def test_the_lists_of_the_admin_answer(organizer_client, name):
    assert organizer_client.get(f"/admin/members/{name}/").status_code == 200
