"""A pytest plugin that divides the tests among parallel workers: a file stays whole, and so do some folders.

What takes longest comes first, so that no worker sits idle at the end while another one runs it."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# Folders whose files share something dear, such as a running demo; and files that take long. Longest first.
TOGETHER = (
    "tests/journeys/",
    "tests/local/test_production.py",
    "tests/local/test_demo.py",
    "tests/home/",
    "tests/newsletters/test_races.py",
)


class Whole(LoadScopeScheduling):
    """Hands out what belongs together as one piece."""

    def _split_scope(self, nodeid: str) -> str:
        return piece(nodeid)


def piece(nodeid: str) -> str:
    return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Whole:
    return Whole(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {name: number for number, name in enumerate(TOGETHER)}
    items.sort(key=lambda item: order.get(piece(item.nodeid), len(TOGETHER)))
