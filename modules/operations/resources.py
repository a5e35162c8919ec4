"""Outside resources: suggesting, deciding, doing them, and what members say on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from communities.queries.people import not_paused, organizers
from cop.lib.errors import Refused
from members.models import Member
from members.operations import ledger
from members.operations.notices import notify, notify_many
from modules.addresses import cleaned, key_of
from modules.models import ExternalResource, Module, ResourceCompletion, ResourceNote, Subtopic
from modules.rules import may_decide_on
from modules.signals import resource_done

ACCEPTED, REFUSED, SUGGESTED = "accepted", "refused", "suggested"
NOTE_LIMIT = 600


class ResourceFields(TypedDict, total=False):
    title: str
    kind: str
    level: str
    hours: Decimal | float
    cost: str
    why: str
    module: Module | None
    subtopic: Subtopic | None


@dataclass(frozen=True)
class Suggestion:
    """is_new: False where the page was known already, under the same or nearly the same address."""

    resource: ExternalResource
    is_new: bool


@transaction.atomic
def suggest(url: str, *, by: Member, now: datetime | None = None, **fields: Unpack[ResourceFields]) -> Suggestion:
    """Suggest a resource to those who keep its module; they are told.

    A page that is known already stays one record: the sentence of who comes second is kept as their note.
    Raises modules.addresses.BadAddress for what is no address of a page."""
    now = now or timezone.now()
    known = {
        **fields,
        "url": cleaned(url),
        "suggested_by": by,
        "suggested_at": now,
        "slug": _free_slug(fields["title"]),
    }
    try:
        found, is_new = ExternalResource.objects.get_or_create(key=key_of(url), defaults=known)
    except IntegrityError as error:  # another page was suggested under the same title at this moment
        raise Refused("Somebody was quicker with this title. Send the form again.", lost_race=True) from error
    if is_new:
        _tell_stewards(found, now)
    elif found.suggested_by_id != by.pk:
        ResourceNote.objects.get_or_create(resource=found, member=by, defaults={"text": fields["why"], "at": now})
    return Suggestion(found, is_new)


@transaction.atomic
def accept(resource: ExternalResource, *, by: Member, now: datetime | None = None) -> ExternalResource:
    """Show the resource to everybody; who suggested it is told and gets it into the ledger.

    Refused for who may not decide on this module, for one's own suggestion, and where it was accepted meanwhile."""
    row = _to_decide(resource, by, not_from=ACCEPTED)
    _decide(row, ACCEPTED, "", by, now or timezone.now())
    if row.suggested_by:
        ledger.record(
            "resource-accepted", by=row.suggested_by, kind="resource", key=row.slug, title=row.title,
            address=row.get_absolute_url(), topic=row.module.slug if row.module else "",
        )  # fmt: skip
        _tell_suggester(row, f"“{row.title}” is taken", "Thank you. It stands in the list now, with your sentence.")
    return row


@transaction.atomic
def refuse(
    resource: ExternalResource, *, by: Member, reason: str, now: datetime | None = None
) -> ExternalResource:  # fmt: skip
    """Say no to a suggestion, or take a resource out of the list, with a reason for who suggested it.

    Refused without a reason, for who may not decide on this module, and where it was refused meanwhile."""
    if not reason.strip():
        raise Refused("Write the reason. Who suggested it reads it.")
    row = _to_decide(resource, by, not_from=REFUSED)
    _decide(row, REFUSED, reason.strip()[:400], by, now or timezone.now())
    if row.suggested_by:
        _tell_suggester(row, f"“{row.title}” is not taken", row.reason)
    return row


@transaction.atomic
def finish(resource: ExternalResource, *, by: Member, now: datetime | None = None) -> ResourceCompletion:
    """Note that the member has done an accepted resource. Repeating finds the first."""
    if resource.status != ACCEPTED:
        raise Refused("Only a resource that is in the list can be marked as done.")
    found, is_new = ResourceCompletion.objects.get_or_create(
        resource=resource, member=by, defaults={"at": now or timezone.now()}
    )
    if is_new:
        ledger.record(
            "resource-completed", by=by, kind="resource", key=resource.slug, title=resource.title,
            address=resource.get_absolute_url(), topic=resource.module.slug if resource.module else "",
        )  # fmt: skip
        resource_done.send(sender=ExternalResource, member=by, resource=resource)
    return found


@transaction.atomic
def say(resource: ExternalResource, text: str, *, by: Member, now: datetime | None = None) -> ResourceNote | None:
    """Keep what a member says on a resource, in place of what they said before; without words it is taken away."""
    words = " ".join(text.split())
    if len(words) > NOTE_LIMIT:
        raise Refused(f"The note has {len(words):,} characters; {NOTE_LIMIT} fit.")
    if not words:
        ResourceNote.objects.filter(resource=resource, member=by).delete()
        return None
    note, _ = ResourceNote.objects.update_or_create(
        resource=resource, member=by, defaults={"text": words, "at": now or timezone.now()}
    )
    return note


def _to_decide(resource: ExternalResource, by: Member, *, not_from: str) -> ExternalResource:
    row = ExternalResource.objects.select_for_update(of=("self",)).select_related("module", "suggested_by")
    found = row.get(pk=resource.pk)
    if not may_decide_on(found, by):
        raise Refused("Those who keep this module decide on it, and nobody on their own suggestion.")
    if found.status == not_from:
        raise Refused(f"“{found.title}” is {not_from} already.", lost_race=True)
    return found


def _decide(row: ExternalResource, status: str, reason: str, by: Member, now: datetime) -> None:
    row.status, row.reason, row.decided_by, row.decided_at = status, reason, by, now
    row.save(update_fields=["status", "reason", "decided_by", "decided_at"])


def _tell_suggester(row: ExternalResource, title: str, text: str) -> None:
    if row.suggested_by:
        notify(row.suggested_by, "resource-decided", title=title, text=text, address=row.get_absolute_url())


def keepers_of(resource: ExternalResource, now: datetime) -> list[Member]:
    """Those who look after its module and may be asked today; where there is none, the organizers."""
    today = timezone.localdate(now)
    kept = not_paused(today).filter(modules_kept=resource.module_id) if resource.module_id else Member.objects.none()
    return list(kept) or organizers(today=today)


def _tell_stewards(row: ExternalResource, now: datetime) -> None:
    told = [one.pk for one in keepers_of(row, now) if one.pk != row.suggested_by_id]
    notify_many(
        told, "resource-suggested", title=f"Suggested: {row.title}", text=row.why, address=row.get_absolute_url(),
        key=f"resource:{row.pk}",
    )  # fmt: skip


def _free_slug(title: str) -> str:
    """Short, and free at this moment."""
    base = slugify(title)[:70].strip("-") or "resource"
    base = f"{base}-1" if base == "suggest" else base
    taken = set(ExternalResource.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)
