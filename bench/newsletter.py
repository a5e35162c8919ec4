"""One issue to N subscribers by one real Celery worker, against a bare SMTP loop that sends the same bytes."""

from __future__ import annotations

import argparse
import os
import smtplib
import subprocess
import sys
import time
from pathlib import Path

from bench import sink
from bench.harness import Figures, Servers, manage, median, say
from local import processes
from local.state import ROOT

BODY = (Path(__file__).parent / "issue.md").read_text()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--subscribers", type=int, default=1000, help="newsletter: to how many an issue goes")


def measure(own: Servers, options: argparse.Namespace) -> Figures:
    number = options.subscribers
    with sink.running(own.base) as inbox:
        variables = own.variables("bench_newsletter", smtp_port=inbox.port)
        manage(variables, "migrate", "-v0")
        os.environ.update(variables)
        subscribe(number)
        worker = start_worker(own.base, variables)
        try:
            deliver(inbox, 0, number)  # connections, caches and code are warm from here on, and the bytes are known
            delivered, bare = [], []
            for round_ in range(1, options.rounds + 1):
                delivered.append(deliver(inbox, round_, number))
                bare.append(loop(inbox, number))
                say(f"newsletter, round {round_}: worker {delivered[-1]:.2f} s, bare loop {bare[-1]:.2f} s")
        finally:
            processes.stop(worker)
        size = inbox.first.stat().st_size
    return {
        "messages": number,
        "bytes of a message": size,
        "worker: seconds": round(median(delivered), 2),
        "worker: messages per second": round(number / median(delivered)),
        "bare SMTP loop: seconds": round(median(bare), 2),
        "bare SMTP loop: messages per second": round(number / median(bare)),
        "ratio: worker's speed to the bare loop's": round(median(bare) / median(delivered), 2),
    }


def subscribe(number: int) -> None:
    import django

    django.setup()
    from django.utils import timezone

    from newsletters.models import Subscription

    Subscription.objects.bulk_create(
        Subscription(
            email=f"reader-{one}@bench.invalid", status=Subscription.Status.ACTIVE, confirmed_at=timezone.now()
        )
        for one in range(number)
    )


def start_worker(base: Path, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    from cop.celery import app

    worker = processes.start(
        [sys.executable, "-m", "celery", "--app=cop", "worker", "--pool=solo", "--loglevel=WARNING"],
        base / "log" / "worker.log", env=variables, cwd=ROOT,
    )  # fmt: skip
    while not app.control.ping(timeout=0.5, limit=1):
        if worker.poll() is not None:
            raise SystemExit(processes.tail(base / "log" / "worker.log"))
    return worker


def deliver(inbox: sink.Sink, round_: int, number: int) -> float:
    """Seconds from the click on Send until the last mail has arrived."""
    from members.models import Member
    from newsletters import operations
    from newsletters.models import Issue

    editor, _ = Member.objects.get_or_create(
        email="editor@bench.invalid", defaults={"name": "Editor", "handle": "editor"}
    )
    issue = Issue.objects.create(
        number=round_ + 1, slug=f"bench-{round_}", subject="What ten questions taught us", body=BODY,
        audience={"everyone": True},
    )  # fmt: skip
    operations.approve(issue, by=editor)
    before, began = inbox.count.value, time.monotonic()
    operations.start(issue, by=editor)
    seconds = inbox.wait_for(before + number) - began
    wait_until_sent(issue.pk)
    return seconds


def wait_until_sent(issue: int) -> None:
    """Until the worker has also written down the last state, so that the next round has it to itself."""
    from newsletters.models import Issue

    until = time.monotonic() + 60
    while Issue.objects.get(pk=issue).status != Issue.Status.SENT:
        if time.monotonic() > until:
            raise SystemExit("The issue was delivered, but never became 'sent'.")
        time.sleep(0.02)


def loop(inbox: sink.Sink, number: int) -> float:
    """The least that sending takes: one connection, one message after the other, nothing written down."""
    content = inbox.first.read_bytes()
    before, began = inbox.count.value, time.monotonic()
    with smtplib.SMTP("127.0.0.1", inbox.port) as server:
        for one in range(number):
            server.sendmail("community@localhost", [f"reader-{one}@bench.invalid"], content)
    return inbox.wait_for(before + number) - began
