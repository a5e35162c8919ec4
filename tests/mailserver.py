"""A real SMTP server on loopback that keeps what it gets and can be told to refuse."""

from __future__ import annotations

import contextlib
import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """Handler of aiosmtpd; `letters` holds what arrived, `refusals` maps an address to the answer it gets."""

    port = 0

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        letter["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.letters.append(letter)  # type: ignore[arg-type]
        return "250 Message accepted for delivery"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if letter["X-Envelope-To"] == address]


class OnAnyPort(Controller):
    """Takes a free port; aiosmtpd itself would greet port 0."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextlib.contextmanager
def running_mail_server() -> Iterator[MailServer]:
    handler = MailServer()
    controller = OnAnyPort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()
