"""Which tests are left out of the everyday run: those marked `thorough`, unless somebody asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

OPTION = "--thorough"


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> int:
    """Take out of `items` what is thorough and was not asked for; returns how many these are."""
    if asks_for_all(config):
        return 0
    named = files_named(config)
    out = {item for item in items if item.get_closest_marker("thorough") and item.path.resolve() not in named}
    if out:
        items[:] = [item for item in items if item not in out]
        config.hook.pytest_deselected(items=list(out))
    return len(out)


def asks_for_all(config: pytest.Config) -> bool:
    """With -k and `-m thorough`, what matches is what was asked for."""
    options = config.option
    return bool(options.thorough or options.keyword or "thorough" in options.markexpr)


def files_named(config: pytest.Config) -> set[Path]:
    """The files among the arguments, alone or with a test behind `::`. A folder names no test."""
    paths = {Path(config.invocation_params.dir, argument.partition("::")[0]).resolve() for argument in config.args}
    return {path for path in paths if path.is_file()}


def words(number: int) -> str:
    tests = "1 thorough test was" if number == 1 else f"{number} thorough tests were"
    return f"{tests} left out; this runs them too: ./run test {OPTION}"
