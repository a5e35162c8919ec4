import pytest

from communities.models import Membership
from communities.queries.people import primary_of
from governance.operations.documents import draft_version, put_in_force
from members.models import Member
from members.queries.conduct import version_to_accept
from tests.factories.communities import ChannelFactory, CommunityFactory, MembershipFactory
from tests.factories.governance import GoverningDocumentFactory
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def joining_counts(db):
    VerbFactory(slug="community-joined", points=0)


@pytest.fixture
def sre():
    return CommunityFactory(slug="sre", name="SRE", why="Less noise", brings=["incident data"], success="Calm nights")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_a_community_page_shows_why_brings_and_success_to_visitors(client, sre):
    page = text_of(client.get("/communities/sre/"))

    assert "Less noise." in page
    assert "<span>Incident data</span>" in page
    assert "Calm nights." in page
    assert "Log in to join" in page


def test_an_unknown_community_answers_404(client):
    assert client.get("/communities/nothing/").status_code == 404


def test_four_members_are_not_counted_in_public_and_five_are(client, sre):
    MembershipFactory.create_batch(4, community=sre)
    assert "A small group so far" in text_of(client.get("/communities/"))

    MembershipFactory(community=sre)

    assert "5 members" in text_of(client.get("/communities/"))


def test_those_who_left_or_are_gone_are_not_counted(client, sre):
    MembershipFactory.create_batch(5, community=sre)
    Membership.objects.filter(pk=Membership.objects.last().pk).update(status="left", left_at="2026-11-01T00:00Z")

    assert "A small group so far" in text_of(client.get("/communities/"))


def test_names_are_shown_to_members_only(client, member_client, sre):
    MembershipFactory(community=sre, member__name="Ines Carvalho")
    MembershipFactory(community=sre, member__name="Secret Person", member__in_directory=False)
    MembershipFactory(community=sre, member__name="Hanna Lindqvist", role="lead")

    visitor, inside = text_of(client.get("/communities/sre/")), text_of(member_client.get("/communities/sre/"))

    assert [name in visitor for name in ("Ines", "Secret", "Hanna")] == [False, False, False]
    assert [name in inside for name in ("Ines", "Secret", "Hanna")] == [True, False, True]


def test_a_lead_who_is_hidden_has_no_name_on_the_page(member_client, sre):
    MembershipFactory(community=sre, member__name="Secret Person", role="lead", member__in_directory=False)

    page = text_of(member_client.get("/communities/sre/"))

    assert "Does not show themselves in the directory" in page
    assert "Secret" not in page


def test_a_member_joins_by_post_and_sees_the_box_of_a_member(member_client, member, sre):
    answer = member_client.post("/communities/sre/join/", follow=True)

    assert answer.redirect_chain == [("/communities/sre/", 302)]
    assert "You belong to SRE now." in text_of(answer)
    assert Membership.objects.get().member == member
    assert "Make it my primary community" in text_of(answer)


def test_a_member_makes_it_primary_and_leaves_by_post(member_client, member, sre):
    chosen = member_client.post("/communities/sre/primary/", follow=True)
    assert "Your primary community" in text_of(chosen)
    assert primary_of(member) == sre

    left = member_client.post("/communities/sre/leave/", follow=True)

    assert "You have left SRE." in text_of(left)
    assert primary_of(member) is None


def test_joining_a_closed_community_says_why_not(member_client, sre):
    CommunityFactory(slug="old", name="Old", is_archived=True)

    answer = member_client.post("/communities/old/join/", follow=True)

    assert "“Old” is closed. It stays readable, but nobody joins it any more." in text_of(answer)
    assert not Membership.objects.exists()


def test_an_archived_community_stays_readable_but_leaves_the_list(client, sre):
    CommunityFactory(slug="old", name="Old guard", is_archived=True)

    assert "This community is closed." in text_of(client.get("/communities/old/"))
    assert "Old guard" not in text_of(client.get("/communities/"))


@pytest.mark.parametrize("act", ["join", "leave", "primary"])
def test_a_visitor_is_led_to_log_in_and_nothing_happens(client, sre, act):
    answer = client.post(f"/communities/sre/{act}/")

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next=/communities/sre/{act}/")
    assert not Membership.objects.exists()


@pytest.mark.parametrize("act", ["join", "leave", "primary"])
def test_acting_by_get_only_leads_to_the_page(member_client, sre, act):
    answer = member_client.get(f"/communities/sre/{act}/")

    assert (answer.status_code, answer.url) == (302, "/communities/sre/")
    assert not Membership.objects.exists()


def test_a_way_back_to_another_site_is_not_followed(member_client, sre):
    answer = member_client.post("/communities/sre/join/", {"next": "https://example.org/"})

    assert answer.url == "/communities/sre/"


def test_a_new_code_of_conduct_asks_members_again(member_client, member, sre):
    conduct = GoverningDocumentFactory(slug="code-of-conduct", kind="conduct")
    assert version_to_accept(member) == ""

    put_in_force(draft_version(conduct, version="2.0", body="Be kind."), by=MemberFactory())

    assert version_to_accept(Member.objects.get(pk=member.pk)) == "2.0"
    answer = member_client.post("/communities/sre/join/")
    assert (answer.status_code, answer.url) == (302, "/welcome/conduct/?next=%2Fdashboard%2F")
    assert not Membership.objects.exists()


def test_communities_stand_in_their_order_target_communities_first(client):
    CommunityFactory(name="Spark", order=1, kind="interest-group")
    CommunityFactory(name="Second", order=3)
    CommunityFactory(name="First", order=2)

    page = text_of(client.get("/communities/"))

    assert page.index(">First<") < page.index(">Second<") < page.index(">Spark<")


def test_a_planned_channel_shows_no_address(client):
    ChannelFactory(url="https://discord.gg/x")

    assert "discord.gg" not in text_of(client.get("/connect/"))


def test_every_channel_is_listed_with_its_reason_and_rules(client):
    ChannelFactory(status="active", url="https://discord.gg/x", why="Quick answers", rules="No secrets")
    ChannelFactory(platform="Zoom", function="Live events")

    page = text_of(client.get("/connect/"))

    assert 'href="https://discord.gg/x" rel="noopener"' in page
    assert "Open Discord</a>" in page
    assert "Quick answers." in page
    assert "No secrets" in page
    assert page.index("In use") < page.index("Core community") < page.index("Not open yet") < page.index("Live events")


def test_connect_without_channels_says_what_will_be_here(client):
    assert "The first place opens soon" in text_of(client.get("/connect/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_communities_takes_the_same_queries_for_any_length(member_client, rows, django_assert_num_queries):
    CommunityFactory.create_batch(rows)
    MembershipFactory.create_batch(rows, community__kind="interest-group")
    member_client.get("/communities/")  # the brand is in the cache from now on

    with django_assert_num_queries(4):
        member_client.get("/communities/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_community_page_takes_the_same_queries_for_any_length(member_client, sre, rows, django_assert_num_queries):
    MembershipFactory.create_batch(rows, community=sre)
    MembershipFactory.create_batch(rows, community=sre, role="lead")
    ChannelFactory.create_batch(rows, community=sre)
    CommunityFactory.create_batch(rows, parent=sre)
    member_client.get("/communities/")

    with django_assert_num_queries(17):
        member_client.get("/communities/sre/")


@pytest.mark.parametrize("rows", [1, 3])
def test_connect_takes_the_same_queries_for_any_length(client, rows, django_assert_num_queries):
    ChannelFactory.create_batch(rows)
    client.get("/connect/")

    with django_assert_num_queries(1):
        client.get("/connect/")
