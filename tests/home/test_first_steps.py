"""The Welcome Kit leads to what suits persona and community; the start page shows of others what they show."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cop.home.queries.dashboard import news_for
from cop.home.queries.first_steps import fitted
from cop.home.queries.landing import landing
from members.models import WelcomeStep
from members.queries.welcome import kit
from modules.models import Module, SyllabusItem
from modules.operations.exposure import set_ceiling
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.events import EventFactory, EventSeriesFactory
from tests.factories.members import ActFactory, MemberFactory, PersonaFactory, VerbFactory
from tests.factories.modules import PublishedModuleFactory, SyllabusItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps():
    for order, (slug, verb) in enumerate(
        [("concept", "article-read"), ("lab", "lab-started"), ("event", "event-registered")], 1
    ):
        WelcomeStep.objects.create(
            slug=slug, order=order, title=f"The {slug}", text="As usual.", address=f"/usual-{slug}/",
            verb=VerbFactory(slug=verb),
        )  # fmt: skip


@pytest.fixture
def things():
    """Two modules with a concept and a lab each; the persona of the test wants the second one first."""
    for slug in ("first", "second"):
        module = PublishedModuleFactory(slug=slug)
        SyllabusItemFactory(module=module, kind="concept", key=f"c-{slug}", title=f"Idea {slug}", address=f"/c-{slug}/")
        SyllabusItemFactory(module=module, key=f"l-{slug}", title=f"Lab {slug}", address=f"/l-{slug}/")


def addresses(member):
    return [one.step.address for one in fitted(kit(member), member).steps]


def test_open_steps_lead_to_what_suits_the_persona_and_say_why(steps, things):
    EventFactory(slug="elsewhere", starts_at=timezone.now() + timedelta(days=1))
    EventFactory(slug="webinar-1", series=EventSeriesFactory(slug="webinar"))
    member = MemberFactory(persona=PersonaFactory(modules=["second", "first"], first_event="webinar"))

    found = fitted(kit(member), member)

    assert [one.step.address for one in found.steps] == ["/c-second/", "/l-second/", "/events/webinar-1/"]
    assert found.steps[0].step.text == "“Idea second”, 40 min: it suits the kind of work that you chose as yours."
    assert [one.state for one in found.steps] == ["now", "open", "open"]
    assert WelcomeStep.objects.get(slug="concept").address == "/usual-concept/"


def test_a_lab_above_the_members_ceiling_is_not_what_a_step_leads_to(steps, things):
    SyllabusItem.objects.filter(key="l-second").update(exposure="public-service")
    member = MemberFactory(persona=PersonaFactory(modules=["second", "first"], first_event="webinar"))
    set_ceiling(member, "local-only")

    assert addresses(member)[:2] == ["/c-second/", "/l-first/"]


def test_a_check_is_none_of_the_steps(steps, things):
    SyllabusItemFactory(module=Module.objects.get(slug="second"), kind="knowledge-check", key="k", address="/k/")
    member = MemberFactory(persona=PersonaFactory(modules=["second"], first_event="webinar"))

    assert addresses(member)[:2] == ["/c-second/", "/l-second/"]


def test_an_event_of_the_own_community_comes_first_where_it_is_sooner(steps):
    mine = MembershipFactory(community__name="Night Shift")
    EventFactory(slug="ours", community=mine.community)

    found = fitted(kit(mine.member), mine.member)

    assert found.steps[2].step.address == "/events/ours/"
    assert found.steps[2].step.text.endswith(": Night Shift meets there.")


def test_without_persona_and_community_the_steps_stay_as_they_are(steps, things):
    EventFactory()

    assert addresses(MemberFactory()) == ["/usual-concept/", "/usual-lab/", "/usual-event/"]


def test_what_is_done_stays_as_it_is(steps, things):
    member = MemberFactory(persona=PersonaFactory(modules=["first"]))
    ActFactory(actor=member, verb=VerbFactory(slug="article-read"))

    assert addresses(member)[:2] == ["/usual-concept/", "/l-first/"]


@pytest.mark.parametrize("number", [1, 3])
def test_fitting_costs_the_same_however_much_there_is(steps, number, django_assert_num_queries):
    member = MemberFactory(persona=PersonaFactory(modules=["module"]))
    SyllabusItemFactory.create_batch(number, module=PublishedModuleFactory(slug="module"))
    MembershipFactory.create_batch(number, member=member)
    EventFactory.create_batch(number, community=member.memberships.first().community)
    member = type(member).objects.get(pk=member.pk)
    own = kit(member)

    with django_assert_num_queries(2):
        fitted(own, member)


@pytest.mark.parametrize(
    ("verb", "audiences", "is_shown"),
    [
        ("hello-said", {"acts": "me", "portfolio": "me"}, True),
        ("module-completed", {}, False), ("module-completed", {"acts": "members"}, True),
        ("talk-given", {}, True), ("talk-given", {"portfolio": "public"}, True),
        ("talk-given", {"portfolio": "me"}, False),
    ],
)  # fmt: skip
def test_the_start_page_tells_of_others_only_what_they_show(verb, audiences, is_shown):
    actor = MemberFactory(audiences=audiences, hello="Hello.")
    act = ActFactory(actor=actor, verb=VerbFactory(slug=verb))
    ActFactory(actor=MemberFactory(in_directory=False), verb=VerbFactory(slug="hello-said"))

    assert news_for(MemberFactory()) == ([act] if is_shown else [])


@pytest.mark.parametrize(
    "change",
    [{"quote": ""}, {"quote_on_home": False}, {"in_directory": False}, {"is_active": False},
     {"audiences": {"quote": "members"}}],
    ids=str,
)  # fmt: skip
def test_words_stand_on_the_home_page_only_while_their_owner_lets_them(change):
    MemberFactory(**{"quote": "Good labs.", "quote_on_home": True} | change)
    wanted = MemberFactory(quote="Kind people.", quote_on_home=True)

    assert landing().quotes == [wanted]


def test_a_community_of_its_own_members_is_offered_to_no_newcomer(member_client):
    CommunityFactory(name="Hidden Circle", kind="target", visibility="own")
    CommunityFactory(name="Open Circle", kind="target")

    page = member_client.get("/welcome/place/").content.decode()

    assert ("Open Circle" in page, "Hidden Circle" in page) == (True, False)
