"""24 people, or one person with 24 browsers, who do the same in one moment."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils.crypto import get_random_string

from members.models import Member

TIMES = 24
_pools: list[ThreadPoolExecutor] = []


@contextlib.contextmanager
def gathered() -> Iterator[None]:
    """The crowd comes together once for many tests; until it goes, its threads keep their connections."""
    with ThreadPoolExecutor(TIMES) as pool:
        _pools.append(pool)
        try:
            yield
        finally:
            at_once(lambda _: connection.close(), range(TIMES))
            _pools.remove(pool)


def at_once(act: Callable[[Any], Any], crowd: Sequence[Any]) -> list[Any]:
    """What each of the crowd gets. All of them wait for the last one before they act."""
    barrier = threading.Barrier(TIMES)

    def acted(one: Any) -> Any:
        barrier.wait()
        return act(one)

    return list(_pools[-1].map(acted, crowd))


def press(member: Member, path: str, data: Callable[[], dict[str, Any]]) -> Counter[int]:
    """The statuses of 24 answers to the same form, sent in the same moment from as many browsers."""
    return Counter(at_once(lambda browser: int(browser.post(path, data()).status_code), browsers_of(member)))


def browsers_of(member: Member) -> list[Client]:
    """24 browsers, each with a session of its own that holds what a log-in leaves there."""
    browsers = [Client(raise_request_exception=False) for _ in range(TIMES)]
    browsers[0].force_login(member)
    first = Session.objects.get(session_key=browsers[0].session.session_key)
    keys = [get_random_string(32) for _ in browsers[1:]]
    Session.objects.bulk_create(
        Session(session_key=key, session_data=first.session_data, expire_date=first.expire_date) for key in keys
    )
    for browser, key in zip(browsers[1:], keys, strict=True):
        browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return browsers
