"""What every measurement needs: servers of its own, a database per case, medians, and a place for the results."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.environment import environment
from local.servers import Postgres, Valkey
from local.state import ROOT
from local.suite import folder_for_tests

RESULTS = Path(__file__).parent / "results.jsonl"
Figures = dict[str, float | int]


@dataclass
class Servers:
    """PostgreSQL and Valkey in a folder that is gone afterwards."""

    base: Path
    postgres: Postgres
    valkey: Valkey

    def variables(self, database: str, *, smtp_port: int = 9, settings: str = "cop.settings") -> dict[str, str]:
        """The site's environment on a database of that name, which is made when there is none."""
        self.postgres.create_database(database)
        own = environment(self.base, port=8000, smtp_port=smtp_port, postgres=self.postgres, valkey=self.valkey)
        return os.environ | own | {
            "DATABASE_URL": self.postgres.url(database), "DJANGO_SETTINGS_MODULE": settings, "LOG_LEVEL": "WARNING",
        }  # fmt: skip


@contextlib.contextmanager
def servers() -> Iterator[Servers]:
    """As durable as in production: every commit waits for the disk."""
    base = Path(tempfile.mkdtemp(prefix="cop-bench-", dir=folder_for_tests()))
    own = Servers(base, Postgres(base), Valkey(base))
    try:
        own.postgres.start()
        own.valkey.start()
        yield own
    finally:
        own.valkey.stop()
        own.postgres.stop()
        shutil.rmtree(base, ignore_errors=True)


class Answering:
    """A process that runs a module of `bench` on a database: it gets a line and answers with one of JSON."""

    def __init__(self, variables: dict[str, str], module: str, *arguments: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)], env=variables, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.module = module

    def ask(self, what: str) -> Any:
        print(what, file=self.process.stdin, flush=True)
        return self.answer()

    def answer(self) -> Any:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise SystemExit(f"{self.module}: the process ended")
        return json.loads(line)

    def end(self) -> None:
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(30)


def manage(variables: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], env=variables, cwd=ROOT, check=True)


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def median(values: Sequence[float]) -> float:
    return float(statistics.median(values))


def record(name: str, figures: Figures) -> None:
    """Append one line; BENCH_RESULTS names another file."""
    line = {
        "bench": name, "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(), "processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2),
        "figures": figures,
    }  # fmt: skip
    with Path(os.environ.get("BENCH_RESULTS", RESULTS)).open("a") as file:
        file.write(json.dumps(line) + "\n")
