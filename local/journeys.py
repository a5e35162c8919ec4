"""The demo on which the browser journeys walk.

The test command starts it before the tests, so that it is there when they begin; a part of the tests starts its own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from local import processes
from local.state import ROOT

STATE = "COP_JOURNEYS"  # names the folder of a demo that is starting or there
PATIENCE = 120.0  # seconds
# With these the tests themselves run.
OF_THE_TESTS = (
    "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "SECRET_KEY", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE",
    "DEMO_MAILBOX",
)  # fmt: skip


@contextlib.contextmanager
def demo(folder: Path) -> Iterator[None]:
    """A demo that keeps its servers below `folder` while the block runs; nobody waits until it is up."""
    command = [sys.executable, "-m", "local.demo", "--port", "0", "--members", "40"]
    running = processes.start(
        command, log(folder), last_signal=signal.SIGTERM, env=environment(folder), cwd=ROOT
    )  # fmt: skip
    pid(folder).write_text(str(running.pid))
    try:
        yield
    finally:
        processes.stop(running, patience=30)


def end(folder: Path) -> None:
    """Tell the demo in that folder to end, when nobody walks on it any more; whoever started it waits for it."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(int(pid(folder).read_text()), signal.SIGTERM)


def pid(folder: Path) -> Path:
    return folder / "journeys.pid"


def environment(folder: Path) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS} | {"COP_STATE": str(folder)}


def log(folder: Path) -> Path:
    return folder / "journeys.log"


def address(folder: Path) -> str:
    """Read the demo's own words until it says that it is ready, and where."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = log(folder).read_text() if log(folder).exists() else ""
        if found := re.search(r"ready after.*\n\s*(http://127\.0\.0\.1:\d+)", said):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"the demo did not start:\n{processes.tail(log(folder))}")
