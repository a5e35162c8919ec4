from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cop.home.starter import loader
from cop.lib.records import ContentError
from cop.site.models import StarterRecord
from members.models import Level

pytestmark = pytest.mark.django_db


def faults_of(folder):
    with pytest.raises(ContentError) as caught:
        loader.load(folder)
    assert StarterRecord.objects.count() == 0
    return [str(fault) for fault in caught.value.faults]


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_dry_run_on_an_empty_database_writes_nothing(content):
    call_command("load_starter_content", dry_run=True, folder=content, stdout=StringIO())

    assert Level.objects.count() == 0
    assert StarterRecord.objects.count() == 0


def test_an_unknown_key_is_named_with_file_line_and_key_before_any_write(content):
    change(content / "levels.yaml", "  order: 2\n", "  order: 2\n  colour: red\n")
    line = (content / "levels.yaml").read_text().splitlines().index("  colour: red") + 1

    assert faults_of(content) == [f"levels.yaml:{line}: colour: is not a key that is known here"]


def test_a_broken_reference_is_named(content):
    change(content / "personas.yaml", "community: devops-platform", "community: nowhere")

    (fault,) = faults_of(content)

    assert fault.startswith("personas.yaml:")
    assert fault.endswith(": community: there is no community “nowhere”")


def test_all_faults_are_named_at_once(content):
    change(content / "verbs.yaml", "points: 2", "points: many")
    change(content / "channels.yaml", "status: planned", "status: maybe")

    assert [fault.split(":")[0] for fault in faults_of(content)] == ["verbs.yaml", "channels.yaml"]


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("levels.yaml", "- slug: [unfinished", "levels.yaml:"),
        ("levels.yaml", "slug: no-list", "must be a list of records"),
        ("levels.yaml", "- just words", "must be a mapping"),
        ("brand.yaml", "name: [a\n", "brand.yaml:"),
        ("documents/charter.md", "no front matter", "front matter"),
    ],
)
def test_a_broken_file_stops_the_load_with_its_name(content, file, text, problem):
    (content / file).write_text(text)

    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("load_starter_content", folder=content)

    assert any(problem in fault for fault in faults_of(content))


def test_minutes_of_a_lab_that_do_not_add_up_are_named(content):
    change(content / "modules/ai-foundations/labs/map-your-use-case.md", "minutes: 25", "minutes: 26")

    assert "says 26, but the required steps add up to 25" in faults_of(content)[0]


def test_a_step_heading_of_another_form_is_named_with_its_line(content):
    lab = content / "modules/ai-foundations/labs/map-your-use-case.md"
    lab.write_text(lab.read_text() + "\n## A step without key\n")

    (fault, *_) = faults_of(content)

    line = len(lab.read_text().splitlines())
    assert fault.startswith(
        f"{lab.relative_to(content)}:{line}: step: must look like “## Title {{#step-key minutes=8}}”"
    )
