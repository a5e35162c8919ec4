"""Waking a worker, once the change that needs it is in the database."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from kombu.exceptions import OperationalError

if TYPE_CHECKING:
    from celery import Task

log = logging.getLogger(__name__)


def wake_on_commit(task: Task[Any, Any], *args: Any) -> None:
    """Start a task after the commit. While the broker is away nothing fails: the task's sweep finds the work later."""

    def wake() -> None:
        try:
            task.apply_async(args=args, retry=False, ignore_result=True)
        except (OperationalError, OSError) as error:
            log.warning("broker away, %s waits for its sweep: %s", task.name, error)

    transaction.on_commit(wake)
