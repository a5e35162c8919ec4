import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from cop.home.demo import build
from cop.home.starter import loader
from tests.kept import kept_for_many

CONTENT = Path(settings.BASE_DIR) / "content"
HERE = Path(__file__).parent
SHARED = {"loaded_once", "made_once"}
NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
DEMO = build.Wish(members=50, seed=7)


@pytest.fixture
def content(tmp_path):
    """A copy of the starter content that a test may spoil."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture(scope="package")
def loaded_once(django_db_setup, django_db_blocker):
    """The starter community, loaded once for the tests of this folder and rolled back after its last one."""
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            loader.load(CONTENT)
        yield


@pytest.fixture(scope="package")
def made_once(loaded_once, django_db_blocker):
    """The demo community, made once for the tests of this folder that come after the others."""
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            build.make(DEMO, now=NOW)
        yield


@pytest.fixture
def community(loaded_once, db):
    """The starter community."""


@pytest.fixture
def demo(made_once, db):
    """The demo community."""


def pytest_collection_modifyitems(items):
    """The tests of this folder share what is loaded, so they run in one worker: first those that need least of it."""
    places = [place for place, item in enumerate(items) if HERE in item.path.parents]
    ordered = sorted((items[place] for place in places), key=lambda item: len(SHARED & set(item.fixturenames)))
    for place, item in zip(places, ordered, strict=True):
        item.add_marker(pytest.mark.xdist_group("home"))
        items[place] = item
