from datetime import date

import factory
from factory.django import DjangoModelFactory

from modules.addresses import key_of
from modules.models import (
    Article,
    Check,
    ExternalResource,
    ItemProgress,
    Module,
    Subtopic,
    SyllabusItem,
    Tool,
    ToolCategory,
    ToolReport,
)
from modules.operations.articles import save_article
from modules.operations.checks import save_check
from tests.factories.members import add_verbs

LEARNING = {"article-read": 1, "lab-started": 0, "lab-completed": 2, "module-completed": 5}


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
    add_verbs(LEARNING)


def choice(key="where", **fields):
    """A question with the right option a."""
    options = [{"key": "a", "text": "On your machine"}, {"key": "b", "text": "In a cloud"}]
    return {
        "key": key, "kind": "choice", "text": "Where does a local model run?", "options": options, "answer": ["a"],
        "explanation": "Local means **here**.",
    } | fields  # fmt: skip


def check_with(module=None, *, questions=10, publish=True, slug="what-leaves-after", **fields) -> Check:
    """A check whose every question has the right option a; ten of them make each worth 10 percent."""
    asked = [choice(f"q{number}") for number in range(questions)] if isinstance(questions, int) else questions
    return save_check(
        module=module or PublishedModuleFactory(), slug=slug, questions=asked, publish=publish,
        **{"title": "What leaves your walls", "article": None} | fields,
    )  # fmt: skip


def answers_with(right: int, of: int = 10) -> dict[str, list[str]]:
    """Answers to `check_with`, of which so many are right."""
    return {f"q{number}": ["a" if number < right else "b"] for number in range(of)}


def check_verbs() -> None:
    add_verbs(LEARNING | {"check-passed": 1})


class ToolCategoryFactory(DjangoModelFactory):
    class Meta:
        model = ToolCategory

    slug = factory.Sequence(lambda number: f"category-{number}")
    order = factory.Sequence(lambda number: number)
    title = factory.LazyAttribute(lambda category: category.slug.replace("-", " ").capitalize())


class ToolFactory(DjangoModelFactory):
    class Meta:
        model = Tool

    slug = factory.Sequence(lambda number: f"tool-{number}")
    name = factory.LazyAttribute(lambda tool: tool.slug.replace("-", " ").capitalize())
    category = factory.SubFactory(ToolCategoryFactory)
    maker = "A foundation"
    licence = "Apache-2.0"
    is_open = True
    runs = factory.LazyFunction(lambda: ["local"])
    exposure = "local-only"
    maturity = "commodity"
    summary = "Runs a model on your own machine."


class ToolReportFactory(DjangoModelFactory):
    class Meta:
        model = ToolReport

    tool = factory.SubFactory(ToolFactory)
    member = factory.SubFactory("tests.factories.members.MemberFactory")
    version = "1.2"
    used_on = date(2026, 5, 1)
    interest = "user"
    body = "It did what it says."
    html = "<p>It did what it says.</p>"


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = ExternalResource

    slug = factory.Sequence(lambda number: f"resource-{number}")
    url = factory.LazyAttribute(lambda resource: f"https://example.org/{resource.slug}")
    key = factory.LazyAttribute(lambda resource: key_of(resource.url))
    title = factory.LazyAttribute(lambda resource: resource.slug.replace("-", " ").capitalize())
    kind = "course"
    hours = 2
    why = "It starts where the Concept ends."
    module = factory.SubFactory(PublishedModuleFactory)
    status = "accepted"


SECTIONED = """Two words before.

## Why it matters {.why}

It costs a day.

## How it goes wrong {.risks}

Quietly. And late.

- A list

## Do it {#do .steps}

Begin here.

## Aside

Untyped words.
"""
