import json
from io import StringIO

import pytest
from django.core.management import call_command

from cop.home.starter import loader
from cop.site.models import StarterRecord
from members.models import ConductVersion, Level, Persona
from modules.models import Article, Module

pytestmark = pytest.mark.django_db


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_loading_again_changes_nothing(community, content):
    counts = loader.counts(loader.load(content))

    assert counts.pop("unchanged") > 80
    assert set(counts.values()) == {0}


def test_the_starter_community_is_whole(community):
    assert list(Level.objects.values_list("slug", flat=True)) == ["explorer", "builder", "mentor", "partner"]
    assert Persona.objects.count() == 6
    assert list(Module.objects.values_list("status", flat=True)) == ["published"] * 7
    assert ConductVersion.objects.count() == 1


def test_a_text_that_people_edited_stays_and_the_check_names_it(community, content):
    Article.objects.filter(module__slug="ai-foundations").update(title="Our own title")
    change(content / "modules/ai-foundations/concept.md", "summary:", "summary: Newer words.\n# ")

    steps = loader.load(content)

    assert [(step.action, step.kind, step.file) for step in steps if step.action != "unchanged"] == [
        ("kept", "concept", "modules/ai-foundations/concept.md")
    ]
    assert Article.objects.get(module__slug="ai-foundations").title == "Our own title"
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("load_starter_content", check=True, folder=content, stdout=out)
    assert ended.value.code == 1
    assert "kept: concept" in out.getvalue()


def test_a_file_that_changed_brings_an_untouched_record_up_to_date(community, content):
    change(content / "levels.yaml", 'title: "Builder"', 'title: "Maker"')

    counts = loader.counts(loader.load(content))

    assert counts["updated"] == 1
    assert Level.objects.get(slug="builder").title == "Maker"


def test_a_dry_run_says_what_would_change_and_writes_nothing(community, content):
    Persona.objects.all().delete()
    StarterRecord.objects.filter(kind="persona").delete()
    change(content / "levels.yaml", 'title: "Builder"', 'title: "Maker"')
    records, out = list(StarterRecord.objects.order_by("pk").values()), StringIO()

    call_command("load_starter_content", dry_run=True, json=True, folder=content, stdout=out)

    said = json.loads(out.getvalue())
    assert (said["added"], said["updated"]) == (6, 1)
    assert not Persona.objects.exists()
    assert Level.objects.get(slug="builder").title == "Builder"
    assert list(StarterRecord.objects.order_by("pk").values()) == records


def test_a_record_that_people_deleted_does_not_come_back(community, content):
    Persona.objects.get(slug="leo").delete()

    counts = loader.counts(loader.load(content))

    assert counts["gone"] == 1
    assert not Persona.objects.filter(slug="leo").exists()
