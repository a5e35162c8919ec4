"""An SMTP server on loopback that keeps each mail as one file; the demo shows them at /mailbox/."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import socket
import time
from functools import partial
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

KEEP = 500
LARGEST = 10 * 1024 * 1024  # bytes
PRUNE_EVERY = 50  # mails


class Folder:
    """Handler of aiosmtpd: writes each mail whole or not at all, and deletes the oldest."""

    def __init__(self, folder: Path, keep: int = KEEP) -> None:
        self.folder, self.keep, self.numbers = folder, keep, itertools.count(1)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        number = next(self.numbers)
        name = f"{time.time_ns():020d}-{number:06d}"
        part = self.folder / f"{name}.part"
        part.write_bytes(head(envelope.mail_from, envelope.rcpt_tos) + envelope.content)
        part.rename(self.folder / f"{name}.eml")
        if number % PRUNE_EVERY == 0:
            self.prune()
        return "250 Kept for the demo"

    def prune(self) -> None:
        for old in sorted(self.folder.glob("*.eml"), reverse=True)[self.keep :]:
            old.unlink(missing_ok=True)


def head(sender: str, receivers: list[str]) -> bytes:
    """Who it was really for, which the mail's own lines need not say."""
    lines = [f"X-Envelope-From: {sender}", f"X-Envelope-To: {', '.join(receivers)}"]
    return "".join(f"{line}\r\n" for line in lines).encode(errors="replace")


async def serve(listening: socket.socket, folder: Path) -> None:
    handler = Folder(folder)
    handler.prune()
    make = partial(SMTP, handler, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="mailbox.invalid")
    server = await asyncio.get_running_loop().create_server(make, sock=listening)
    print(f"listening on port {listening.getsockname()[1]}", flush=True)
    async with server:
        await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="number of the open socket to listen on")
    parser.add_argument("--folder", type=Path, required=True)
    arguments = parser.parse_args()
    os.umask(0o077)
    asyncio.run(serve(socket.socket(fileno=arguments.fd), arguments.folder))


if __name__ == "__main__":
    main()
