from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from tests.kept import kept_for_many
from tests.site.learning_world import World, build


@pytest.fixture(scope="module")
def built_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for the tests of a file and rolled back after its last one."""
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            made = build()
        yield made


@pytest.fixture
def world(built_once: World, db: None) -> World:
    """One of everything that members learn with; rows and objects as they were made, whatever other tests did."""
    return copy.deepcopy(built_once)
