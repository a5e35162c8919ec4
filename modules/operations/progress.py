"""Who got how far. A module is complete once, when all it requires is done."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from members.models import Member
from members.operations import ledger
from modules.models import ItemProgress, Module, ModuleCompletion, SyllabusItem
from modules.queries.standing import required_before
from modules.signals import item_done, module_done


@transaction.atomic
def start(item: SyllabusItem, *, by: Member, resume: str = "") -> ItemProgress:
    """Note that the member began. Repeating finds the first.

    resume: the page to go on at, if it is not the item's own."""
    found, _ = ItemProgress.objects.get_or_create(member=by, item=item, defaults={"resume": resume})
    return found


@transaction.atomic
def complete(item: SyllabusItem, *, by: Member) -> ItemProgress:
    """Note that the member has done the item. Repeating finds the first.

    A Concept is written into the ledger here; what else is done is written there by the app that placed it. With the
    last required item the module is complete. An item done before an earlier required one is marked as out of order.
    """
    one_at_a_time(by)
    found, _ = ItemProgress.objects.get_or_create(member=by, item=item)
    if found.state == ItemProgress.State.DONE:
        return found
    found.state, found.done_at = ItemProgress.State.DONE, timezone.now()
    found.out_of_order = bool(required_before(item, by))
    found.save(update_fields=["state", "done_at", "out_of_order"])
    if item.kind == SyllabusItem.Kind.CONCEPT:
        ledger.record(
            "article-read", by=by, kind=item.kind, key=item.key, title=item.title, address=item.address,
            topic=item.module.slug,
        )  # fmt: skip
    complete_module(item.module, by=by)
    item_done.send(sender=SyllabusItem, member=by, item=item)
    return found


def one_at_a_time(member: Member) -> None:
    """Two last items done at the same moment must not each see the other one open."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def complete_module(module: Module, *, by: Member) -> None:
    """Write the completion where all required items are done; once for ever, and only of a published module."""
    required = module.items.placed().filter(required=True)
    done = ItemProgress.objects.filter(member=by, state=ItemProgress.State.DONE)
    if not module.is_published or not required or required.exclude(progress__in=done).exists():
        return
    _, is_new = ModuleCompletion.objects.get_or_create(member=by, module=module)
    if is_new:
        ledger.record(
            "module-completed", by=by, kind="module", key=module.slug, title=module.title,
            address=module.get_absolute_url(), topic=module.slug,
        )  # fmt: skip
        module_done.send(sender=Module, member=by, module=module)


def settle(module: Module) -> None:
    """Complete the module for everybody who has done all it requires, after the list itself has changed."""
    required = list(module.items.placed().filter(required=True))
    ready = (
        ItemProgress.objects.filter(item__in=required, state=ItemProgress.State.DONE)
        .exclude(member__module_completions__module=module)
        .values("member").annotate(done=Count("pk")).filter(done=len(required)).values("member")
    )  # fmt: skip
    members = list(Member.objects.filter(pk__in=ready))
    for member in members:
        complete_module(module, by=member)
