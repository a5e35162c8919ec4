"""The list of things to do in each module. Apps above place their own things here."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from modules.models import Module, SyllabusItem
from modules.operations import progress


@transaction.atomic
def place(
    module: Module, *, kind: str, key: str, title: str, minutes: int, exposure: str = "", no_code: bool = False,
    address: str, order: int, required: bool = True,
) -> SyllabusItem:  # fmt: skip
    """Put a thing to do into the module, or bring its row up to date. Repeating changes nothing.

    kind and key name the thing for good; what members did with it stays, also when it comes back after a pause.
    """
    wanted = {
        "module_id": module.pk, "order": order, "title": title, "minutes": minutes, "exposure": exposure,
        "no_code": no_code, "address": address, "required": required, "withdrawn_at": None,
    }  # fmt: skip
    item, is_new = SyllabusItem.objects.get_or_create(kind=kind, key=key, defaults=wanted)
    changed = [field for field, value in wanted.items() if getattr(item, field) != value]
    if changed:
        for field in changed:
            setattr(item, field, wanted[field])
        item.save(update_fields=changed)
    if is_new or changed:
        Module.objects.filter(pk=module.pk).update(updated_at=timezone.now())
    return item


@transaction.atomic
def remove(*, kind: str, key: str) -> None:
    """Take a thing out of its module; its row and members' progress are kept. Repeating changes nothing."""
    item = SyllabusItem.objects.placed().filter(kind=kind, key=key).select_related("module").first()
    if item is None:
        return
    item.withdrawn_at = timezone.now()
    item.save(update_fields=["withdrawn_at"])
    progress.settle(item.module)


def warn(*, kind: str, key: str, words: str) -> None:
    """Put a few words of warning beside a thing, as “needs repair”; empty ones take them away."""
    SyllabusItem.objects.filter(kind=kind, key=key).update(warning=words)
