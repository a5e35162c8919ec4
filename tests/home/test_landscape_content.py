"""Checks, tools and outside resources of the starter content."""

from pathlib import Path

import pytest

from cop.home.starter import loader
from cop.lib.records import ContentError
from modules.models import (
    Check,
    ExternalResource,
    Question,
    Tool,
    ToolCategory,
)
from modules.rules import fault_of_category

pytestmark = pytest.mark.django_db


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        loader.load(folder)
    return [str(fault) for fault in caught.value.faults]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_question_without_a_right_answer_is_named_with_its_line(content):
    path = content / "modules/ai-foundations/check.yaml"
    change(path, "* How likely each possible next token is", "How likely each possible next token is")
    line = path.read_text().splitlines().index("    - key: computes") + 1

    assert faults_of(content) == [
        f"modules/ai-foundations/check.yaml:{line}: questions: “computes”: it has no right option"
    ]


def test_a_category_without_an_open_tool_says_so_or_is_refused(content):
    tools = content / "tools.yaml"
    for name in ("aider", "cline"):
        start = tools.read_text().index(f"- slug: {name}\n")
        text = tools.read_text()
        tools.write_text(text[:start] + text[start:].replace("is_open: true", "is_open: false", 1))

    assert faults_of(content) == [
        "tool_categories.yaml:1: slug: No open tool stands here. Add one, or tick that no open one is known."
    ]


def test_an_address_with_tracking_parameters_is_refused_with_the_clean_one(content):
    change(content / "resources.yaml", "https://www.elementsofai.com/", "https://www.elementsofai.com/?utm_source=x")

    (fault,) = faults_of(content)

    assert fault.endswith("url: should be https://www.elementsofai.com/")


def test_each_module_has_a_pair_of_checks_and_all_kinds_of_questions_occur(loaded_once, db):
    pairs = Check.objects.filter(stage="after").select_related("before", "module")

    assert {check.module.slug for check in pairs} == set(Check.objects.values_list("module__slug", flat=True))
    assert len(pairs) == 7
    assert all(check.before and check.required and not check.before.required for check in pairs)
    assert set(Question.objects.values_list("kind", flat=True)) == {"choice", "order", "number", "text"}
    numbers = [check.questions.count() for check in Check.objects.all()]
    assert (min(numbers), max(numbers)) == (5, 7)
    assert not Question.objects.filter(explanation="").exists()


def test_tools_and_resources_are_there_and_each_category_has_an_open_one(loaded_once, db):
    faults = [
        fault_of_category(
            tools=one.tools.count(), open_tools=one.tools.filter(is_open=True).count(), none_known=one.no_open_known
        )
        for one in ToolCategory.objects.all()
    ]

    assert set(faults) == {""}
    assert Tool.objects.count() == 28
    assert ExternalResource.objects.accepted().count() == 31
    assert set(ExternalResource.objects.values_list("module__slug", flat=True).distinct()) == set(
        Check.objects.values_list("module__slug", flat=True)
    )
