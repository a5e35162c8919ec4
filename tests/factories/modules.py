import factory
from factory.django import DjangoModelFactory

from modules.models import Article, ItemProgress, Module, Subtopic, SyllabusItem
from modules.operations.articles import save_article
from tests.factories.members import VerbFactory


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    slug = factory.Sequence(lambda number: f"module-{number}")
    order = factory.Sequence(lambda number: number + 1)
    title = factory.LazyAttribute(lambda module: module.slug.replace("-", " ").capitalize())
    promise = "After this you can say what leaves your walls."
    summary = "A way to look at any tool before you use it at work."
    hours = 2


class PublishedModuleFactory(ModuleFactory):
    status = Module.Status.PUBLISHED


class SubtopicFactory(DjangoModelFactory):
    class Meta:
        model = Subtopic

    module = factory.SubFactory(ModuleFactory)
    slug = factory.Sequence(lambda number: f"subtopic-{number}")
    order = factory.Sequence(lambda number: number)
    title = "Data governance"
    text = "Classes of data, and who decides about them."


class SyllabusItemFactory(DjangoModelFactory):
    class Meta:
        model = SyllabusItem

    module = factory.SubFactory(PublishedModuleFactory)
    kind = "lab"
    key = factory.Sequence(lambda number: f"lab-{number}")
    order = factory.Sequence(lambda number: number + 1)
    title = factory.LazyAttribute(lambda item: f"Try {item.key}")
    minutes = 40
    exposure = "local-only"
    address = factory.LazyAttribute(lambda item: f"/labs/{item.key}/")


class ItemProgressFactory(DjangoModelFactory):
    class Meta:
        model = ItemProgress


def concept(module, *, slug="what-leaves", publish=True, **fields) -> Article:
    """A Concept article, written by the operation that writes all of them."""
    wanted = {"title": "What leaves your walls", "summary": "Follow a text on its way.", "body": "## Why\n\nBecause."}
    return save_article(module=module, slug=slug, publish=publish, **wanted | fields)


def learning_verbs() -> None:
    for slug, points in [("article-read", 1), ("lab-started", 0), ("lab-completed", 2), ("module-completed", 5)]:
        VerbFactory(slug=slug, points=points)
