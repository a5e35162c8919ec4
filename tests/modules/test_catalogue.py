import pytest
from django.db import IntegrityError, transaction

from cop.lib.errors import Refused
from members.models import Activity
from modules.models import Module, ModuleCompletion, Subtopic
from modules.operations import progress, syllabus
from modules.operations.catalogue import publish_module, save_module, take_back_module
from tests.factories.members import MemberFactory
from tests.factories.modules import ModuleFactory, PublishedModuleFactory, SyllabusItemFactory, concept, learning_verbs

pytestmark = pytest.mark.django_db


def test_a_module_without_anything_is_not_published_and_says_all_that_is_missing():
    module = ModuleFactory(title="Security")

    with pytest.raises(Refused) as refusal:
        publish_module(module)

    assert refusal.value.message == (
        "“Security” cannot be published yet. It still needs a published Concept article and a published lab."
    )
    assert Module.objects.get().status == "in-preparation"


def test_a_module_without_lab_is_not_published_and_names_the_lab():
    module = ModuleFactory()
    concept(module)

    with pytest.raises(Refused, match=r"It still needs a published lab\.$"):
        publish_module(module)


def test_a_module_whose_concept_is_a_draft_is_not_published():
    module = SyllabusItemFactory(module=ModuleFactory()).module
    concept(module, publish=False)

    with pytest.raises(Refused, match=r"It still needs a published Concept article\.$"):
        publish_module(module)


def test_a_module_whose_lab_was_withdrawn_is_not_published():
    module = ModuleFactory()
    concept(module)
    SyllabusItemFactory(module=module, key="redact")
    syllabus.remove(kind="lab", key="redact")

    with pytest.raises(Refused, match="a published lab"):
        publish_module(module)


def test_a_module_with_concept_and_lab_is_published():
    module = SyllabusItemFactory(module=ModuleFactory()).module
    concept(module)

    publish_module(module)

    assert module.is_published
    assert Module.objects.published().get() == module


def test_publishing_completes_the_module_for_who_has_done_everything_before():
    learning_verbs()
    item = SyllabusItemFactory(module=ModuleFactory())
    concept(item.module)
    early, half = MemberFactory(), MemberFactory()
    for one in item.module.items.all():
        progress.complete(one, by=early)
    progress.complete(item, by=half)
    assert not ModuleCompletion.objects.exists()

    publish_module(item.module)

    assert [row.member for row in ModuleCompletion.objects.all()] == [early]
    assert Activity.objects.filter(verb="module-completed").count() == 1


def test_a_module_taken_back_is_in_preparation_again():
    module = PublishedModuleFactory()

    take_back_module(module)

    assert Module.objects.get().status == "in-preparation"


def test_two_modules_cannot_have_the_same_place_in_the_list():
    ModuleFactory(order=1)

    with pytest.raises(IntegrityError, match="each_place_in_the_list_has_one_module"), transaction.atomic():
        ModuleFactory(order=1)


def test_saving_a_module_again_changes_it_and_its_subtopics_in_place():
    fields = {"order": 1, "promise": "After this you can.", "summary": "Words first.", "hours": 2, "level": "beginner"}
    old = [{"slug": "a", "title": "First"}, {"slug": "b", "title": "Second"}]
    save_module(slug="security", title="Security", subtopics=old, **fields)

    save_module(slug="security", title="Safety", subtopics=[{"slug": "b", "title": "Two", "text": "More"}], **fields)

    assert Module.objects.get().title == "Safety"
    assert list(Subtopic.objects.values_list("slug", "title", "text", "order")) == [("b", "Two", "More", 1)]
