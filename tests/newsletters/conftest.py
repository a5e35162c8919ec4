from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from newsletters.delivery import breaker, engine
from newsletters.delivery.breaker import Breaker
from newsletters.models import Issue
from newsletters.queries import ledger
from tests.mailserver import MailServer, OnAnyPort


@pytest.fixture(autouse=True)
def fresh_breaker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test inherits a pause from the one before it."""
    monkeypatch.setattr(breaker, "OF_THIS_PROCESS", Breaker())


class MoodyServer(MailServer):
    """A mail server whose answers a test chooses, step by step. `moods` maps an address to what happens after its body:
    an answer, `drop` (takes the mail, gives no answer) or `lose` (closes the connection at RCPT)."""

    def __init__(self) -> None:
        super().__init__()
        self.moods: dict[str, str] = {}
        self.senders: list[str] = []
        self.sender_answer = "250 OK"

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        self.senders.append(address)
        if self.sender_answer.startswith("250"):
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.moods.get(address) == "lose":
            server.transport.abort()
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mood = self.moods.get(envelope.rcpt_tos[0], "")
        if mood[:1] in {"4", "5"}:
            return mood
        answer = await super().handle_DATA(server, session, envelope)
        if mood == "drop":
            server.transport.abort()
        return mood if mood[:1].isdigit() else answer


@contextlib.contextmanager
def running(handler: MailServer) -> Iterator[MailServer]:
    controller = OnAnyPort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        controller.stop()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with running(MoodyServer()) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        yield server


def send() -> Counter[str]:
    return engine.run()


def states(issue: Issue) -> dict[str, int]:
    """The states that somebody is in, with their numbers."""
    return {state: number for state, number in ledger(issue).states.items() if number}
