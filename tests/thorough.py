"""Which tests the everyday run leaves out unless somebody asks for them: those marked `thorough`, and the long ones.

`long.txt` names the long ones as tests/weighing.py found them. A test that is not named there runs every day, so a
new one does; the mark `everyday` keeps a long one in."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

OPTION = "--thorough"
LONG = Path(__file__).with_name("long.txt")


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> int:
    """Take out of `items` what is thorough or long and was not asked for; returns how many these are."""
    if asks_for_all(config):
        return 0
    named = files_named(config)
    out = {item for item in items if not belongs_to_everyday(item) and item.path.resolve() not in named}
    if out:
        items[:] = [item for item in items if item not in out]
        config.hook.pytest_deselected(items=list(out))
    return len(out)


def belongs_to_everyday(item: pytest.Item) -> bool:
    if item.get_closest_marker("thorough"):
        return False
    return name_of(item.nodeid) not in long_ones() or item.get_closest_marker("everyday") is not None


def name_of(node: str) -> str:
    """The test without its case: what stands in square brackets behind it."""
    return node.partition("[")[0]


@functools.cache
def long_ones() -> set[str]:
    lines = LONG.read_text().splitlines()
    return {line.split()[-1] for line in lines if line and not line.startswith("#")}


def asks_for_all(config: pytest.Config) -> bool:
    """With -k and `-m thorough`, what matches is what was asked for."""
    options = config.option
    return bool(options.thorough or options.keyword or "thorough" in options.markexpr)


def files_named(config: pytest.Config) -> set[Path]:
    """The files among the arguments, alone or with a test behind `::`. A folder names no test."""
    paths = {Path(config.invocation_params.dir, argument.partition("::")[0]).resolve() for argument in config.args}
    return {path for path in paths if path.is_file()}


def words(number: int) -> str:
    tests = "1 thorough test was" if number == 1 else f"{number:,} thorough tests were"
    return f"{tests} left out; this runs them too: ./run test {OPTION}"
