import contextlib
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from cop.home.starter import loader

CONTENT = Path(settings.BASE_DIR) / "content"
HERE = Path(__file__).parent
SHARED = {"loaded_once", "made_once"}


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


@contextlib.contextmanager
def kept_for_many(blocker):
    """What is written inside stays for all tests that run before the block ends."""
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def community(loaded_once, db):
    """The starter community."""


def pytest_collection_modifyitems(items):
    """The tests of this folder share what is loaded, so they run in one worker: first those that need least of it."""
    places = [place for place, item in enumerate(items) if HERE in item.path.parents]
    ordered = sorted((items[place] for place in places), key=lambda item: len(SHARED & set(item.fixturenames)))
    for place, item in zip(places, ordered, strict=True):
        item.add_marker(pytest.mark.xdist_group("home"))
        items[place] = item
