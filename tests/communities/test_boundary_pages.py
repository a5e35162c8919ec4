"""The pages on which people ask to come in, and on which leads answer."""

import pytest
from django.test import Client

from communities.models import JoinRequest, Membership
from communities.operations import boundary
from tests.communities.test_boundary import asks_for, finish_module, lead_of
from tests.communities.test_pages import text_of
from tests.factories.communities import BoundaryFactory, CommunityFactory, JoinRequestFactory, MembershipFactory
from tests.factories.members import MemberFactory, add_verbs
from tests.factories.modules import PublishedModuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def verbs(db):
    add_verbs({"community-joined": 0, "module-completed": 5})


@pytest.fixture
def circle():
    return BoundaryFactory(community__slug="circle", community__name="Circle", door="ask").community


def browser_of(member):
    client = Client()
    client.force_login(member)
    return client


def test_the_page_lists_the_one_missing_module_and_offers_no_form(member_client, circle):
    PublishedModuleFactory(slug="ai-foundations", title="AI Foundations")
    PublishedModuleFactory(slug="done", title="Done")
    asks_for(circle, "module", "ai-foundations")

    page = text_of(member_client.get("/communities/circle/apply/"))

    assert "One thing is missing." in page
    assert "Finish the module “AI Foundations”" in page
    assert '<a href="/modules/ai-foundations/">Go to the module' in page
    assert ">Ask to join</button>" not in page


def test_with_the_module_the_question_is_asked_and_the_answer_reaches_the_lead(member, member_client, circle):
    asks_for(circle, "module", "ai-foundations")
    question = asks_for(circle, "question", "What do you measure?")
    finish_module(member)
    assert "You have all of it." in text_of(member_client.get("/communities/circle/apply/"))

    answer = member_client.post("/communities/circle/apply/", {f"answer-{question.pk}": "Latency"}, follow=True)

    assert "You have asked to join" in text_of(answer)
    requests = text_of(browser_of(lead_of(circle)).get("/communities/circle/requests/"))
    assert "<b>What do you measure?</b><br>Latency" in requests


def test_an_empty_answer_comes_back_with_the_fault_and_asks_nothing(member_client, circle):
    question = asks_for(circle, "question", "What do you measure?")

    answer = member_client.post("/communities/circle/apply/", {f"answer-{question.pk}": ""})

    assert answer.status_code == 200
    assert answer.context["form"].errors == {f"answer-{question.pk}": ["Write a sentence or two."]}
    assert not JoinRequest.objects.exists()


def test_the_join_button_leads_to_what_is_asked(member_client, circle):
    answer = member_client.post("/communities/circle/join/")

    assert (answer.status_code, answer.url) == (302, "/communities/circle/apply/")


def test_a_lead_accepts_and_the_newcomer_is_in(member, circle):
    asked = boundary.ask(circle, by=member)

    answer = browser_of(lead_of(circle)).post(
        f"/communities/circle/requests/{asked.pk}/", {"accept": "1", "note": "Welcome"}, follow=True
    )

    assert f"{member.name} belongs to Circle now, and has been told." in text_of(answer)
    assert Membership.objects.filter(member=member, status="active").exists()


def test_a_second_decision_answers_409_and_changes_nothing(circle):
    asked = JoinRequestFactory(community=circle)
    first, second = lead_of(circle), lead_of(circle)
    browser_of(first).post(f"/communities/circle/requests/{asked.pk}/", {"decline": "1"})

    answer = browser_of(second).post(f"/communities/circle/requests/{asked.pk}/", {"accept": "1"})

    assert answer.status_code == 409
    assert f"This request was answered by {first.name} already" in text_of(answer)
    assert not Membership.objects.filter(member=asked.member).exists()


@pytest.mark.parametrize("page", ["requests/", "members/"])
def test_pages_of_leads_do_not_exist_for_others(member, member_client, client, circle, page):
    assert client.get(f"/communities/circle/{page}").status_code == 302
    assert member_client.get(f"/communities/circle/{page}").status_code == 404
    MembershipFactory(community=circle, member=member, role="core")

    assert member_client.get(f"/communities/circle/{page}").status_code == 404


def test_a_lead_of_another_community_decides_nothing_here(member, circle):
    elsewhere = CommunityFactory(slug="elsewhere")
    asked = boundary.ask(circle, by=member)

    answer = browser_of(lead_of(elsewhere)).post(f"/communities/elsewhere/requests/{asked.pk}/", {"accept": "1"})

    assert answer.status_code == 404


def test_a_lead_invites_by_handle_and_the_member_accepts_on_the_page(member, member_client, circle):
    lead = browser_of(lead_of(circle, member__name="Hanna"))
    said = lead.post("/communities/circle/invite/", {"handle": member.handle}, follow=True)
    assert f"{member.name} is invited and has been told." in text_of(said)
    assert "By Hanna" in text_of(member_client.get("/communities/circle/"))

    answer = member_client.post("/communities/circle/invitation/accept/", follow=True)

    assert "You belong to Circle now." in text_of(answer)


def test_an_unknown_handle_comes_back_with_what_was_typed(circle):
    answer = browser_of(lead_of(circle)).post("/communities/circle/invite/", {"handle": "nobody"})

    assert "There is no “nobody” in the directory." in text_of(answer)
    assert 'value="nobody"' in text_of(answer)


def test_a_lead_makes_a_deputy_and_an_organizer_makes_a_lead(organizer_client, circle):
    mine = MembershipFactory(community=circle)

    browser_of(lead_of(circle)).post(f"/communities/circle/members/{mine.pk}/role/", {"role": "deputy"})
    mine.refresh_from_db()
    assert mine.role == "deputy"

    organizer_client.post(f"/communities/circle/members/{mine.pk}/role/", {"role": "lead"})
    mine.refresh_from_db()
    assert mine.role == "lead"


def test_a_lead_makes_no_second_lead_and_unmakes_none(circle):
    one, other = lead_of(circle), MembershipFactory(community=circle, role="lead")
    plain = MembershipFactory(community=circle)

    for mine, role in ((plain, "lead"), (other, "member"), (plain, "emperor")):
        said = browser_of(one).post(f"/communities/circle/members/{mine.pk}/role/", {"role": role}, follow=True)
        assert "You cannot give this role." in text_of(said)

    assert set(Membership.objects.values_list("role", flat=True)) == {"lead", "member"}


def test_hidden_members_are_counted_for_leads_and_not_named(circle):
    MembershipFactory(community=circle, member__name="Secret Person", member__in_directory=False)
    MembershipFactory(community=circle, member__name="Ines Carvalho")

    page = text_of(browser_of(lead_of(circle)).get("/communities/circle/members/"))

    assert ["Secret Person" in page, "Ines Carvalho" in page] == [False, True]
    assert "A few more do not show themselves in the directory." in page


def test_a_community_of_its_own_members_is_unknown_to_others(client, member, member_client):
    community = CommunityFactory(slug="room", name="Secret room", visibility="own")
    pages = ["", "charter/", "apply/"]

    assert [member_client.get(f"/communities/room/{page}").status_code for page in pages] == [404, 404, 404]
    assert member_client.post("/communities/room/join/").status_code == 404
    assert "Secret room" not in text_of(member_client.get("/communities/"))
    MembershipFactory(community=community, member=member)

    assert member_client.get("/communities/room/").status_code == 200
    assert "Secret room" in text_of(member_client.get("/communities/"))


def test_an_invited_member_sees_the_hidden_community_until_they_decline(member, member_client):
    community = CommunityFactory(slug="room", visibility="own")
    boundary.invite(community, handle=member.handle, by=lead_of(community))
    assert member_client.get("/communities/room/").status_code == 200

    answer = member_client.post("/communities/room/invitation/decline/")

    assert (answer.status_code, answer.url) == (302, "/communities/")
    assert member_client.get("/communities/room/").status_code == 404


def test_a_community_for_members_is_unknown_to_visitors(client, member_client):
    CommunityFactory(slug="inside", name="Inside", visibility="members")

    assert [browser.get("/communities/inside/").status_code for browser in (client, member_client)] == [404, 200]
    assert "Inside" not in text_of(client.get("/communities/"))


def test_a_hidden_parent_and_hidden_children_are_not_named(client):
    hidden = CommunityFactory(name="Hidden hill", visibility="own")
    CommunityFactory(slug="below", parent=hidden)
    shown = CommunityFactory(slug="above")
    CommunityFactory(name="Hidden cellar", visibility="own", parent=shown)

    assert "Hidden hill" not in text_of(client.get("/communities/below/"))
    assert "Hidden cellar" not in text_of(client.get("/communities/above/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_requests_takes_the_same_queries_for_any_length(circle, rows, django_assert_num_queries):
    lead = browser_of(lead_of(circle))
    JoinRequestFactory.create_batch(rows, community=circle)
    for asked in JoinRequestFactory.create_batch(rows, community=circle):
        boundary.decide(asked, accept=False, by=MemberFactory(is_staff=True))
    lead.get("/communities/")

    with django_assert_num_queries(6):
        lead.get("/communities/circle/requests/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_members_takes_the_same_queries_for_any_length(circle, rows, django_assert_num_queries):
    leader = lead_of(circle)
    lead = browser_of(leader)
    MembershipFactory.create_batch(rows, community=circle)
    for one in MemberFactory.create_batch(rows):
        boundary.invite(circle, handle=one.handle, by=leader)
    lead.get("/communities/")

    with django_assert_num_queries(9):
        lead.get("/communities/circle/members/")
