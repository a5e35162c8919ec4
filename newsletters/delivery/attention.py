"""What an issue asks of its readers' attention: it waits until their quiet hours end, and counts in their week.

No delivery is ever left out for that; one that waits is pending like any other."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from members.operations import attention
from newsletters.delivery.worker import Worker
from newsletters.models import Delivery, Issue

log = logging.getLogger(__name__)
KIND = "newsletter"


def let_quiet_readers_wait(worker: Worker, now: datetime | None = None) -> int:
    """Put off what is due for members who are in their quiet hours, to the end of these. Returns how many wait."""
    now = now or timezone.now()
    return worker.surely(lambda: _put_off(now))


def count(worker: Worker, sent: list[int]) -> None:
    """Count sent deliveries against their readers' weeks; repeating it counts nothing twice.

    The mails have left: nothing that goes wrong here may stop the ones that follow."""
    if not sent:
        return
    try:
        worker.surely(lambda: _count(sent))
    except Exception:
        log.exception("newsletters were sent, but not counted in their readers' weeks")


def _put_off(now: datetime) -> int:
    due = _due(now)
    until: dict[datetime, list[int]] = defaultdict(list)
    for member, end in attention.may_mail_at(due.values("subscription__member"), now).items():
        until[end].append(member)
    return sum(
        due.filter(subscription__member__in=members).update(next_try_at=end) for end, members in until.items()
    )  # fmt: skip


def _due(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        state=Delivery.State.PENDING, next_try_at__lte=now, issue__status=Issue.Status.SENDING,
        subscription__member__isnull=False,
    )  # fmt: skip


def _count(sent: list[int]) -> None:
    rows = Delivery.objects.filter(pk__in=sent, subscription__member__isnull=False)
    mails = rows.values_list("subscription__member", "pk")
    attention.spend(((member, f"{KIND}:{number}") for member, number in mails if member), kind=KIND)
