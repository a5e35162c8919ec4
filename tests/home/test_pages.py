import pytest
from django.core.cache import cache
from django.test import Client

from cop.home.queries.dashboard import greeting
from cop.site.models import SiteBrand
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/about/", "/styleguide/", "/levels/", "/personas/", "/personas/kim/"])
def test_public_pages_answer_with_the_whole_starter_community(community, client, address):
    assert client.get(address).status_code == 200


def test_the_home_page_answers_before_anything_is_loaded(client):
    assert client.get("/").status_code == 200


def test_a_new_name_of_the_community_shows_on_the_home_page(community, client):
    SiteBrand.objects.update(abbreviation="Circle")
    cache.delete("brand")

    assert "– Circle</title>" in client.get("/").content.decode()


def test_fewer_than_five_members_are_not_shown_as_a_figure(community, client):
    MemberFactory.create_batch(4)
    assert "<dt>Members</dt>" not in client.get("/").content.decode()

    MemberFactory()
    assert "5 people" in client.get("/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_home_page_costs_the_same_whatever_it_holds(community, client, number, django_assert_num_queries):
    MemberFactory.create_batch(number)
    client.get("/")

    with django_assert_num_queries(10):
        client.get("/")


def test_an_unknown_address_gives_our_own_page_with_a_way_on(client):
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "There is no page here" in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_words():
    answer = Client(enforce_csrf_checks=True).post("/appearance/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "This form has expired" in answer.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH"])
def test_odd_methods_are_refused(client, method):
    assert client.generic(method, "/").status_code == 405


def test_pages_of_a_member_stay_out_of_caches(member_client):
    assert member_client.get("/about/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("theme", "kept"), [("dark", "dark"), ("light", "light"), ("pink", ""), ("", "")])
def test_the_choice_of_light_or_dark_is_kept(client, theme, kept):
    client.post("/appearance/", {"theme": theme, "next": "/about/"})

    assert client.cookies["theme"].value == kept


def test_the_policy_allows_nothing_inline_and_no_other_host(client):
    policy = client.get("/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("hour", "words"), [(4, "Good evening"), (8, "Good morning"), (13, "Good afternoon"), (19, "Good evening")]
)
def test_the_greeting_fits_the_hour(hour, words):
    assert greeting(hour) == words
