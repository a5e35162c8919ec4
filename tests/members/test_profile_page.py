"""Who sees which part of whose page, and what other sites are told of it."""

import re

import pytest
from django.test import Client

from members.models import Member
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.events import EventFactory
from tests.factories.members import MemberFactory
from tests.factories.profiles import MemberLinkFactory
from tests.members.open_pages import WORDS, everything, parts_on

pytestmark = pytest.mark.django_db


def words_of(answer) -> str:
    """The page without the token of its forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_a_visitor_sees_of_an_open_page_what_is_for_everybody(client):
    everything("public")

    page = client.get("/members/kim/").content.decode()

    assert parts_on(page) == set(WORDS)


def test_an_unknown_audience_counts_as_the_narrowest(member_client):
    everything("public", headline="friends")

    assert "headline-text" not in member_client.get("/members/kim/").content.decode()


@pytest.mark.parametrize(
    ("fields", "for_members"),
    [
        ({"audiences": {"headline": "public"}}, 200),
        ({"audiences": {"page": "public"}, "in_directory": False}, 404),
        ({"audiences": {"page": "public"}, "is_active": False}, 404),
        ({"audiences": {"page": "members"}}, 200),
    ],
)
def test_a_visitor_gets_no_page_that_its_owner_did_not_open(client, member_client, fields, for_members):
    MemberFactory(handle="kim", **fields)

    closed, unknown = client.get("/members/kim/"), client.get("/members/nobody/")

    assert closed.status_code == unknown.status_code == 404
    assert words_of(closed) == words_of(unknown).replace("nobody", "kim")
    assert "Log in" in closed.content.decode()
    assert member_client.get("/members/kim/").status_code == for_members


def test_owners_see_their_page_as_a_visitor_and_as_a_member(client):
    person = everything("members", headline="public", goals="me")
    client.force_login(person)

    as_visitor = parts_on(client.get("/members/kim/?as=visitor").content.decode())
    as_member = parts_on(client.get("/members/kim/?as=member").content.decode())

    assert as_visitor == {"headline"}
    assert as_member == set(WORDS) - {"goals"}


def test_the_view_as_a_visitor_says_that_visitors_do_not_get_the_page(client):
    person = MemberFactory(audiences={"headline": "public"})
    client.force_login(person)

    page = client.get(f"{person.get_absolute_url()}?as=visitor").content.decode()

    assert "Visitors do not get this page now" in page


def test_nobody_looks_at_the_page_of_another_as_its_owner(member_client):
    everything("me")

    page = member_client.get("/members/kim/?as=yourself").content.decode()

    assert parts_on(page) == set()
    assert "See this page as" not in page


def test_a_community_that_only_its_members_see_is_named_to_nobody_else(client, member_client):
    person = MemberFactory(handle="kim")
    MembershipFactory(member=person, community=CommunityFactory(name="Hidden Circle", visibility="own"))

    assert "Hidden Circle" not in member_client.get("/members/kim/").content.decode()
    client.force_login(person)
    assert "Hidden Circle" in client.get("/members/kim/").content.decode()


def test_a_host_is_introduced_to_visitors_only_by_what_everybody_may_see(client, member_client):
    EventFactory(slug="talk", host=MemberFactory(headline="headline-text", picture_version="abc"))

    assert parts_on(client.get("/events/talk/").content.decode()) == set()
    assert parts_on(member_client.get("/events/talk/").content.decode()) == {"headline", "picture"}


def test_a_quote_on_the_home_page_carries_only_what_everybody_may_see(client):
    MemberFactory(name="Ana Lopes", quote="Good labs.", quote_on_home=True, headline="headline-text")

    page = client.get("/").content.decode()

    assert "Good labs." in page
    assert "headline-text" not in page
    assert "<strong>Ana Lopes</strong>" in page


def test_the_preview_for_other_sites_holds_only_what_everybody_may_see(client):
    everything("members", page="public", biography="public")

    page = client.get("/members/kim/").content.decode()

    assert '<meta property="og:type" content="profile">' in page
    assert '<meta property="og:title" content="Kim Vermeer">' in page
    assert '<meta property="og:description" content="biography-text">' in page
    assert '<meta name="description" content="biography-text">' in page
    assert '<meta name="twitter:card" content="summary">' in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/members/kim/"' in page or '/members/kim/">' in page
    assert 'og:image"' not in page


def test_a_public_picture_is_in_the_preview_with_a_whole_address(client, settings):
    settings.SITE_URL = "https://cop.example"
    everything("public")

    page = client.get("/members/kim/").content.decode()

    assert '<meta property="og:image" content="https://cop.example/members/kim/picture/?v=abc">' in page
    assert '<link rel="canonical" href="https://cop.example/members/kim/">' in page


def test_a_page_for_members_has_no_preview_and_asks_not_to_be_indexed(member_client):
    MemberFactory(handle="kim")

    page = member_client.get("/members/kim/").content.decode()

    assert "og:title" not in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_pause_hides_what_somebody_is_open_to(member_client):
    MemberFactory(handle="kim", open_to_mentor=True, open_to_pairing=True)
    assert "Open to mentoring and working in a pair" in member_client.get("/members/kim/").content.decode()

    Member.objects.filter(handle="kim").update(paused_until="2999-01-01")

    assert "Open to" not in member_client.get("/members/kim/").content.decode()


def test_an_address_in_capitals_finds_the_page(member_client):
    MemberFactory(handle="kim")

    assert member_client.get("/members/KIM/").status_code == 200


def test_who_has_not_accepted_the_code_of_conduct_is_led_there_first():
    from members.models import ConductVersion

    ConductVersion.objects.create(version="2.0")
    browser = Client()
    browser.force_login(MemberFactory(accepts_conduct=False))

    assert browser.get("/members/kim/")["Location"].startswith("/welcome/conduct/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_whatever_it_holds(client, number, django_assert_num_queries):
    person = everything("public")
    for _ in range(number):
        MemberLinkFactory(member=person)
        MembershipFactory(member=person, community=CommunityFactory())

    with django_assert_num_queries(12):
        client.get("/members/kim/")
