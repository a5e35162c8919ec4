"""Each text of the starter content has what a reader may expect of its kind, and promises no more than it gives."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from cop.lib import records
from labs import files
from labs.models import PathItem
from modules.exposure import Exposure

CONTENT = Path(settings.BASE_DIR) / "content"
CONCEPTS = sorted(CONTENT.glob("modules/*/concept.md"))
LABS = sorted(CONTENT.glob("modules/*/labs/*.md"))
PATHS = yaml.safe_load((CONTENT / "paths.yaml").read_text())
RESOURCES = {one["slug"]: one for one in yaml.safe_load((CONTENT / "resources.yaml").read_text())}
DEEPEST = {"paper": 1, "talk": 1}  # by kind of an outside resource; others teach to 2 at most


def parts(path):
    return records.split(path.read_text(), path.name)


@pytest.mark.parametrize("path", CONCEPTS, ids=lambda path: path.parent.name)
def test_a_concept_is_whole(path):
    found = parts(path)
    data, body = found.data, found.body

    assert 900 <= len(re.sub(r"\(\S*\)|[#|{}*_`!\[\]-]", " ", body).split()) <= 1800
    assert "![" in body or "| --- |" in body  # a figure or a table
    assert len(data["sources"]) >= 3
    assert [key for key in ("title", "summary", "author", "owner", "review_by", "teaches") if not data[key]] == []
    assert set(data["teaches"].values()) == {1}  # who has read a text is aware; depth comes from doing


@pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
def test_a_lab_is_whole(path):
    found = parts(path)
    data, cut = found.data, files.cut(found.body)

    needed = ("aim", "prerequisites", "environment", "expected", "reflection", "exposure", "licence", "review_by")
    assert [key for key in needed if not data[key]] == []
    assert all(step["minutes"] > 0 and step["body"] for step in cut.steps)
    assert data["minutes"] == sum(step["minutes"] for step in cut.steps if step["required"])
    assert len(data["troubleshooting"]) >= 3
    assert len(data["rubric"]) >= 3
    assert data["local_alternative"] or Exposure(data["exposure"]).reach <= Exposure.LOCAL_ONLY.reach
    assert max(data["teaches"].values()) <= 2


def test_every_module_has_a_concept_and_a_lab():
    modules = {path.parent.name for path in CONTENT.glob("modules/*/module.yaml")}

    assert {path.parent.name for path in CONCEPTS} == {path.parents[1].name for path in LABS} == modules


def test_outside_resources_teach_no_deeper_than_their_kind_can():
    deepest = {slug: max(one.get("teaches", {"": 0}).values()) for slug, one in RESOURCES.items()}

    assert {slug for slug, depth in deepest.items() if depth > DEEPEST.get(RESOURCES[slug]["kind"], 2)} == set()


def taught():
    """What each text, lab and resource teaches, by kind and target as paths name them."""
    found = {(PathItem.Kind.RESOURCE, slug): one.get("teaches", {}) for slug, one in RESOURCES.items()}
    for path in CONCEPTS:
        data = parts(path).data
        found[PathItem.Kind.ARTICLE, f"{path.parent.name}/{data['slug']}"] = data["teaches"]
    return found | {(PathItem.Kind.LAB, path.stem): parts(path).data["teaches"] for path in LABS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path["slug"])
def test_a_path_asks_for_no_more_than_its_items_teach(path):
    every = taught()
    lessons = [every.get((item["kind"], item.get("target")), {}) for item in path["items"]]
    best = {skill: max(one.get(skill, 0) for one in lessons) for skill in path["goal"]}

    assert {skill: (depth, best[skill]) for skill, depth in path["goal"].items() if depth > best[skill]} == {}
