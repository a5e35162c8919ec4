import pytest

from members.models import Persona
from modules.models import Module
from modules.operations import progress
from modules.queries.standing import neighbours, newest_items, next_item, overview, standing
from tests.factories.members import MemberFactory
from tests.factories.modules import ModuleFactory, PublishedModuleFactory, SyllabusItemFactory, concept, learning_verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def module():
    learning_verbs()
    module = PublishedModuleFactory()
    concept(module)
    SyllabusItemFactory(module=module, order=1, key="first")
    SyllabusItemFactory(module=module, order=2, key="second")
    return module


def states(one):
    return [(step.name, step.state, step.after) for step in one.steps]


def test_the_ladder_of_a_visitor_opens_its_first_rung_and_says_what_comes_before_the_others(module):
    assert states(standing(module, None)) == [
        ("Concept", "open", ""),
        ("Lab 1", "later", "the concept"),
        ("Lab 2", "later", "lab 1"),
    ]


def test_the_ladder_of_a_member_shows_what_is_done_and_begun(module, member):
    read, first, _ = module.items.all()
    progress.complete(read, by=member)
    progress.start(first, by=member)

    one = standing(module, member)

    assert states(one) == [("Concept", "done", ""), ("Lab 1", "now", ""), ("Lab 2", "later", "lab 1")]
    assert (one.done, one.total, one.next.item, one.minutes_left) == (1, 3, first, 80)


def test_what_was_begun_is_opened_where_it_is_done(module, member):
    first = module.items.get(key="first")
    progress.start(first, by=member, resume="/labs/first/run/")

    assert standing(module, member).next.address == "/labs/first/run/"


def test_progress_of_another_member_is_not_mine(module, member):
    progress.complete(module.items.first(), by=MemberFactory())

    assert standing(module, member).done == 0


def test_the_overview_holds_all_modules_in_their_order():
    last, first = ModuleFactory(order=7), PublishedModuleFactory(order=1)

    assert [one.module for one in overview(None)] == [first, last]


def test_the_next_item_is_what_was_begun(module, member):
    second = module.items.get(key="second")
    progress.start(second, by=member)

    assert next_item(member) == second


def test_the_next_item_follows_what_was_done(module, member):
    PublishedModuleFactory(order=1000)
    Module.objects.filter(pk=module.pk).update(order=2000)
    progress.complete(module.items.first(), by=member)

    assert next_item(member).key == "first"


def test_the_next_item_of_a_newcomer_is_the_first_that_suits_the_persona(module):
    liked = SyllabusItemFactory(module=PublishedModuleFactory(order=900, slug="liked"))
    persona = Persona.objects.create(
        slug="kim", name="Kim", title="Advisor", role_text="x", value="y", reading_mode="compact",
        exposure_ceiling="none", community="talks", modules=["liked"], first_event="webinar",
    )  # fmt: skip

    assert next_item(MemberFactory(persona=persona)) == liked
    assert next_item(MemberFactory()).kind == "concept"


def test_there_is_no_next_item_when_all_is_done(module, member):
    for item in module.items.all():
        progress.complete(item, by=member)

    assert next_item(member) is None


def test_the_newest_items_leave_out_modules_in_preparation(module):
    SyllabusItemFactory(module=ModuleFactory())

    assert [item.key for item in newest_items(2)] == ["second", "first"]


def test_neighbours_of_the_first_and_last_rung_are_none_on_one_side(module):
    read, first, second = module.items.all()

    assert neighbours(read) == (None, first)
    assert neighbours(first) == (read, second)
    assert neighbours(second) == (first, None)
