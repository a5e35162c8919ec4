from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from cop.lib.errors import Refused
from editorial.models import Revision, Text
from labs.models import Lab, LabStep
from labs.operations.writing import save_lab, take_back_lab
from modules.models import SyllabusItem
from tests.factories.labs import lab, step, written_lab
from tests.factories.modules import PublishedModuleFactory

pytestmark = pytest.mark.django_db


def test_a_published_lab_takes_its_place_in_the_module():
    module = PublishedModuleFactory()
    written_lab("redact", module=module, title="Find secrets", order=2, no_code=True)

    item = SyllabusItem.objects.get()

    assert (item.module, item.kind, item.key, item.title, item.order) == (module, "lab", "redact", "Find secrets", 2)
    assert (item.minutes, item.exposure, item.no_code, item.address) == (40, "local-only", True, "/labs/redact/")


def test_a_draft_has_no_place_in_the_module():
    written_lab(publish=False)

    assert not SyllabusItem.objects.exists()


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"exposure": ""}, "a data exposure class"),
        ({"expected": " "}, "an expected result"),
        ({"steps": [step("plant", required=False)]}, "one required step"),
        ({"steps": []}, "one required step"),
        ({"introduction": "![](/a.png)"}, "words that describe the image “/a.png”"),
        ({"steps": [step("plant", body="![ ](/b.png)")]}, "words that describe the image “/b.png”"),
        ({"exposure": "", "expected": ""}, "a data exposure class and an expected result"),
    ],
)
def test_a_lab_that_lacks_something_is_not_published_and_says_what(fields, missing):
    with pytest.raises(Refused) as refusal:
        written_lab(title="Redact", **fields)

    assert refusal.value.message == f"“Redact” cannot be published yet. It still needs {missing}."
    assert not Lab.objects.exists()


def test_a_lab_without_minutes_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="a_lab_takes_time"), transaction.atomic():
        written_lab(minutes=0, publish=False)


def test_the_texts_are_rendered_and_cleaned():
    made = written_lab(introduction="<script>steal()</script>", steps=[step("plant", body="## Why\n\nDo **it**.")])

    assert made.introduction_html == "<p>&lt;script&gt;steal()&lt;/script&gt;</p>\n"
    assert made.expected_html == "<p>A last line that says <code>missed 0</code>.</p>\n"
    assert made.steps.get().html == '<h2 id="plant-why">Why</h2>\n<p>Do <strong>it</strong>.</p>\n'


def test_saving_again_changes_steps_by_their_key_and_takes_others_away():
    module = PublishedModuleFactory()
    written_lab("redact", module=module, steps=["plant", "count"])
    kept = LabStep.objects.get(key="count").pk

    written_lab("redact", module=module, steps=["read", step("count", minutes=3)])

    assert list(LabStep.objects.values_list("key", "order", "minutes")) == [("read", 1, 8), ("count", 2, 3)]
    assert LabStep.objects.get(key="count").pk == kept


def test_a_published_lab_does_not_lose_what_it_needs_by_a_later_change():
    made = written_lab("redact")

    with pytest.raises(Refused, match="one required step"):
        save_lab(module=made.module, slug="redact", steps=[])

    assert made.steps.count() == 2


def test_a_lab_taken_back_leaves_its_module():
    take_back_lab(written_lab())

    assert not SyllabusItem.objects.placed().exists()
    assert not Lab.objects.published().exists()


NUMBERS = {"id", "lab_id", "text_id"}


def rows_of(made):
    """All rows of a lab without numbers and moments; its name is SLUG."""
    item = SyllabusItem.objects.filter(kind="lab", key=made.slug)
    text = Text.objects.filter(kind="lab", key=made.slug)
    rows = [Lab.objects.get(pk=made.pk), *made.steps.all(), *item, *text, *Revision.objects.filter(text__in=text)]
    return [
        {field.attname: str(value).replace(made.slug, "SLUG") for field in row._meta.concrete_fields
         if not isinstance(value := getattr(row, field.attname), datetime) and field.attname not in NUMBERS}
        for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize("fields", [{}, {"author_name": "Ines"}, {"introduction": "```\nopen", "order": 3}])
def test_the_factory_of_labs_writes_what_the_operation_writes(fields, publish):
    whole = {"module": PublishedModuleFactory(), "publish": publish, **fields}
    whole["steps"] = ["plant", {"key": "count", "title": "Count", "body": "```sh\nls"}]

    by_operation, by_factory = written_lab("one-lab", **whole), lab("two-lab", **whole)

    assert rows_of(by_factory) == rows_of(by_operation)
