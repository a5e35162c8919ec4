"""What is made once for many tests, each of which finds it as it was."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import transaction


@contextlib.contextmanager
def kept_for_many(blocker: Any) -> Iterator[None]:
    """What is written inside stays for all tests that run before the block ends; none of them may really commit."""
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
