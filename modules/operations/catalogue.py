"""Modules and their subtopics: writing them down, publishing them, taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.lists import write_list
from modules.models import Module, Subtopic
from modules.operations import progress
from modules.rules import in_words, missing_to_publish_module


class ModuleFields(TypedDict, total=False):
    order: int
    title: str
    promise: str
    summary: str
    hours: Decimal | float
    level: str
    glyph: str


class SubtopicFields(TypedDict, total=False):
    slug: str
    title: str
    text: str


@transaction.atomic
def save_module(*, slug: str, subtopics: Sequence[SubtopicFields], **fields: Unpack[ModuleFields]) -> Module:
    """Write a module and its subtopics in their order; what was there under the same slugs is brought up to date."""
    values = {**fields, "updated_at": timezone.now()}
    module, _ = Module.objects.update_or_create(slug=slug, defaults=values)
    wanted = {
        subtopic["slug"]: {"order": order, "title": subtopic["title"], "text": subtopic.get("text", "")}
        for order, subtopic in enumerate(subtopics, start=1)
    }
    write_list(Subtopic, {"module": module}, "slug", wanted)
    return module


@transaction.atomic
def publish_module(module: Module) -> Module:
    """Open the module to everybody. Refused with the list of what is missing; repeating changes nothing."""
    locked = Module.objects.select_for_update().get(pk=module.pk)
    missing = missing_to_publish_module(locked)
    if missing:
        raise Refused(f"“{locked.title}” cannot be published yet. It still needs {in_words(missing)}.")
    if not locked.is_published:
        set_status(locked, Module.Status.PUBLISHED)
        progress.settle(locked)
    module.status, module.updated_at = locked.status, locked.updated_at
    return module


@transaction.atomic
def take_back_module(module: Module) -> Module:
    """Show the module as in preparation again. Nobody loses what they have done in it."""
    if module.is_published:
        set_status(module, Module.Status.IN_PREPARATION)
    return module


def set_status(module: Module, status: str) -> None:
    module.status, module.updated_at = status, timezone.now()
    module.save(update_fields=["status", "updated_at"])
