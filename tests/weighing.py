"""`./run test --weigh`: runs everything and writes down which tests are too long for the everyday run.

A test weighs what its cases take on average, in seconds on the clock, with what is made for it alone and without what
it shares with others."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from statistics import mean
from typing import Any

import pytest

from tests.thorough import LONG, name_of

LIMIT = 0.035  # seconds; so much that the everyday run stays under a minute on two cores
HEAD = f"""\
# Tests whose cases take longer than {LIMIT * 1000:.0f} ms each: milliseconds, name. The everyday run leaves them out.
# Made by ./run test --weigh; see tests/thorough.py.
"""
SHARED = pytest.StashKey[float]()
WEIGHT = "weight"
weights: dict[str, list[float]] = defaultdict(list)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Iterator[None]:
    """What is made for many tests is nobody's own weight."""
    began = time.perf_counter()
    result = yield
    if fixturedef.scope != "function" and not nested(request):
        stash = request.config.stash
        stash[SHARED] = stash.get(SHARED, 0.0) + time.perf_counter() - began
    return result


def nested(request: Any) -> bool:
    """Whether it is made for another shared thing, whose own time holds this one."""
    return getattr(request, "_parent_request", None) is not None and request._parent_request.scope != "function"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    item.config.stash[SHARED] = 0.0
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """The report of each phase takes along what was noted until then."""
    shared = item.config.stash.get(SHARED, 0.0) if call.when == "setup" else 0.0
    item.user_properties.append((WEIGHT, max(0.0, call.duration - shared)))
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In the process that gets the reports of all workers."""
    if report.when == "teardown":
        weights[name_of(report.nodeid)].append(sum(value for name, value in report.user_properties if name == WEIGHT))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        return
    long = {name: mean(cases) for name, cases in weights.items() if mean(cases) > LIMIT}
    LONG.write_text(HEAD + "".join(f"{seconds * 1000:6.0f} {name}\n" for name, seconds in sorted(long.items())))
