"""The Welcome Kit: ticking, skipping, saying hello."""

from __future__ import annotations

from django.db import transaction

from cop.lib.errors import Refused
from members.models import Member, WelcomeProgress, WelcomeStep
from members.operations import ledger

LONGEST_HELLO = 300


def tick(step: WelcomeStep, *, by: Member) -> None:
    """Mark a step as done; a step that the ledger proves is refused, because doing it ticks it."""
    if step.verb_id:
        raise Refused(f"“{step.title}” is ticked by itself when you do it.")
    _set(step, by, WelcomeProgress.State.DONE)


def skip(step: WelcomeStep, *, by: Member) -> None:
    """Leave a step out; doing it later still counts."""
    _set(step, by, WelcomeProgress.State.SKIPPED)


@transaction.atomic
def say_hello(words: str, *, by: Member) -> None:
    """Say hello in one sentence, once; others see it on their start page. The ledger keeps the act, not the words."""
    words = " ".join(words.split())
    if not words:
        raise Refused("Write one sentence about what you work on.")
    if len(words) > LONGEST_HELLO:
        raise Refused(f"Keep it to {LONGEST_HELLO} characters; these are {len(words)}.")
    said = ledger.record("hello-said", by=by, kind="hello", key="first", title="Hello to everybody")
    if said is None:
        raise Refused("You have said hello already.")
    by.hello = words
    by.save(update_fields=["hello"])


def _set(step: WelcomeStep, member: Member, state: str) -> None:
    WelcomeProgress.objects.update_or_create(member=member, step=step, defaults={"state": state})
