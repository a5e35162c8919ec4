import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from cop.home.starter import loader

CONTENT = Path(settings.BASE_DIR) / "content"


@pytest.fixture
def content(tmp_path):
    """A copy of the starter content that a test may spoil."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """The starter community, loaded once for a file of tests and rolled back after its last one."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        loader.load(CONTENT)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def community(loaded_once, db):
    """The starter community."""


def pytest_collection_modifyitems(items):
    """The tests of this folder share the loaded community, so they run in one worker, one after another."""
    for item in items:
        if "home" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.xdist_group("home"))
