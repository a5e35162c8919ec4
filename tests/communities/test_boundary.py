"""Coming in: what is asked, one by one; asking, answering, inviting."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import CommunityInvitation, Criterion, JoinRequest, Membership
from communities.operations import boundary
from communities.operations.membership import join
from communities.queries.boundary import way_in
from cop.lib.errors import Refused
from members.models import Level, LevelAward, MemberSkill, Notice, Skill
from members.operations import ledger
from tests.communities.test_membership import at_once
from tests.factories.communities import (
    BoundaryFactory,
    CriterionFactory,
    JoinRequestFactory,
    MembershipFactory,
)
from tests.factories.members import MemberFactory, VerbFactory, add_verbs
from tests.factories.modules import PublishedModuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def verbs(db):
    add_verbs({"community-joined": 0, "module-completed": 5})


@pytest.fixture
def circle():
    """A community at whose door people ask."""
    return BoundaryFactory(community__slug="circle", community__name="Circle", door="ask").community


def lead_of(community, **fields):
    return MembershipFactory(community=community, role="lead", **fields).member


def finish_module(member, slug="ai-foundations"):
    return ledger.record("module-completed", by=member, kind="module", key=slug, title=slug)


def asks_for(community, kind, value, **fields):
    return CriterionFactory(boundary=community.boundary, kind=kind, value=value, **fields)


def unmet(community, member):
    return [(demand.title, demand.standing, demand.address) for demand in way_in(community, member).unmet]


def told(kind):
    return list(Notice.objects.filter(kind=kind).values_list("member__name", "title"))


def test_a_missing_module_is_the_one_thing_that_is_listed_with_the_way_to_it(member, circle):
    PublishedModuleFactory(slug="ai-foundations", title="AI Foundations")
    asks_for(circle, "module", "ai-foundations")

    assert unmet(circle, member) == [
        ("Finish the module “AI Foundations”", "You have not finished it.", "/modules/ai-foundations/")
    ]


def test_a_finished_module_meets_the_criterion_until_it_is_taken_back(member, circle):
    asks_for(circle, "module", "ai-foundations")
    act = finish_module(member)
    assert unmet(circle, member) == []
    VerbFactory(slug="correction", points=0)

    ledger.reverse(act, by=MemberFactory(), reason="It was a test")

    assert len(unmet(circle, member)) == 1


def test_unmet_criteria_of_every_kind_stand_in_their_order(member, circle):
    Level.objects.create(slug="builder", order=2, title="Builder")
    Skill.objects.create(slug="rust", title="Rust")
    asks_for(circle, "organisation", "Harbour Labs", order=3)
    asks_for(circle, "skill", "rust", at_least=3, order=2)
    asks_for(circle, "level", "builder", order=1)
    asks_for(circle, "question", "Why do you come?", order=0)

    assert unmet(circle, member) == [
        ("Hold the level Builder or a higher one", "You hold no level yet.", "/levels/"),
        ("Rust: depth 3 or more, leads with it", "It is not among your skills.", "/me/skills/"),
        ("Work at Harbour Labs", "Your profile names no organisation.", "/me/profile/"),
    ]


def test_a_higher_level_a_deeper_skill_and_the_organisation_in_other_letters_meet_the_criteria(circle):
    member = MemberFactory(organisation=" harbour LABS")
    builder, mentor = (Level.objects.create(slug=s, order=n, title=s) for n, s in ((2, "builder"), (3, "mentor")))
    LevelAward.objects.create(member=member, level=mentor, reason="Reviewed work")
    MemberSkill.objects.create(member=member, skill=Skill.objects.create(slug="rust", title="Rust"), depth=3.2)
    asks_for(circle, "level", builder.slug)
    asks_for(circle, "skill", "rust", at_least=3)
    asks_for(circle, "organisation", "Harbour Labs")

    assert unmet(circle, member) == []


def test_a_revoked_level_and_a_shallow_skill_do_not_meet_the_criteria(member, circle):
    level = Level.objects.create(slug="builder", order=2, title="Builder")
    LevelAward.objects.create(member=member, level=level, reason="By mistake", revoked_at=timezone.now())
    MemberSkill.objects.create(member=member, skill=Skill.objects.create(slug="rust", title="Rust"), depth=2.9)
    asks_for(circle, "level", "builder", order=1)
    asks_for(circle, "skill", "rust", at_least=3, order=2)

    assert [standing for _, standing, _ in unmet(circle, member)] == ["You hold no level yet.", "Your depth is 2.9."]


def test_joining_an_open_community_without_its_criterion_is_refused(member):
    community = CriterionFactory(value="ai-foundations").boundary.community

    with pytest.raises(Refused, match="Finish the module “Ai foundations”"):
        join(community, by=member)

    assert not Membership.objects.exists()


def test_an_open_door_with_a_question_keeps_the_answer(member):
    question = CriterionFactory(kind="question", value="What do you build?")
    community = question.boundary.community

    with pytest.raises(Refused, match="Answer the question “What do you build\\?” first"):
        join(community, by=member, answers={question.pk: "  "})
    join(community, by=member, answers={question.pk: "Rails"})

    asked = JoinRequest.objects.get()
    assert (asked.state, asked.answers) == ("accepted", [{"question": "What do you build?", "answer": "Rails"}])
    assert Membership.objects.get().member == member


@pytest.mark.parametrize("door", ["ask", "invite"])
def test_a_door_that_is_not_open_lets_nobody_join_at_once(member, door):
    community = BoundaryFactory(door=door).community

    with pytest.raises(Refused, match="does not let everybody in"):
        join(community, by=member)


def test_asking_twice_finds_the_first_request_and_tells_the_leads_once(member, circle):
    lead_of(circle, member__name="Hanna")
    MembershipFactory(community=circle, role="deputy", member__name="Ines")
    MembershipFactory(community=circle, role="core")

    first, second = boundary.ask(circle, by=member), boundary.ask(circle, by=member)

    assert first == second
    title = f"{member.name} asks to join Circle"
    assert sorted(told("community-request")) == [("Hanna", title), ("Ines", title)]


def test_a_lead_who_pauses_is_not_asked_and_the_organizers_are(member, circle):
    lead_of(circle, member__paused_until=timezone.localdate() + timedelta(days=3))
    MemberFactory(name="Bart", is_staff=True)

    boundary.ask(circle, by=member)

    assert [name for name, _ in told("community-request")] == ["Bart"]


def test_asking_without_the_module_is_refused(member, circle):
    asks_for(circle, "module", "ai-foundations")

    with pytest.raises(Refused, match="asks for more before you can come in"):
        boundary.ask(circle, by=member)

    assert not JoinRequest.objects.exists()


def test_an_accepted_request_makes_a_member_and_tells_them(member, circle):
    asked = boundary.ask(circle, by=member)

    boundary.decide(asked, accept=True, by=lead_of(circle, member__name="Hanna"), note="Welcome")

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by.name, asked.note) == ("accepted", "Hanna", "Welcome")
    assert Membership.objects.get(member=member).role == "member"
    assert told("community-answered") == [(member.name, "You belong to Circle now")]


def test_a_declined_request_says_why_and_can_be_made_again(member, circle):
    asked = boundary.ask(circle, by=member)

    boundary.decide(asked, accept=False, by=lead_of(circle, member__name="Hanna"), note="Too early")

    assert Notice.objects.get(kind="community-answered").text == "Hanna writes: Too early"
    assert not Membership.objects.filter(member=member).exists()
    assert boundary.ask(circle, by=member).pk != asked.pk


def test_a_second_decision_is_refused_as_a_lost_race(circle):
    asked = JoinRequestFactory(community=circle)
    boundary.decide(asked, accept=True, by=lead_of(circle, member__name="Hanna"))

    with pytest.raises(Refused, match="answered by Hanna already: accepted") as refusal:
        boundary.decide(asked, accept=False, by=lead_of(circle))

    assert refusal.value.lost_race


def test_an_ordinary_member_decides_nothing(circle):
    asked = JoinRequestFactory(community=circle)

    with pytest.raises(Refused, match="Only those who lead"):
        boundary.decide(asked, accept=True, by=MembershipFactory(community=circle).member)


def test_a_request_that_was_taken_back_cannot_be_accepted(member, circle):
    asked = boundary.ask(circle, by=member)
    boundary.withdraw(circle, by=member)

    with pytest.raises(Refused, match="withdrawn"):
        boundary.decide(asked, accept=True, by=lead_of(circle))


def test_an_invitation_takes_the_place_of_asking_and_of_the_question(member, circle):
    asks_for(circle, "question", "Why do you come?")
    boundary.invite(circle, handle=f"@{member.handle}", by=lead_of(circle))

    boundary.answer(circle, accept=True, by=member)

    assert Membership.objects.filter(member=member, status="active").exists()
    assert CommunityInvitation.objects.get().accepted is True


def test_an_invitation_does_not_lift_what_the_members_ask_for(member, circle):
    asks_for(circle, "module", "ai-foundations")
    boundary.invite(circle, handle=member.handle, by=lead_of(circle))

    with pytest.raises(Refused, match="Finish the module"):
        boundary.answer(circle, accept=True, by=member)

    finish_module(member)
    assert boundary.answer(circle, accept=True, by=member).member == member


def test_inviting_twice_finds_the_first_and_a_declined_one_can_be_repeated(member, circle):
    lead = lead_of(circle)
    first = boundary.invite(circle, handle=member.handle, by=lead)
    assert boundary.invite(circle, handle=member.handle, by=lead) == first
    boundary.answer(circle, accept=False, by=member)

    again = boundary.invite(circle, handle=member.handle, by=lead)

    assert again != first
    assert told("community-answered") == [(lead.name, f"{member.name} does not join Circle for now")]


def test_a_hidden_member_is_invited_no_more_than_one_who_does_not_exist(circle):
    lead = lead_of(circle)
    hidden = MemberFactory(handle="hidden", in_directory=False)

    for handle in (hidden.handle, "nobody"):
        with pytest.raises(Refused, match=f"There is no “{handle}” in the directory"):
            boundary.invite(circle, handle=handle, by=lead)


def test_who_pauses_cannot_be_invited(circle):
    MemberFactory(handle="kim", name="Kim", paused_until=timezone.localdate())

    with pytest.raises(Refused, match="Kim cannot be asked at the moment"):
        boundary.invite(circle, handle="kim", by=lead_of(circle))


def test_who_has_asked_is_answered_and_not_invited(member, circle):
    boundary.ask(circle, by=member)

    with pytest.raises(Refused, match="has asked to come in"):
        boundary.invite(circle, handle=member.handle, by=lead_of(circle))


def test_the_way_in_takes_the_same_queries_for_one_and_three_criteria_of_a_kind(
    member, circle, django_assert_num_queries
):
    asks_for(circle, "module", "one")
    with django_assert_num_queries(7):
        assert len(way_in(circle.__class__.objects.get(), member).demands) == 1
    asks_for(circle, "module", "two")
    asks_for(circle, "module", "three")

    with django_assert_num_queries(7):
        assert len(way_in(circle.__class__.objects.get(), member).demands) == 3


@pytest.mark.django_db(transaction=True)
def test_a_request_that_24_leads_decide_at_once_is_decided_once():
    community = BoundaryFactory(door="ask").community
    asked = JoinRequestFactory(community=community)
    leads = [lead_of(community) for _ in range(24)]
    refusals = []

    def decide(number):
        try:
            boundary.decide(asked, accept=number % 2 == 0, by=leads[number])
        except Refused as refusal:
            refusals.append(refusal.lost_race)

    at_once(decide, range(24))

    asked.refresh_from_db()
    assert refusals == [True] * 23
    assert Membership.objects.filter(member=asked.member).exists() == (asked.state == "accepted")
    assert Notice.objects.filter(kind="community-answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_asks_24_times_at_once_has_one_request():
    community, member = BoundaryFactory(door="ask").community, MemberFactory()

    at_once(lambda _: boundary.ask(community, by=member), range(24))

    assert JoinRequest.objects.count() == 1


def test_the_database_refuses_a_criterion_that_stands_twice():
    from django.db import IntegrityError, transaction

    first = CriterionFactory()

    with pytest.raises(IntegrityError, match="each_criterion_of_a_boundary_once"), transaction.atomic():
        Criterion.objects.create(boundary=first.boundary, kind=first.kind, value=first.value)
