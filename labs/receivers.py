"""What this app does when the app of modules announces something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from labs.models import PathItem
from labs.operations import certificates, paths
from labs.queries.path_things import KIND_OF
from members.models import Member
from modules.models import ExternalResource, Module, SyllabusItem
from modules.signals import item_done, module_done, resource_done


@receiver(item_done)
def go_on_with_paths(member: Member, item: SyllabusItem, **kwargs: Any) -> None:
    """A path may be complete now."""
    paths.settle_paths(member, kind=KIND_OF[SyllabusItem.Kind(item.kind)], target=item.key)


@receiver(resource_done)
def go_on_with_paths_by_resource(member: Member, resource: ExternalResource, **kwargs: Any) -> None:
    """A path may be complete now."""
    paths.settle_paths(member, kind=PathItem.Kind.RESOURCE, target=resource.slug)


@receiver(module_done)
def certify_module(member: Member, module: Module, **kwargs: Any) -> None:
    """A certificate may be due now."""
    certificates.award_due(member)
