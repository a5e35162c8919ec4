"""The directory's page: who is found, in which order, with which numbers, and what is never shown."""

from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client

from members.directory_wish import Wish
from members.models import Member, Skill
from members.operations.directory_rebuild import rebuild
from members.queries.directory import Directory
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.members import MemberFactory, PersonaFactory
from tests.members.people import counts, holds, knows, names, person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def member(db):
    """The one who looks; hidden, so that lists hold only the others."""
    return MemberFactory(name="Viewer", in_directory=False, time_zone="Europe/Amsterdam")


def test_the_directory_is_for_members_only(client):
    answer = client.get("/members/?skill=ansible")

    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/members/%3Fskill%3Dansible"


def test_a_part_of_the_page_leads_a_visitor_to_the_whole_log_in_page(client):
    answer = client.get("/members/", headers=HTMX)

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/accounts/login/?next=/members/")


def test_everybody_in_the_directory_is_listed_newest_first_and_nobody_else(member_client):
    for name in ("First", "Second", "Third"):
        person(name)
    person("Hidden", in_directory=False)
    person("Inactive", is_active=False)

    assert names(member_client, "") == ["Third", "Second", "First"]


def test_each_filter_finds_exactly_who_says_so(member_client):
    one = person(
        "One", languages=["nl", "en"], function="data", sector="public", country="NL", hours_per_week=4,
        open_to_mentor=True, persona=PersonaFactory(slug="kim"), time_zone="Europe/Lisbon",
    )  # fmt: skip
    person("Other", languages=["de"], function="security", sector="industry", country="DE", hours_per_week=1,
           open_to_pairing=True, persona=PersonaFactory(slug="leo"), time_zone="Asia/Tokyo")  # fmt: skip
    knows(holds(one, "mentor"), "ansible", 3)
    MembershipFactory(community=CommunityFactory(slug="sre"), member=one)
    rebuild()

    filters = (
        "skill=ansible", "skill=ansible&depth=3", "language=nl", "overlap=6", "hours=2", "open=mentor", "community=sre",
        "level=mentor", "persona=kim", "function=data", "sector=public", "country=NL",
    )  # fmt: skip
    found = {query: names(member_client, f"?{query}", anew=False) for query in (*filters, "&".join(filters))}

    assert found == {query: ["One"] for query in found}


def test_an_unknown_filter_value_finds_nobody_and_offers_to_clear(member_client):
    queries = (
        "skill=nothing", "skill=ansible&depth=9", "skill=ansible&depth=x", "language=%27", "overlap=3", "overlap=-1",
        "hours=99", "open=door", "community=nowhere", "level=king", "persona=nobody", "function=x", "sector=x",
        "country=XX", "q=zzzzzz", "skill=%25", "depth=%F0%9F%A6%80&skill=ansible",
    )  # fmt: skip
    knows(person("One"), "ansible", 4)
    rebuild()

    for query in queries:
        answer = member_client.get(f"/members/?{query}")

        assert answer.status_code == 200, query
        assert answer.context["cards"] == [], query
        assert "Clear filters" in answer.content.decode(), query


def test_whoever_left_a_community_or_is_in_one_that_others_do_not_see_is_not_found_by_it(member_client):
    one = person("One")
    MembershipFactory(community=CommunityFactory(slug="left"), member=one, status="left", left_at="2026-01-01T00:00Z")
    MembershipFactory(community=CommunityFactory(slug="own", visibility="own"), member=one)
    MembershipFactory(community=CommunityFactory(slug="closed", is_archived=True), member=one)
    MembershipFactory(
        community=CommunityFactory(slug="rests"), member=one, status="dormant", dormant_since="2026-01-01T00:00Z"
    )
    rebuild()

    assert counts(member_client, "", "community") == {"rests": 1}


def test_two_skills_are_asked_of_one_person_and_the_deepest_come_first(member_client):
    for name, ansible, python in [("Both", 2, 1), ("Deep", 4, 3), ("Half", 4, 0), ("Middle", 3, 3)]:
        knows(knows(person(name), "ansible", ansible), "python", python)

    assert names(member_client, "?skill=ansible&skill=python") == ["Deep", "Middle", "Both"]
    assert names(member_client, "?skill=ansible&skill=python&depth=3", anew=False) == ["Middle", "Deep"][::-1]
    assert names(member_client, "?skill=ansible", anew=False) == ["Half", "Deep", "Middle", "Both"]


def test_a_proposed_skill_is_not_found(member_client):
    knows(person("One"), "cobol", 4)
    Skill.objects.update(state="proposed")

    assert names(member_client, "?q=cobol") == []


def test_a_search_forgives_case_accents_and_slips(member_client):
    person("Tomasz Nowak", headline="Makes search dull and dependable", town="Łódź")
    kim = person("Kim Vermeer", town="Kiel", can_help_with="runbooks, alerts")
    knows(kim, "kubernetes", 3)
    Skill.objects.update(aliases=["k8s"])
    rebuild()
    expected = {
        "tomasz": ["Tomasz Nowak"],
        "NOWAK": ["Tomasz Nowak"],
        "novak": ["Tomasz Nowak"],
        "tomas novak": ["Tomasz Nowak"],
        "łódź": ["Tomasz Nowak"],
        "lodz": ["Tomasz Nowak"],
        "kubernets": ["Kim Vermeer"],
        "kuber": ["Kim Vermeer"],
        "k8s": ["Kim Vermeer"],
        "runboks": ["Kim Vermeer"],
        "kiel dull": [],
        "keil": ["Kim Vermeer"],
        "xyz": [],
        "%": ["Kim Vermeer", "Tomasz Nowak"],
    }

    found = {typed: names(member_client, f"?q={typed.replace('%', '%25')}", anew=False) for typed in expected}

    assert found == expected


def test_a_search_puts_exact_words_before_beginnings_and_those_before_slips(member_client):
    for name in ("Marta Exact", "Martha Slip", "Martanne Begins", "Marta Newer"):
        person(name)

    assert names(member_client, "?q=marta") == ["Marta Newer", "Marta Exact", "Martanne Begins", "Martha Slip"]


def test_only_six_words_are_looked_for(member_client):
    person("One two three four five six")

    assert names(member_client, "?q=one+two+three+four+five+six+nonsense") == ["One two three four five six"]


def test_a_word_that_nobody_has_is_said_to_be_taken_for_another(member_client):
    knows(person("One"), "ansible", 1)
    rebuild()

    page = member_client.get("/members/?q=ansibel").content.decode()

    assert "Nobody has “ansibel”; looked for “ansible”" in page


def test_each_card_says_why_it_matched(member_client):
    one = person("Kim Nowak", headline="Keeps pagers quiet", can_help_with="alerts, GitOps", languages=["nl"],
                 hours_per_week=4, time_zone="Europe/Lisbon")  # fmt: skip
    knows(one, "ansible", 3)
    rebuild()

    query = "?q=novak+gitops+pagers+ansib&skill=ansible&language=nl&hours=2&overlap=4"
    (card,) = member_client.get(f"/members/{query}").context["cards"]

    assert card.why == [
        "Name: Nowak", "Knows: Ansible", "Can help with: GitOps", "Headline: pagers", "Ansible: leads in it",
        "Speaks Dutch", "7 working hours a day with you", "4 hours a week for the community",
    ]  # fmt: skip


def test_a_card_shows_three_skills_what_one_is_open_to_and_no_field_that_is_kept_back(member_client):
    shown = person("Shown", headline="Head", town="Kiel", open_to_mentor=True, open_to_pairing=True)
    kept = person("Kept", headline="Head", town="Kiel", audiences={"headline": "me", "town": "me", "skills": "me"})
    paused = person("Paused", open_to_mentor=True, paused_until=date(2999, 1, 1))
    for one in (shown, kept, paused):
        for depth, slug in [(1, "d"), (4, "a"), (3, "b"), (2, "c")]:
            knows(one, slug, depth)
    rebuild()

    cards = {card.person.name: card for card in member_client.get("/members/").context["cards"]}

    assert (cards["Shown"].headline, cards["Shown"].town, cards["Shown"].tags) == ("Head", "Kiel", ["A", "B", "C"])
    assert cards["Shown"].open_to == ["mentoring", "pairing"]
    assert (cards["Kept"].headline, cards["Kept"].town, cards["Kept"].tags) == ("", "", [])
    assert (cards["Paused"].open_to, cards["Paused"].is_paused) == ([], True)


def test_no_e_mail_address_stands_in_the_directory(member_client):
    for number in range(3):
        person(f"Person {number}", email=f"secret-{number}@example.net")
    rebuild()

    assert "example.net" not in member_client.get("/members/").content.decode()


def test_the_number_beside_a_value_is_that_of_the_people_it_leads_to(member_client, member):
    levels = ("explorer", "builder")
    communities = CommunityFactory.create_batch(2)
    for number in range(24):
        one = person(
            f"Kim {number}", languages=[["nl"], ["nl", "en"], ["de"]][number % 3], hours_per_week=number % 9,
            sector=["public", "industry"][number % 2], open_to_mentor=number % 4 == 0,
            country=["NL", "DE"][number // 12],
            time_zone=["Europe/Lisbon", "Asia/Tokyo", "America/New_York", "Asia/Kolkata"][number % 4],
        )  # fmt: skip
        knows(knows(one, "ansible", number % 5), "python", (number + 2) % 5)
        holds(one, levels[number % 2])
        MembershipFactory(community=communities[number % 2], member=one)
    rebuild()

    people = {}
    for query in ("", "?q=kim", "?skill=ansible&depth=2", "?sector=public&language=nl", "?overlap=2&hours=2&q=kimm"):
        answer = member_client.get(f"/members/{query}")
        found = answer.context["found"]
        choices = [one for facet in found.facets() for one in [*facet.first, *facet.more]] + found.depths()
        assert len(choices) > 10
        assert answer.context["page"].paginator.count == found.total, query
        for one in choices:
            page, _, asked = one.address.partition("?")
            if asked not in people:
                people[asked] = Directory(member, Wish.read(QueryDict(asked)), day=found.day).total
            there = people[asked]
            assert page == "/members/"
            assert there == one.people or (one.is_chosen and one.people == found.total), (query, one)


def test_fewer_than_five_people_are_never_counted_beside_a_filter(member_client):
    for number in range(9):
        person(f"Person {number}", sector="public" if number < 4 else "industry", country="NL" if number < 5 else "DE")
    rebuild()

    page = member_client.get("/members/").content.decode()
    narrowed = member_client.get("/members/?sector=public").content.decode()

    assert "Public service <span>few</span>" in page
    assert "Industry <span>5</span>" in page
    assert "Netherlands <span>few</span>" in narrowed


def test_where_nobody_fits_the_page_says_what_to_leave_out_and_who_is_there_then(member_client):
    for number in range(7):
        person(f"Person {number}", town="Kiel", languages=["de"] if number else ["nl"])
    rebuild()

    found = member_client.get("/members/?q=kiel&language=fr&open=mentor").context["found"]
    answer = member_client.get("/members/?q=kiel&language=fr")
    ways = [(way.label, way.people) for way in answer.context["found"].ways_out()]

    assert found.ways_out() == []
    assert [(way.label, way.people) for way in found.alone()] == [("“kiel”", 7)]
    assert ways == [("Speaks French", 7)]
    assert '<a href="/members/?q=kiel">Remove “Speaks French”</a> (7 people)' in answer.content.decode()


def test_pages_hold_24_and_a_number_past_the_end_shows_the_last_page(member_client):
    people = [person(f"Person {number:02}") for number in range(50)]
    knows(people[3], "ansible", 4)
    expected = [f"Person {number:02}" for number in range(49, -1, -1)]

    pages = [names(member_client, f"?page={number}", anew=number == "1") for number in ("1", "2", "3", "999", "x")]

    assert pages[:3] == [expected[:24], expected[24:48], expected[48:]]
    assert pages[3:] == [expected[48:], expected[:24]]


def test_links_to_pages_and_the_search_form_keep_the_filters(member_client):
    for number in range(25):
        person(f"Person {number}", languages=["nl"])
    rebuild()

    page = member_client.get("/members/?language=nl&q=person").content.decode()

    assert 'href="?language=nl&amp;q=person&amp;page=2"' in page
    assert '<input type="hidden" name="language" value="nl">' in page
    assert 'value="person"' in page


def test_a_stale_index_shows_no_hidden_member(member_client):
    one = person("Was here")
    rebuild()
    Member.objects.filter(pk=one.pk).update(in_directory=False)

    assert names(member_client, "", anew=False) == []


def test_a_stale_index_says_nothing_of_a_field_that_is_kept_back_by_now(member_client):
    one = person("Kim", hours_per_week=4, languages=["nl"], town="Kiel")
    rebuild()
    kept_back = dict.fromkeys(("hours_per_week", "languages", "time_zone", "town"), "me")
    Member.objects.filter(pk=one.pk).update(audiences=kept_back)

    (card,) = member_client.get("/members/?q=kiel&hours=2&language=nl&overlap=2").context["cards"]

    assert card.why == []


def test_an_empty_directory_invites_and_costs_no_error(member_client):
    answer = member_client.get("/members/")

    assert "Nobody is here yet" in answer.content.decode()


def test_htmx_gets_a_part_with_the_same_people_and_the_whole_page_when_it_restores_history(member_client):
    person("One")
    rebuild()

    part = member_client.get("/members/?q=one", headers=HTMX)
    restored = member_client.get("/members/?q=one", headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert "<html" not in part.content.decode()
    assert [card.person.name for card in part.context["cards"]] == ["One"]
    assert "<html" in restored.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 7), ("?skill=s1&depth=1&language=nl&overlap=2&hours=1&q=person+ansibel", 8), ("?q=nobodyhasthis", 6)],
)
def test_a_page_costs_the_same_whatever_it_holds(member_client, number, query, queries, django_assert_num_queries):
    for one in range(number):
        made = person(f"Person {one} Ansible", languages=["nl", "de"][: one + 1], hours_per_week=5)
        for skill in range(number):
            knows(made, f"s{skill + 1}", 3)
        MembershipFactory(member=made)
    rebuild()

    with django_assert_num_queries(queries):
        member_client.get(f"/members/{query}")


def test_the_viewers_zone_decides_who_works_at_the_same_time():
    viewer = MemberFactory(time_zone="Asia/Tokyo", in_directory=False)
    client = Client()
    client.force_login(viewer)
    for zone in ("Asia/Seoul", "Europe/Lisbon", "Asia/Kolkata"):
        person(zone, time_zone=zone)

    assert names(client, "?overlap=4") == ["Asia/Kolkata", "Asia/Seoul"]
    assert names(client, "?overlap=6", anew=False) == ["Asia/Seoul"]


def test_daylight_saving_counts_on_the_day_of_the_visit(member):
    person("One", time_zone="America/Sao_Paulo")  # has no summer time; Amsterdam has
    rebuild()
    wish = Wish(chosen=(("overlap", "4"),))

    summer, winter = (Directory(member, wish, day=day).total for day in (date(2026, 7, 1), date(2026, 11, 20)))

    assert (summer, winter) == (0, 1)
