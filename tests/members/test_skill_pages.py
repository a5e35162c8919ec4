"""The pages on which skills are named, opened, endorsed and judged."""

import pytest
from django.test import Client

from members.models import Consent, Endorsement, Member, MemberSkill, Validation
from members.operations import expertise, ledger
from tests.factories.members import MemberFactory, VerbFactory
from tests.factories.skills import (
    EndorsementFactory,
    MemberSkillFactory,
    SkillFactory,
    ValidationFactory,
    act_on,
    make_mentor,
    skill_verbs,
    worked_together,
)

pytestmark = pytest.mark.django_db
NEW = {"name": "Ansible", "claimed": "2", "wants": "0"}


@pytest.fixture(autouse=True)
def verbs(db):
    skill_verbs()


@pytest.fixture
def row():
    """Somebody's skill with an act, a word and a judgement behind it."""
    found = MemberSkillFactory(skill__slug="ansible", member__handle="kim", member__name="Kim Vermeer", claimed=3)
    act_on(found.member, "ansible", points=8)
    giver = MemberSkillFactory(skill=found.skill, claimed=4, member__name="Ines Costa").member
    EndorsementFactory(member=found.member, skill=found.skill, by=giver)
    ValidationFactory(member=found.member, skill=found.skill)
    expertise.recompute()
    found.refresh_from_db()
    return found


def text_of(answer):
    return " ".join(answer.content.decode().split())


def agree(*people):
    for person in people:
        Consent.objects.create(member=person, purpose="matching", given=True)


def test_the_list_is_for_members_only(client):
    assert client.get("/me/skills/")["Location"] == "/accounts/login/?next=/me/skills/"


def test_adding_a_skill_shows_it_with_its_three_strengths(member_client, member):
    SkillFactory(slug="ansible", title="Ansible", area="Infrastructure")

    answer = member_client.post("/me/skills/", NEW, follow=True)

    page = text_of(answer)
    assert "“Ansible” is in your list." in page
    assert [part.number for part in answer.context["strengths"][0].parts] == ["2", "0.0", "–"]
    assert MemberSkill.objects.get(member=member).depth == pytest.approx(0.75)


@pytest.mark.parametrize(("field", "value"), [("claimed", "5"), ("claimed", "-1"), ("wants", "7"), ("claimed", "two")])
def test_a_depth_outside_0_to_4_is_named_at_its_field_and_nothing_is_lost(member_client, field, value):
    answer = member_client.post("/me/skills/", {**NEW, "helps": "on", field: value})

    form = answer.context["form"]
    assert answer.status_code == 200
    assert "A depth is a number from 0 to 4" in str(form.errors[field])
    assert (form["name"].value(), form["helps"].value()) == ("Ansible", True)
    assert not MemberSkill.objects.exists()


def test_a_wish_below_the_claim_is_named_at_its_field(member_client):
    answer = member_client.post("/me/skills/", {**NEW, "claimed": "3", "wants": "2"})

    assert "A wish goes beyond" in str(answer.context["form"].errors["wants"])


def test_a_duplicate_and_a_41st_skill_are_refused_at_the_name(member_client, member):
    MemberSkillFactory(member=member, skill__slug="ansible")
    twice = member_client.post("/me/skills/", NEW)
    MemberSkillFactory.create_batch(39, member=member)
    one_more = member_client.post("/me/skills/", {**NEW, "name": "Git"})

    assert "stands in your list already" in str(twice.context["form"].errors["name"])
    assert "40 skills at the most" in str(one_more.context["form"].errors["name"])
    assert one_more.context["form"]["name"].value() == "Git"


def test_choosing_from_the_list_fills_in_the_name(member_client):
    SkillFactory(slug="ansible", title="Ansible")

    assert member_client.get("/me/skills/?skill=ansible").context["form"]["name"].value() == "Ansible"
    assert member_client.get("/me/skills/?skill=nothing").context["form"]["name"].value() == ""


def test_a_proposal_is_shown_to_its_owner_alone(member_client, member):
    member_client.post("/me/skills/", {**NEW, "name": "Beekeeping"})
    other = Client()
    other.force_login(MemberFactory())

    assert "Waits for the stewards" in text_of(member_client.get("/me/skills/"))
    assert "Beekeeping" not in text_of(other.get(f"/members/{member.handle}/skills/"))


def test_changing_and_removing(member_client, member):
    MemberSkillFactory(member=member, skill__slug="ansible", claimed=1)

    member_client.post("/me/skills/ansible/", {"claimed": "2", "wants": "4", "helps": "on"})
    assert list(MemberSkill.objects.values_list("claimed", "wants", "helps")) == [(2, 4, True)]

    assert member_client.get("/me/skills/ansible/remove/").status_code == 405
    member_client.post("/me/skills/ansible/remove/")
    assert not MemberSkill.objects.exists()


def test_the_page_of_somebody_elses_entry_is_not_found(member_client, row):
    assert member_client.get("/me/skills/ansible/").status_code == 404
    assert member_client.post("/me/skills/ansible/remove/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(member_client, member, number, django_assert_num_queries):
    MemberSkillFactory.create_batch(number, member=member)

    with django_assert_num_queries(6):
        member_client.get("/me/skills/")


def test_the_page_of_a_skill_opens_the_rule_and_every_row(member_client, row):
    Member.objects.filter(pk=row.member_id).update(audiences={"acts": "members"})

    answer = member_client.get("/members/kim/skills/ansible/")

    page, opened = text_of(answer), answer.context["detail"]
    assert opened.depth == pytest.approx(row.depth, abs=1e-6)
    assert sum(part.adds for part in opened.summands) == pytest.approx(opened.depth)
    assert [part.weight for part in opened.summands] == [pytest.approx(weight) for weight in (0.3, 0.5, 0.2)]
    assert "8 points, of which 8.00 are left" in page
    assert 'Ines Costa</a> <span class="badge">leads</span>' in page
    assert "Judged: shown" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_skill_costs_the_same_whatever_it_holds(member_client, number, django_assert_num_queries):
    row = MemberSkillFactory(claimed=2)
    for _ in range(number):
        act_on(row.member, row.skill.slug)
        EndorsementFactory(member=row.member, skill=row.skill)
        ValidationFactory(member=row.member, skill=row.skill)

    with django_assert_num_queries(16):
        member_client.get(f"/members/{row.member.handle}/skills/{row.skill.slug}/")


def test_a_claim_far_above_evidence_is_shown_as_not_yet_shown(member_client):
    row = MemberSkillFactory(claimed=4)

    assert "Claimed, not yet shown" in text_of(
        member_client.get(f"/members/{row.member.handle}/skills/{row.skill.slug}/")
    )


@pytest.mark.parametrize(
    ("audiences", "visitor", "other"),
    [({}, 404, 200), ({"skills": "me"}, 404, 404), ({"page": "public", "skills": "public"}, 200, 200),
     ({"page": "public"}, 404, 200), ({"skills": "public"}, 404, 200)],
)  # fmt: skip
@pytest.mark.parametrize("path", ["", "ansible/"])
def test_the_audience_of_skills_is_honoured(client, member_client, row, audiences, visitor, other, path):
    Member.objects.filter(pk=row.member_id).update(audiences=audiences)
    address, own = f"/members/kim/skills/{path}", Client()
    own.force_login(row.member)

    assert client.get(address).status_code == visitor
    assert member_client.get(address).status_code == other
    assert own.get(address).status_code == 200


def test_a_hidden_member_has_no_page_of_skills_and_is_not_named_as_a_giver(member_client, row):
    Member.objects.filter(name="Ines Costa").update(in_directory=False)

    page = text_of(member_client.get("/members/kim/skills/ansible/"))
    assert "Ines Costa" not in page
    assert "A member who is not in the directory <span" in page

    Member.objects.filter(pk=row.member_id).update(in_directory=False)
    assert member_client.get("/members/kim/skills/").status_code == 404


@pytest.mark.parametrize(
    ("audiences", "shown", "rest"),
    [
        ({"acts": "me"}, ["Talk"], "1 act more with 8.0 points left. Kim does not show all of them one by one."),
        ({"acts": "me", "portfolio": "me"}, [], "2 acts with 18.0 points left. Kim does not show them one by one."),
        ({"acts": "members"}, ["Lab", "Talk"], ""),
    ],
)
def test_acts_are_shown_one_by_one_as_far_as_their_owner_shows_them(member_client, row, audiences, shown, rest):
    VerbFactory(slug="talk-given", kind="contribution")
    ledger.record("talk-given", by=row.member, kind="talk", key="1", title="Talk", topic="ansible", points=10)
    Member.objects.filter(pk=row.member_id).update(audiences=audiences)

    answer = member_client.get("/members/kim/skills/ansible/")

    titles = sorted(one.act.object_title.split()[0] for one in answer.context["detail"].first_acts)
    assert titles == shown
    assert rest in text_of(answer)


def test_endorsing_from_the_page_and_taking_it_back(member_client, member, row):
    worked_together(member, row.member)
    address = "/members/kim/skills/ansible/"

    answer = member_client.post(f"{address}endorse/", {"level": "4", "sentence": "Taught me."}, follow=True)
    assert "Your word on “Ansible” stands. Kim is told." in text_of(answer)
    assert Endorsement.objects.get(by=member).level == 4

    member_client.post(f"{address}withdraw/")
    assert not Endorsement.objects.filter(by=member).exists()


def test_endorsing_without_a_shared_activity_says_why_on_the_page(member_client, row):
    address = "/members/kim/skills/ansible/"

    shown = text_of(member_client.get(address))
    tried = member_client.post(f"{address}endorse/", {"level": "4", "sentence": "Taught me."})

    assert "You and Kim have not worked together here yet." in shown
    assert "have not worked together here yet" in str(tried.context["endorsing"].non_field_errors())
    assert Endorsement.objects.count() == 1


def test_a_faulty_endorsement_keeps_what_was_typed(member_client, member, row):
    worked_together(member, row.member)

    answer = member_client.post("/members/kim/skills/ansible/endorse/", {"level": "9", "sentence": "Taught me."})

    assert "A level is a number from 1 to 4" in str(answer.context["endorsing"].errors["level"])
    assert answer.context["endorsing"]["sentence"].value() == "Taught me."


def test_only_mentors_see_the_form_for_a_judgement_and_depth_two_is_told_why(member_client, member, row):
    address = "/members/kim/skills/ansible/"
    assert "Judge it from evidence" not in text_of(member_client.get(address))

    make_mentor(member)
    MemberSkillFactory(member=member, skill=row.skill, depth=2)
    shown = text_of(member_client.get(address))
    asked = {"evidence": "https://example.org/", "level": "3", "decision": "shown", "note": "Ran it."}
    tried = member_client.post(f"{address}validate/", asked)

    assert "you need depth 3 in it yourself; yours is 2.0" in shown
    assert "you need depth 3" in str(tried.context["validating"].non_field_errors())
    assert Validation.objects.count() == 1


def test_a_mentor_judges_from_an_act_of_the_ledger(member_client, member, row):
    make_mentor(member)
    MemberSkillFactory(member=member, skill=row.skill, depth=3.2)
    Member.objects.filter(pk=row.member_id).update(audiences={"acts": "members"})
    act = row.member.activities.get()
    asked = {"act": act.pk, "level": "3", "decision": "not-yet", "note": "Half of it runs."}

    member_client.post("/members/kim/skills/ansible/validate/", asked)

    made = Validation.objects.get(by=member)
    assert (made.decision, made.evidence[:15]) == ("not-yet", "“Lab ansible-0”")


def test_a_judgement_without_evidence_is_refused_at_its_field(member_client, member, row):
    make_mentor(member)
    MemberSkillFactory(member=member, skill=row.skill, depth=3.2)

    answer = member_client.post(
        "/members/kim/skills/ansible/validate/", {"level": "3", "decision": "shown", "note": "Ran it."}
    )

    assert "Choose an act above" in str(answer.context["validating"].errors["evidence"])
    assert answer.context["validating"]["note"].value() == "Ran it."


def pair(member, **fields):
    """The member knows Git and wishes Ansible; the other one the other way round."""
    other = MemberFactory(handle="kim", name="Kim Vermeer", **fields)
    git, ansible = SkillFactory(slug="git"), SkillFactory(slug="ansible")
    for who, knows, wishes in [(member, git, ansible), (other, ansible, git)]:
        MemberSkillFactory(member=who, skill=knows, claimed=4, depth=4)
        MemberSkillFactory(member=who, skill=wishes, wants=4)
    return other


def test_two_who_agreed_see_what_they_can_teach_and_learn_with_the_numbers(member_client, member):
    agree(member, pair(member))

    profile = text_of(member_client.get("/members/kim/"))
    numbers = text_of(member_client.get("/members/kim/skills/"))

    assert 'You can learn <a href="/members/kim/skills/ansible/">Ansible</a>' in profile
    assert "You can teach <b>Git</b>" in profile
    assert "add up to 8.0 steps of depth. Together you can meet 8.0 of them: <b>1.00</b>" in numbers
    assert "You wish Ansible 4, Kim has 4.0: 4.0" in numbers


@pytest.mark.parametrize("who", ["nobody", "viewer", "person"])
def test_without_the_consent_of_both_nothing_is_computed(member_client, member, who):
    other = pair(member)
    agree(*{"nobody": [], "viewer": [member], "person": [other]}[who])

    page = text_of(member_client.get("/members/kim/"))

    assert "You can learn" not in page
    assert ("agree to matching" in page) is (who != "viewer")


def test_a_pair_without_any_wish_has_not_enough_data(member_client, member):
    other = MemberFactory(handle="kim")
    agree(member, other)
    MemberSkillFactory(member=other, claimed=3, depth=3)

    assert "Not enough data" in text_of(member_client.get("/members/kim/"))


def test_who_asked_for_a_pause_is_not_matched(member_client, member):
    agree(member, pair(member, paused_until="2999-01-01"))

    assert "You can learn" not in text_of(member_client.get("/members/kim/"))
