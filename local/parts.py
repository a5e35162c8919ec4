"""The demo's own processes: web server, worker, beat and mail catcher."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from local import processes
from local.state import ROOT

PATIENCE = 60.0  # seconds
CELERY = ["-m", "celery", "--app=cop"]


class Parts:
    """Starts the processes, two of them before the tables are there; says when all work; stops them."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.last_signals: dict[str, signal.Signals] = {}

    def start_behind(self, mail: socket.socket) -> None:
        """The parts that nobody opens. The socket is handed over and closed here. Needs the site's environment."""
        self._start(
            "mail", ["-m", "local.mailcatcher", f"--fd={mail.fileno()}", f"--folder={self.base / 'mailbox'}"], mail
        )
        quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self._start(
            "worker", [*CELERY, "worker", "--concurrency=3", "--loglevel=INFO", *quick], last_signal=signal.SIGQUIT
        )

    def start_in_front(self, web: socket.socket) -> None:
        """The parts that need the tables: pages, and the clock that gives the worker its jobs."""
        self._start(
            "web",
            ["-m", "gunicorn", "--bind", f"fd://{web.fileno()}", "--preload", "--workers=2", "--worker-class=gthread",
             "--threads=4", "--graceful-timeout=5", "--no-control-socket", "cop.wsgi"],
            web, last_signal=signal.SIGQUIT,
        )  # fmt: skip
        schedule = self.base / "beat-schedule"
        self._start("beat", [*CELERY, "beat", "--loglevel=INFO", "--pidfile=", f"--schedule={schedule}"])

    def _start(
        self, name: str, arguments: list[str], *handed: socket.socket, last_signal: signal.Signals = signal.SIGTERM
    ) -> None:
        self._log(name).unlink(missing_ok=True)
        self.last_signals[name] = last_signal
        self.running[name] = processes.start(
            [sys.executable, *arguments], self._log(name), last_signal=last_signal, cwd=ROOT,
            pass_fds=[one.fileno() for one in handed],
        )  # fmt: skip
        for one in handed:
            one.close()

    def wait(self, site: str) -> None:
        """Return when the site says it is in order and the worker answers; stop with the reason when a part ends."""
        from cop.celery import app

        until = time.monotonic() + PATIENCE
        while fault := site_fault(site) or (
            "" if app.control.ping(timeout=0.5, limit=1) else "the worker does not answer"
        ):
            self._stop_if_one_ended()
            if time.monotonic() > until:
                sys.exit(f"The demo did not come up: {fault}. Logs: {self.base / 'log'}")
            time.sleep(0.05)

    def watch(self) -> int:
        """Wait until a part ends by itself, which is an error; people end the demo with a signal."""
        while True:
            self._stop_if_one_ended()
            time.sleep(0.5)

    def _stop_if_one_ended(self) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                sys.exit(f"The part '{name}' ended by itself:\n{processes.tail(self._log(name))}")

    def stop(self) -> None:
        """End all at once and soon: what is not finished is taken up again at the next start."""
        for name, process in self.running.items():
            process.send_signal(self.last_signals[name])
        processes.see_off(*self.running.values())

    def _log(self, name: str) -> Path:
        return self.base / "log" / f"{name}.log"


def site_fault(site: str) -> str:
    """What /readyz finds out of order, in words; empty when nothing is."""
    try:
        with urllib.request.urlopen(f"{site}/readyz", timeout=10):  # noqa: S310 - our own http address
            return ""
    except urllib.error.HTTPError as error:
        return describe(error)
    except OSError as error:
        return f"the site does not answer ({error})"


def describe(error: urllib.error.HTTPError) -> str:
    body = error.read().decode(errors="replace")
    try:
        return ", ".join(f"{name}: {state}" for name, state in json.loads(body)["checks"].items() if state != "ok")
    except (ValueError, KeyError, TypeError):
        return f"/readyz answers {error.code}"
