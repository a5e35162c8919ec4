"""The demo's launcher: one per copy, gone without a trace, and back again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import ports
from local.state import ROOT
from local.suite import PREFIX, folder_for_tests

pytestmark = pytest.mark.slow


@pytest.fixture
def state() -> Iterator[Path]:
    base = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder_for_tests()))
    yield base
    for process in processes_of(base):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    shutil.rmtree(base, ignore_errors=True)


def demo(state: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "local.demo", "--members=12", *arguments],
        env={"PATH": os.environ["PATH"], "COP_STATE": str(state)}, cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def wait_for(launcher: subprocess.Popen[str], words: str) -> None:
    assert launcher.stdout is not None
    seen = []
    for line in launcher.stdout:
        seen.append(line)
        if words in line:
            return
    raise AssertionError("".join(seen))


def finish(launcher: subprocess.Popen[str]) -> tuple[int, str]:
    output, _ = launcher.communicate(timeout=60)
    return launcher.returncode, output


def processes_of(state: Path) -> list[int]:
    """Those that were started with this state folder or that work inside it."""
    mark = f"COP_STATE={state}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes() or str(state) in str((folder / "cwd").readlink()):
                found.append(int(folder.name))
    return found


def ended(state: Path, *, within: float) -> bool:
    until = time.monotonic() + within
    while processes_of(state) and time.monotonic() < until:
        time.sleep(0.1)
    return not processes_of(state)


@pytest.mark.thorough
def test_a_killed_demo_leaves_nothing_running_and_starts_again(state: Path):
    killed = demo(state, "--port=0")
    wait_for(killed, "Ctrl-C stops everything")
    second = finish(demo(state, "--port=0"))
    assert len(processes_of(state)) > 10

    killed.kill()
    killed.communicate()

    assert second[0] == 1
    assert second[1].startswith("The demo of this copy is running already.")
    assert second[1].count("\n") == 1
    assert ended(state, within=10)

    again = demo(state, "--port=0")
    wait_for(again, "Valkey is up")  # nothing of the killed run is in the way
    again.send_signal(signal.SIGINT)

    assert finish(again)[0] == 0
    assert processes_of(state) == []


def test_a_taken_port_is_said_in_one_line_that_names_the_option(state: Path):
    taken = ports.listen_on(0)
    port = ports.number(taken)

    code, output = finish(demo(state, f"--port={port}"))

    taken.close()
    assert (code, output) == (1, f"Port {port} is taken. Choose another: ./run demo --port {port + 1}\n")
