import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cop.home.starter import export, loader
from cop.site.models import StarterRecord
from editorial.models import Revision, Text
from labs.models import Lab
from members.models import Skill
from modules.models import Article, Module
from modules.operations.articles import save_article
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import ModuleFactory, concept
from tests.home.conftest import CONTENT

pytestmark = pytest.mark.django_db


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def exported(folder, **options):
    out = StringIO()
    call_command("export_content", str(folder), stdout=out, **options)
    return out.getvalue()


def command(**options):
    out = StringIO()
    call_command("load_starter_content", stdout=out, json=True, **options)
    return json.loads(out.getvalue())


def files_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def actions(steps):
    return {(step.action, step.kind, step.key) for step in steps if step.action not in ("unchanged", "elsewhere")}


def test_after_a_fresh_load_every_module_concept_and_lab_comes_out_byte_by_byte(community, tmp_path):
    exported(tmp_path)

    made = files_below(tmp_path)
    there = {
        str(path.relative_to(CONTENT)): path.read_bytes()
        for pattern in ("*/module.yaml", "*/concept.md", "*/labs/*.md")
        for path in (CONTENT / "modules").glob(pattern)
    }
    assert made == there
    assert len(made) >= 30


def test_starter_texts_have_their_first_version(community):
    numbers = set(Revision.objects.values_list("number", flat=True))
    notes = {note.rsplit(" of ", 1)[0] for note in Revision.objects.values_list("note", flat=True)}

    assert Text.objects.count() == Article.objects.count() + Lab.objects.count()
    assert (numbers, notes) == ({1}, {"Starter content"})


def test_an_update_of_the_starter_content_is_a_new_version(community, content):
    change(content / "modules/ai-foundations/concept.md", 'title: "What', 'title: "Seen anew: what')

    loader.load(content)

    versions = Revision.objects.filter(text__key="ai-foundations/what-these-systems-are")
    assert sorted(versions.values_list("number", flat=True)) == [1, 2]


def test_texts_published_before_versions_were_kept_get_their_first_one(community, content):
    Text.objects.all().delete()

    steps = loader.load(content)

    assert not actions(steps)
    assert Text.objects.count() == Article.objects.count() + Lab.objects.count()


def test_a_row_that_an_earlier_release_wrote_is_not_taken_for_changed(community, content):
    kind = loader.kinds.KINDS["lab"]
    row = Lab.objects.get(slug="map-your-use-case")
    StarterRecord.objects.filter(kind="lab", key=row.slug).update(row_hash=loader.row_hashes(kind, row)[1])
    change(content / "modules/ai-foundations/labs/map-your-use-case.md", 'title: "Place', 'title: "Put')

    assert actions(loader.load(content)) == {("updated", "lab", "map-your-use-case")}


def test_saying_that_a_text_is_still_true_does_not_make_it_changed_by_people(community, content):
    Article.objects.filter(module__slug="ai-foundations").update(review_by="2030-01-01", owner=MemberFactory())

    assert not actions(loader.load(content))
    change(content / "modules/ai-foundations/concept.md", 'title: "What', 'title: "Seen anew: what')
    loader.load(content)

    assert str(Article.objects.get(module__slug="ai-foundations").review_by) == "2030-01-01"


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(community, tmp_path):
    said = json.loads(exported(tmp_path / "mine", dry_run=True, json=True))

    assert (said["new"], said["changed"], said["unchanged"]) == (len(said["files"]), 0, 0)
    assert not (tmp_path / "mine").exists()


def test_exporting_again_changes_only_the_file_of_what_changed(community, tmp_path):
    exported(tmp_path)
    article = Article.objects.get(module__slug="ai-foundations")
    save_article(module=article.module, slug=article.slug, title="Our title")

    said = exported(tmp_path)

    assert said.splitlines()[0] == "changed: modules/ai-foundations/concept.md"
    assert len(said.splitlines()) == 2
    assert 'title: "Our title"' in (tmp_path / "modules/ai-foundations/concept.md").read_text()


def test_drafts_stay_out_and_are_counted(tmp_path):
    module = ModuleFactory(slug="security")
    concept(module, slug="draft", publish=False)
    lab("draft", module=module, publish=False)

    said = exported(tmp_path)

    assert said == "new: modules/security/module.yaml\n1 new, 0 changed, 0 unchanged; 2 drafts were left out\n"


def test_a_second_article_and_members_handles_come_out_and_go_in_again(tmp_path):
    writer = MemberFactory(handle="kim")
    module = ModuleFactory(slug="security")
    concept(module, slug="first", author=writer, owner=writer)
    concept(module, slug="intro", kind="howto-intro", order=3, minutes=12)
    lab("redact", module=module, author=writer, minutes=16)
    before = dict(export.files())
    exported(tmp_path / "ours")
    Module.objects.all().update(order=99)
    Article.objects.all().delete()
    Lab.objects.all().delete()
    Module.objects.all().delete()

    counts = command(repository=tmp_path / "ours")

    assert counts["added"] == 4
    assert dict(export.files()) == before
    assert Article.objects.get(slug="first").author == writer
    assert Article.objects.get(slug="first").owner == writer
    assert Article.objects.get(slug="intro").minutes == 12


def test_a_repository_of_ones_own_changes_texts_and_the_products_content_leaves_them_alone(
    community, content, tmp_path
):
    ours = tmp_path / "ours"
    exported(ours)
    first = command(repository=ours)
    change(ours / "modules/ai-foundations/concept.md", 'title: "What', 'title: "Ours: what')

    second = command(repository=ours)
    again = command(folder=content, check=True)

    assert (first["unchanged"], first["kept"], second["updated"]) == (30, 0, 1)
    assert Article.objects.get(module__slug="ai-foundations").title.startswith("Ours: what")
    assert (again["elsewhere"], again["kept"], again["different"]) == (30, 0, [])
    newest = Revision.objects.filter(text__key="ai-foundations/what-these-systems-are").order_by("-number").first()
    assert newest.note.startswith("Content of ours of ")


def test_what_people_changed_is_kept_until_their_words_stand_in_the_repository(community, tmp_path):
    ours = tmp_path / "ours"
    exported(ours)
    command(repository=ours)
    article = Article.objects.get(module__slug="ai-foundations")
    save_article(module=article.module, slug=article.slug, title="By people")
    change(ours / "modules/ai-foundations/concept.md", "summary: ", "summary: #")
    change(ours / "modules/ai-foundations/concept.md", 'summary: #"', 'summary: "Newer. ')

    kept = command(repository=ours)
    exported(ours)
    adopted = command(repository=ours)
    change(ours / "modules/ai-foundations/concept.md", 'title: "By people"', 'title: "By people, and us"')
    updated = command(repository=ours)

    assert (kept["kept"], adopted["kept"], adopted["unchanged"], updated["updated"]) == (1, 0, 30, 1)
    assert Article.objects.get(module__slug="ai-foundations").title == "By people, and us"


def test_a_skill_that_only_the_community_knows_may_be_named(community, tmp_path):
    ours = tmp_path / "ours"
    exported(ours)
    change(ours / "modules/ai-foundations/concept.md", "teaches: {", "teaches: {weaving: 1, ")

    with pytest.raises(CommandError, match="there is no skill “weaving”"):
        command(repository=ours)
    Skill.objects.create(slug="weaving", area="Craft", title="Weaving", text="Cloth.")

    assert command(repository=ours)["updated"] == 1


def test_a_folder_without_modules_is_refused(tmp_path):
    with pytest.raises(CommandError, match="has no folder “modules”"):
        command(repository=tmp_path)
