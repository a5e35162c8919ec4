"""Child processes that never outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# Loaded here and not in the child: after the switch of user the interpreter's own folder may be out of reach.
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


def die_with_parent(parent: int, last_signal: signal.Signals) -> Callable[[], None]:
    """What a new child does first: ask the Linux kernel to be stopped when its parent is gone, even by SIGKILL."""

    def ask() -> None:
        signal.signal(last_signal, signal.SIG_DFL)  # a shell that starts us in the background lets it be ignored
        if _prctl:
            _prctl(PR_SET_PDEATHSIG, last_signal, 0, 0, 0)
            if os.getppid() != parent:  # gone between the fork and the line above
                os._exit(1)

    return ask


def start(
    command: Sequence[str], log: Path, *, last_signal: signal.Signals = signal.SIGINT, **options: Any
) -> subprocess.Popen[bytes]:
    """Start a child whose output goes to `log` and which stops with this process.

    last_signal: what it gets when this process is gone; the one that ends it soon and takes its own children along.
    Signals that end this process wait meanwhile: what their handlers raise while Python forks is swallowed."""
    log.parent.mkdir(parents=True, exist_ok=True)
    ask, mask = die_with_parent(os.getpid(), last_signal), signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)

    def first() -> None:
        ask()
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    try:
        with log.open("ab") as out:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=first, **options,
            )  # fmt: skip
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def stop(*processes: subprocess.Popen[bytes] | None, patience: float = 10) -> None:
    """End children politely and all at once, then for sure."""
    running = [process for process in processes if process is not None and process.poll() is None]
    for process in running:
        process.terminate()
    see_off(*running, patience=patience)


def see_off(*processes: subprocess.Popen[bytes], patience: float = 10) -> None:
    """Wait for children that were told to end; whoever needs longer is killed."""
    for process in processes:
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def tail(log: Path, characters: int = 2000) -> str:
    return log.read_text(errors="replace")[-characters:] if log.exists() else ""
