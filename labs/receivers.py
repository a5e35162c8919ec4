"""What this app does when the app of modules announces something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from members.models import Member
from modules.models import Module, SyllabusItem
from modules.signals import item_done, module_done, resource_done


@receiver(item_done)
def go_on_with_paths(member: Member, item: SyllabusItem, **kwargs: Any) -> None:
    """A path may be complete now."""


@receiver(resource_done)
def go_on_with_paths_by_resource(member: Member, **kwargs: Any) -> None:
    """A path may be complete now."""


@receiver(module_done)
def certify_module(member: Member, module: Module, **kwargs: Any) -> None:
    """A certificate may be due now."""
