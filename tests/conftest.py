"""What every test may use. The servers are real; `./run test` starts them and names them in the environment."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, TransactionTestCase

from tests import tables, thorough
from tests.factories.members import MemberFactory
from tests.log_in import log_in
from tests.mailserver import MailServer, running_mail_server

LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(thorough.OPTION, action="store_true", help="also run the tests with the mark thorough")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[LEFT_OUT] = thorough.leave_out(config, items)


def pytest_collection_finish() -> None:
    """What is there now stays until the end, so the collector of garbage need not look at it again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every parallel worker collects all tests, so each tells the same number."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out; `./run test` without arguments says it itself, in its last line."""
    if not (number := config.stash.get(LEFT_OUT, 0)):
        return
    if note := os.environ.get("LEFT_OUT"):
        Path(note).write_text(thorough.words(number) + "\n")
    else:
        terminalreporter.write_line(thorough.words(number))


@pytest.fixture(scope="session", autouse=True)
def quick_cleaning() -> Iterator[None]:
    """After a test with real transactions, all tables are emptied in one go."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", tables.empty)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_log_in() -> Iterator[None]:
    """A browser that is signed in, without the four questions to the database that a fresh one does not need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "_login", log_in)
        yield


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


@pytest.fixture(scope="session")
def cache_server() -> Any:
    """One client for all tests; Django's cache makes a new one for each call."""
    return cache._cache.get_client(None, write=True)


@pytest.fixture(autouse=True)
def empty_cache(cache_server: Any) -> None:
    cache_server.flushdb()


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A real SMTP server that keeps what it gets; Django's mail goes there."""
    with running_mail_server() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        yield server


@pytest.fixture
def member(db: None) -> Any:
    return MemberFactory()


@pytest.fixture
def member_client(member: Any) -> Client:
    """A browser in which an ordinary member, who accepted the code of conduct, is signed in."""
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def organizer_client(db: None) -> Client:
    client = Client()
    client.force_login(MemberFactory(is_staff=True, is_superuser=True))
    return client
