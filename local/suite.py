"""`./run test`: linters, type check, architecture, tests and browser journeys against servers made for this run.

`--thorough` adds the tests that the everyday run leaves out; `--weigh` runs all and finds anew which these are. With
other arguments only pytest runs, with these arguments."""

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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from local import journeys, processes
from local.browser import chromium
from local.environment import DATABASE, environment
from local.prepared import prepared
from local.servers import PREPARED, Postgres, Valkey
from local.state import AS_ROOT, ROOT

BIN = Path(sys.executable).parent
PREFIX = "cop-test-"
THOROUGH, WEIGH = "--thorough", "--weigh"
WORKERS = min(6, max(2, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2))
PARALLEL = ["-p", "local.workers", "-n", str(WORKERS), "--no-loadscope-reorder"]
# What the checks read the settings with; none of them asks a server.
PRODUCTION = {
    "DATABASE_URL": "postgres://cop@127.0.0.1:9/cop",
    "REDIS_URL": "redis://127.0.0.1:9",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DJANGO_SETTINGS_MODULE": "cop.settings",
    "SITE_URL": "https://community.example.org",
    "ALLOWED_HOSTS": "community.example.org",
    "DEMO": "off",
    "DEBUG": "off",
    "SECRET_KEY": "the-deploy-check-wants-a-long-key-that-does-not-look-like-an-example-4711",
}


@dataclass
class Check:
    """One program that must end with 0."""

    name: str
    command: list[str]


def checks() -> list[Check]:
    python = sys.executable
    return [
        Check("ruff, rules", [str(BIN / "ruff"), "check", "--quiet", "."]),
        Check("ruff, layout", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
        Check("djade, templates", [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates()]),
        Check("import-linter", [str(BIN / "lint-imports"), "--no-cache"]),
        Check("system check, --deploy", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]),
        Check("mypy, strict", [str(BIN / "mypy")]),
    ]


def templates() -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sorted((ROOT / "templates").rglob("*.html"))]


def main() -> None:
    arguments = sys.argv[1:]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # two dozen programs start here; each would compile all sources
    if arguments in ([], [THOROUGH], [WEIGH]):
        sys.exit(run_everything([THOROUGH, "-p", "tests.weighing"] if arguments == [WEIGH] else arguments))
    with test_servers() as variables:
        sys.exit(start_pytest(arguments, variables).wait())


@contextlib.contextmanager
def test_servers() -> Iterator[dict[str, str]]:
    """Servers of this run alone; those of the environment where DATABASE_URL and REDIS_URL name some."""
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield {}
        return
    remove_leftovers()
    os.environ[PREPARED] = str(prepared())
    base = new_folder()
    postgres, valkey = Postgres(base, durable=False), Valkey(base)
    try:
        postgres.start()
        valkey.start()
        variables = environment(base, port=8000, smtp_port=9, postgres=postgres, valkey=valkey)
        yield variables | {"TEST_TEMPLATE": DATABASE, "LOG_LEVEL": "WARNING", "PYTEST_DEBUG_TEMPROOT": str(base)}
    finally:
        valkey.stop()
        postgres.stop()
        shutil.rmtree(base, ignore_errors=True)


@contextlib.contextmanager
def demo_for_journeys() -> Iterator[dict[str, str]]:
    """Where there is a browser: a demo that starts while the tests are collected."""
    if not chromium():
        yield {}
        return
    folder = new_folder()
    try:
        with journeys.demo(folder):
            yield {journeys.STATE: str(folder)}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder_for_tests()))


def folder_for_tests() -> str:
    return "/var/tmp" if AS_ROOT else tempfile.gettempdir()  # noqa: S108 - mkdtemp makes the name


def remove_leftovers() -> None:
    """Folders of runs that were killed."""
    for left in Path(folder_for_tests()).glob(f"{PREFIX}*"):
        pid = left.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(left, ignore_errors=True)


def run_everything(arguments: list[str]) -> int:
    """The tests on two processes; beside them, and while their servers start, the other programs one by one."""
    started = time.monotonic()
    note = tempfile.NamedTemporaryFile("r", prefix="cop-left-out-")  # noqa: SIM115 - closed with this process
    beside = ThreadPoolExecutor(1)
    try:
        reports = [beside.submit(report, check) for check in checks()]
        with test_servers() as variables, demo_for_journeys() as walked:
            tests = start_pytest(["-q", *PARALLEL, *arguments], variables | walked | {"LEFT_OUT": note.name})
            try:
                green = tests.wait() == 0
            finally:
                processes.stop(tests)
        failed = [name for name, fault in (found.result() for found in reports) if fault] + ["pytest"] * (not green)
    finally:
        beside.shutdown(cancel_futures=True)
    if not chromium():
        print("The browser journeys were skipped: there is no Chromium on this machine.")
    print(f"{'FAILED: ' + ', '.join(failed) if failed else 'All green'} in {time.monotonic() - started:.0f} s")
    print(note.read(), end="")
    return 1 if failed else 0


def start_pytest(arguments: list[str], variables: dict[str, str]) -> subprocess.Popen[bytes]:
    """With the settings of the tests; each worker copies its own test database from the migrated one."""
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        env=os.environ | variables | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        preexec_fn=processes.die_with_parent(os.getpid(), signal.SIGTERM), cwd=ROOT,
    )  # fmt: skip


def report(check: Check) -> tuple[str, str]:
    """Run one check and print its line; returns its name and what it complained about."""
    began = time.monotonic()
    done = subprocess.run(check.command, env=os.environ | PRODUCTION, capture_output=True, text=True, cwd=ROOT)
    fault = "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or f"it ended with {done.returncode}"
    print(
        f"\n{'FAIL' if fault else 'ok  '} {check.name} ({time.monotonic() - began:.1f} s)\n{fault}".rstrip(), flush=True
    )
    return check.name, fault


if __name__ == "__main__":
    main()
