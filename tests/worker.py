"""A real Celery worker in its own process, on the database and the broker of the running test."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection

PATIENCE = 30.0  # seconds


def environment_of_test(*, smtp_port: int) -> dict[str, str]:
    """The environment in which a program works on the test's own database and mail server."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    return os.environ | {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


@contextlib.contextmanager
def running_worker(*, smtp_port: int) -> Iterator[subprocess.Popen[str]]:
    """Start `celery worker`, wait until it takes tasks, stop it at the end. Empties the test's broker first."""
    from cop.celery import app

    app.control.purge()
    command = [sys.executable, "-m", *"celery -A cop worker -P solo --without-mingle --without-gossip".split()]
    worker = subprocess.Popen(
        command, env=environment_of_test(smtp_port=smtp_port), cwd=settings.BASE_DIR, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until(lambda: bool(app.control.ping(timeout=0.3)), "the worker answers")
        yield worker
    finally:
        worker.terminate()
        worker.wait(PATIENCE)


def wait_until(done: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Look every 50 milliseconds; fails when it takes longer than `patience` seconds."""
    until = time.monotonic() + patience
    while not done():
        if time.monotonic() > until:
            raise AssertionError(f"waited {patience:.0f} s in vain until {what}")
        time.sleep(0.05)
