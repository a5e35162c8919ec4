"""Where state lies, and who may start what."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from local import ports, processes, state


def test_another_copy_has_another_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("COP_STATE", str(tmp_path / "second"))

    assert state.state_dir() == tmp_path / "second"


def test_a_long_folder_gets_a_short_one_for_its_sockets(tmp_path: Path):
    deep = tmp_path / ("x" * 90)

    assert len(str(state.socket_dir(deep) / ".s.PGSQL.5432.lock")) < 107


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path):
    first = state.secret_key(tmp_path / "state")

    assert (len(first) >= 50, state.secret_key(tmp_path / "state")) == (True, first)
    assert (tmp_path / "state" / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not state.AS_ROOT, reason="only root can make another user's folder")
def test_a_folder_of_another_user_is_refused(tmp_path: Path):
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 12345, 12345)

    with pytest.raises(SystemExit, match="belongs to another user"):
        state.make_state(tmp_path / "theirs")


def test_a_lock_is_held_by_one_and_free_again_afterwards(tmp_path: Path):
    with state.alone(tmp_path, "demo") as first, state.alone(tmp_path, "demo") as second:
        assert (first, second) == (True, False)

    with state.alone(tmp_path, "demo") as third:
        assert third


def test_a_taken_port_is_refused():
    taken = ports.listen_on(0)
    try:
        with pytest.raises(OSError, match="in use"):
            ports.listen_on(ports.number(taken))
    finally:
        taken.close()


def test_a_child_that_ignores_the_polite_signal_is_ended_all_the_same(tmp_path: Path):
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    child = processes.start([sys.executable, "-c", code], tmp_path / "log")
    while "up" not in processes.tail(tmp_path / "log"):
        assert child.poll() is None

    processes.stop(child, patience=0.1)

    assert child.returncode == -signal.SIGKILL


def test_a_child_ends_with_its_killed_parent(tmp_path: Path):
    code = (
        "import sys, time; from pathlib import Path; from local import processes;"
        f"child = processes.start(['sleep', '60'], Path({str(tmp_path / 'log')!r}));"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=state.ROOT, text=True)
    assert parent.stdout is not None
    child = Path("/proc") / parent.stdout.readline().strip()
    assert child.exists()

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert ends(child)


def ends(process: Path, patience: float = 5) -> bool:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if not process.exists() or "Z (zombie)" in (process / "status").read_text():
            return True
        time.sleep(0.02)
    return False
