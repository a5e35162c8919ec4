"""An SMTP server in a process of its own that counts what it gets and throws it away."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

from local import ports, processes


class Sink:
    """What the counting process tells the others."""

    def __init__(self, port: int, first: Path) -> None:
        self.port, self.first = port, first
        self.count: Any = multiprocessing.Value("q", 0)
        self.last: Any = multiprocessing.Value("d", 0.0)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if not self.first.exists():
            self.first.write_bytes(envelope.content)
        self.last.value = time.monotonic()
        self.count.value += 1
        return "250 Counted"

    def wait_for(self, number: int, patience: float = 120) -> float:
        """The moment at which the message of that number arrived."""
        until = time.monotonic() + patience
        while self.count.value < number:
            if time.monotonic() > until:
                raise SystemExit(f"Only {self.count.value} of {number} messages arrived within {patience:.0f} s.")
            time.sleep(0.005)
        return float(self.last.value)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Sink]:
    listening = ports.listen_on(0)
    sink = Sink(ports.number(listening), folder / "first.eml")
    process = multiprocessing.get_context("fork").Process(
        target=serve, args=(sink, listening, os.getpid()), daemon=True
    )
    process.start()
    try:
        yield sink
    finally:
        process.terminate()
        process.join()
        listening.close()


def serve(sink: Sink, listening: socket.socket, parent: int) -> None:
    processes.die_with_parent(parent, signal.SIGTERM)()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    async def forever() -> None:
        make = partial(SMTP, sink, hostname="sink.invalid")
        server = await asyncio.get_running_loop().create_server(make, sock=listening)
        await server.serve_forever()

    asyncio.run(forever())
