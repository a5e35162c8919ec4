"""The pages of personas, and the placement that proposes one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import EventSeries
from members.models import Persona, PlacementAnswer, PlacementOption, PlacementQuestion
from tests.factories.events import EventFactory
from tests.factories.members import PersonaFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions():
    """Two personas and six questions; the first answer of each speaks for Kim, the second for Leo."""
    VerbFactory(slug="place-chosen", points=0)
    kim, leo = PersonaFactory(slug="kim", name="Kim"), PersonaFactory(slug="leo", name="Leo")
    for number in range(6):
        question = PlacementQuestion.objects.create(key=f"q{number}", order=number, text=f"Question {number}?")
        PlacementOption.objects.create(question=question, key="k", text="As Kim", weights={kim.slug: 2}, order=0)
        PlacementOption.objects.create(question=question, key="l", text="As Leo", weights={leo.slug: 2}, order=1)


def test_five_of_six_answers_name_the_open_question_and_are_kept(member_client, questions):
    answer = member_client.post("/welcome/questions/", {f"q{number}": "k" for number in range(5)})

    page = answer.content.decode()
    assert answer.context["form"].errors == {"q5": ["Still open: Question 5?"]}
    assert "Still open: Question 5?" in page
    assert page.count("checked") == 5
    assert not PlacementAnswer.objects.exists()


def test_a_tie_shows_both_and_the_choice_stays_with_the_member(member_client, questions):
    typed = {f"q{number}": "k" if number < 3 else "l" for number in range(6)}

    page = member_client.post("/welcome/questions/", typed, follow=True).content.decode()

    assert "Kim and Leo" in page
    assert "come equally close" in page


def test_one_persona_is_proposed_and_may_be_overruled_or_left_out(member_client, member, questions):
    page = member_client.post("/welcome/questions/", {f"q{n}": "k" for n in range(6)}, follow=True).content.decode()
    assert "comes closest" in page

    member_client.post("/welcome/place/", {"persona": "leo", "community": ""})
    member.refresh_from_db()
    assert member.persona.slug == "leo"

    member_client.post("/welcome/place/", {"persona": "", "community": ""})
    member.refresh_from_db()
    assert member.persona is None


def test_the_page_of_a_persona_names_where_to_begin_with_links(client):
    series = EventSeries.objects.create(slug="sprint", title="Sprint", kind="sprint", rrule="FREQ=WEEKLY", summary="x")
    EventFactory(
        title="Sprint on playbooks", slug="playbooks", series=series, starts_at=timezone.now() + timedelta(days=3),
        ends_at=timezone.now() + timedelta(days=3, hours=1),
    )  # fmt: skip
    Persona.objects.create(
        slug="bart", name="Bart", title="Architect", background=["Runs infrastructure"], goals=["Automate it"],
        barriers=[], role_text="Leads", value="Reuse", reading_mode="recipe-first", exposure_ceiling="local-only",
        community="none", modules=["none"], first_event="sprint",
    )  # fmt: skip

    page = client.get("/personas/bart/").content.decode()

    assert "Runs infrastructure" in page
    assert "Automate it" in page
    assert "Nothing that Bart has named." in page
    assert '<a class="d-block" href="/events/playbooks/">Sprint on playbooks</a>' in page
    assert "Recipe first" in page


def test_a_series_without_a_date_stands_for_the_first_event(client):
    EventSeries.objects.create(slug="webinar", title="Monthly webinar", kind="webinar", rrule="x", summary="x")
    PersonaFactory(slug="kim", first_event="webinar")

    page = client.get("/personas/kim/").content.decode()

    assert '<a class="d-block" href="/events/?type=webinar">Monthly webinar</a>' in page


def test_an_unknown_persona_is_not_found(client):
    assert client.get("/personas/nobody/").status_code == 404
