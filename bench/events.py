"""The events page against a page that does nothing, under the same gunicorn, with few and with many rows."""

from __future__ import annotations

import argparse
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from bench.harness import Figures, Servers, manage, median, say
from bench.load import requests_per_second
from local import ports, processes
from local.state import ROOT

SIZES = (100, 10_000)
PAGE, TRIVIAL = "/events/", "/bench/trivial/"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=3.0, help="events: how long each page is asked for in a round")


def measure(own: Servers, options: argparse.Namespace) -> Figures:
    figures: Figures = {}
    for size in SIZES:
        variables = own.variables(f"bench_events_{size}", settings="bench.settings")
        fill(variables, size)
        with gunicorn(own, variables) as port:
            pages, trivial = compare(port, size, options.rounds, options.seconds)
        own.postgres.drop_database(f"bench_events_{size}")
        figures[f"{size:,} members and events: events page, per second"] = round(pages, 1)
        figures[f"{size:,} members and events: trivial page, per second"] = round(trivial, 1)
        figures[f"{size:,} members and events: ratio"] = round(pages / trivial, 3)
    few, many = (figures[f"{size:,} members and events: events page, per second"] for size in SIZES)
    figures["ratio: with many rows to with few"] = round(many / few, 3)
    return figures


def fill(variables: dict[str, str], size: int) -> None:
    began = time.monotonic()
    manage(variables, "migrate", "-v0")
    manage(variables, "load_starter_content", "-v0")
    manage(variables, "make_demo", f"--members={size}", f"--events={size}", "-v0")
    say(f"events: {size:,} members and events made in {time.monotonic() - began:.0f} s")


@contextmanager
def gunicorn(own: Servers, variables: dict[str, str]) -> Iterator[int]:
    """The same shape as in the demo: two processes with four threads."""
    web = ports.listen_on(0)
    port = ports.number(web)
    server = processes.start(
        [sys.executable, "-m", "gunicorn", f"--bind=fd://{web.fileno()}", "--workers=2", "--threads=4",
         "--worker-class=gthread", "--no-control-socket", "cop.wsgi"],
        own.base / "log" / "web.log", env=variables, cwd=ROOT, pass_fds=[web.fileno()],
    )  # fmt: skip
    web.close()
    try:
        for path in (PAGE, TRIVIAL):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60):
                pass
        yield port
    except urllib.error.HTTPError as error:
        raise SystemExit(
            f"{error.url} answers {error.code}:\n{processes.tail(own.base / 'log' / 'web.log')}"
        ) from error
    finally:
        processes.stop(server)


def compare(port: int, size: int, rounds: int, seconds: float) -> tuple[float, float]:
    """Medians of requests per second, taken in turns; the first second of each page is not counted."""
    for path in (PAGE, TRIVIAL):
        requests_per_second(port, path, 1)
    pages, trivial = [], []
    for round_ in range(1, rounds + 1):
        pages.append(requests_per_second(port, PAGE, seconds))
        trivial.append(requests_per_second(port, TRIVIAL, seconds))
        say(f"events, {size:,}, round {round_}: events {pages[-1]:.0f}/s, trivial {trivial[-1]:.0f}/s")
    return median(pages), median(trivial)
