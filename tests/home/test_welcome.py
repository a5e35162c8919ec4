import pytest
from django.test import Client

from communities.queries.people import primary_of
from members.models import Activity, Member, Persona, PlacementAnswer, WelcomeProgress
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(community):
    return MemberFactory(accepts_conduct=False, name="Fatima El Idrissi", headline="")


@pytest.fixture
def browser(newcomer):
    client = Client()
    client.force_login(newcomer)
    return client


@pytest.fixture
def settled(browser, newcomer):
    browser.post("/welcome/conduct/", {"version": "1.0", "next": "/dashboard/"})
    return browser


def test_who_has_not_accepted_the_code_of_conduct_is_led_there_and_back(browser):
    answer = browser.get("/members/?q=ansible")

    assert answer["Location"] == "/welcome/conduct/?next=%2Fmembers%2F%3Fq%3Dansible"


def test_accepting_leads_on_to_the_choice_of_a_place_and_awards_explorer(browser, newcomer):
    answer = browser.post("/welcome/conduct/", {"version": "1.0", "next": "/members/"})

    assert answer["Location"] == "/welcome/place/"
    assert list(newcomer.awards.values_list("level", flat=True)) == ["explorer"]


def test_accepting_another_version_than_the_one_in_force_is_refused(browser, newcomer):
    browser.post("/welcome/conduct/", {"version": "0.9"})

    assert not newcomer.acceptances.exists()


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_on_stays_on_this_site(browser, newcomer, onward):
    PlacementAnswer.objects.create(member=newcomer)

    answer = browser.post("/welcome/conduct/", {"version": "1.0", "next": onward})

    assert answer["Location"] == "/dashboard/"


def test_choosing_a_place_keeps_persona_and_community(settled, newcomer):
    answer = settled.post("/welcome/place/", {"persona": "kim", "community": "data-science-ml"})

    newcomer.refresh_from_db()
    assert answer["Location"] == "/dashboard/"
    assert newcomer.persona == Persona.objects.get(slug="kim")
    assert primary_of(newcomer).slug == "data-science-ml"


def test_choosing_nothing_is_a_choice(settled, newcomer):
    assert settled.post("/welcome/place/", {"persona": "", "community": ""}).status_code == 302

    assert Member.objects.get(pk=newcomer.pk).persona is None
    assert Activity.objects.filter(actor=newcomer, verb="place-chosen").exists()


def test_an_unknown_persona_is_refused_and_nothing_is_saved(settled, newcomer):
    answer = settled.post("/welcome/place/", {"persona": "nobody", "community": "data-science-ml"})

    assert answer.status_code == 200
    assert "persona" in answer.context["form"].errors
    assert primary_of(newcomer) is None


def test_missing_answers_name_the_open_questions(settled):
    answers = {"q1_week": "strategy", "q2_learn": "concept", "q3_code": "little", "q4_public": "allowed"}

    answer = settled.post("/welcome/questions/", answers)

    assert list(answer.context["form"].errors) == ["q5_goal", "q6_time"]
    assert "Still open:" in answer.content.decode()


def test_a_step_that_the_ledger_proves_cannot_be_ticked(settled, newcomer):
    answer = settled.post("/welcome/steps/concept/", follow=True)

    assert "is ticked by itself when you do it" in answer.content.decode()
    assert not WelcomeProgress.objects.filter(member=newcomer).exists()


def test_a_step_can_be_skipped_and_ticked(settled, newcomer):
    settled.post("/welcome/steps/contribute/")
    settled.post("/welcome/steps/concept/", {"skip": "1"})

    states = dict(WelcomeProgress.objects.filter(member=newcomer).values_list("step__slug", "state"))
    assert states == {"contribute": "done", "concept": "skipped"}


@pytest.mark.parametrize(("words", "problem"), [("  ", "Write one sentence"), ("x" * 301, "these are 301")])
def test_a_hello_that_is_empty_or_too_long_is_refused_and_kept(settled, words, problem):
    answer = settled.post("/welcome/hello/", {"hello": words})

    assert problem in answer.content.decode()
    assert answer.context["hello"] == words


def test_hello_is_said_once(settled, newcomer):
    settled.post("/welcome/hello/", {"hello": "I look after forty servers."})
    answer = settled.post("/welcome/hello/", {"hello": "Again."})

    assert "You have said hello already" in answer.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.hello == "I look after forty servers."
    assert Activity.objects.get(actor=newcomer, verb="hello-said").object_title == "Hello to everybody"


def test_the_dashboard_shows_one_next_step_with_its_reason(settled):
    step = settled.get("/dashboard/").context["dashboard"].step

    assert step.why == "In your modules"
    assert step.address == "/modules/ai-foundations/what-these-systems-are/"


@pytest.mark.parametrize("address", ["/welcome/", "/welcome/place/", "/welcome/questions/", "/dashboard/"])
def test_pages_of_the_first_week_answer(settled, address):
    assert settled.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/welcome/hello/", "/welcome/steps/skills/", "/appearance/"])
def test_changes_by_get_are_refused(settled, address):
    assert settled.get(address).status_code == 405
