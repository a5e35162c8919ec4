"""Leaving for good: asking for it, taking it back, and the erasure itself when the days of grace are over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cop.lib.errors import Refused
from members.holdings import DELETE, KEEP, UNLINK, Fate, Holding, holdings
from members.models import ErasureRequest, Member
from members.operations import directory, mentions
from members.operations.notices import notify
from members.queries.export import addresses_of
from members.queries.rules import member_rules
from members.signals import member_erased, member_wants_to_leave

# What stays of the member's own row; every other column is emptied. When somebody came belongs to the tallies.
STAYS = {"id", "joined_at", "erased_at"}
EMPTY: dict[str, Any] = {"time_zone": "UTC"}


def reasons_to_stay(member: Member) -> list[str]:
    """What must be settled before the member can leave, as the apps above say it."""
    refusals: list[str] = []
    if member.is_superuser and not Member.objects.active().filter(is_superuser=True).exclude(pk=member.pk).exists():
        refusals.append("You are the only organizer with all rights. Give them to somebody else first.")
    member_wants_to_leave.send(sender=Member, member=member, refusals=refusals)
    return refusals


@transaction.atomic
def ask_to_leave(member: Member, *, by: Member, now: datetime | None = None) -> ErasureRequest:
    """Note the wish to be erased in 14 days; asking again changes nothing. Refused while something must be settled."""
    if by != member:
        raise Refused("Only you can delete your account.")
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if open_request := pending(member):
        return open_request
    if refusals := reasons_to_stay(member):
        raise Refused(" ".join(refusals))
    now = now or timezone.now()
    request = ErasureRequest.objects.create(
        member=member, asked_at=now, due_at=now + timedelta(days=member_rules().erasure_days)
    )
    notify(
        member, "erasure", title=f"Your account is deleted on {request.due_at:%d %B %Y}",
        text="Until then you can log in and keep it. After that nothing of it can be brought back.",
        address="/me/privacy/", key=f"erasure:{request.pk}",
    )  # fmt: skip
    return request


@transaction.atomic
def stay(member: Member, *, by: Member, now: datetime | None = None) -> bool:
    """Take the wish to leave back; False where there was none."""
    if by != member:
        raise Refused("Only you can keep your account.")
    open_request = ErasureRequest.objects.select_for_update().filter(
        member=member, cancelled_at=None, done_at=None
    )  # fmt: skip
    return bool(open_request.update(cancelled_at=now or timezone.now()))


def pending(member: Member) -> ErasureRequest | None:
    return open_requests(member).first()


def open_requests(member: Member) -> QuerySet[ErasureRequest]:
    return ErasureRequest.objects.filter(member=member, cancelled_at=None, done_at=None)


def erase_due(now: datetime | None = None, *, dry_run: bool = False) -> dict[str, int]:
    """Erase everybody whose days of grace are over, each in a transaction of their own. Returns the counts."""
    now = now or timezone.now()
    due = ErasureRequest.objects.filter(cancelled_at=None, done_at=None, due_at__lte=now).select_related("member")
    counts = {"due": len(due), "erased": 0, "waiting": 0}
    for request in due:
        if reasons_to_stay(request.member):
            counts["waiting"] += 1  # since asking, something came up that must be settled first
        elif not dry_run:
            erase(request.member, now=now)
            counts["erased"] += 1
    return counts


@transaction.atomic
def erase(member: Member, *, now: datetime | None = None) -> None:
    """Empty everything that is personal, in place: rows that others count on stay and point to a former member.

    The apps above hear of it first and give back seats and tasks; then each declared table follows its declaration.
    Repeating changes nothing. Nothing of it can be undone.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.erased_at:
        return
    now = now or timezone.now()
    member_erased.send(sender=Member, member=member)
    _end_sessions(member)
    addresses = addresses_of(member)
    for holding in holdings():
        for path, fate in holding.people.items():
            if holding.model != "members.Member":
                _let_go(holding, {path: member.pk}, fate)
        for path, fate in holding.addresses.items():
            _empty_address(holding, path, fate, addresses, member)
    mentions.replace(member, addresses)
    _empty_row(member, now)
    ErasureRequest.objects.filter(member=member, cancelled_at=None, done_at=None).update(done_at=now)
    directory.touch(member.pk)
    transaction.on_commit(directory.forget_empty, robust=True)


def _let_go(holding: Holding, of: dict[str, Any], fate: Fate) -> None:
    rows = apps.get_model(holding.model)._default_manager.filter(**of)
    if fate == DELETE:
        rows.delete()
    elif fate == KEEP and holding.blank:
        rows.update(**holding.blank)
    elif fate == UNLINK:
        rows.update(**dict.fromkeys(of))


def _empty_address(holding: Holding, path: str, fate: Fate, addresses: list[str], member: Member) -> None:
    model = apps.get_model(holding.model)
    for address in addresses:
        rows = model._default_manager.filter(**{f"{path}__iexact": address})
        if fate == DELETE:
            rows.delete()
        else:
            rows.update(**{path: address_of_former(member)}, **holding.blank)


def address_of_former(member: Member) -> str:
    """An address that no mail can reach, one for each former member."""
    return f"former-{member.pk}@erased.invalid"


def _end_sessions(member: Member) -> None:
    keys = apps.get_model("usersessions.UserSession")._default_manager.filter(user=member)
    Session.objects.filter(session_key__in=keys.values_list("session_key", flat=True)).delete()


def _empty_row(member: Member, now: datetime) -> None:
    """Give every column its empty value; a column that is added later is emptied too, because none is listed here."""
    for column in Member._meta.concrete_fields:
        if column.name not in STAYS:
            setattr(member, column.attname, EMPTY.get(column.name, _empty_value(column)))
    member.handle, member.email = f"former-{member.pk}", address_of_former(member)
    member.set_unusable_password()
    member.erased_at = now
    member.save(update_fields=[one.name for one in Member._meta.concrete_fields if one.name not in {"id", "joined_at"}])


def _empty_value(column: Any) -> Any:
    if column.null:
        return None
    kind = column.get_internal_type()
    empties: dict[str, Any] = {"BooleanField": False, "JSONField": {}, "ArrayField": []}
    return empties.get(kind, [] if hasattr(column, "base_field") else "")
