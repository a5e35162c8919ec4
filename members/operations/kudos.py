"""Thanking each other, with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.audience import name_for
from members.models import Activity, Kudos, Member
from members.operations.notices import notify
from members.queries.kudos import A_WEEK, given_since
from members.queries.rules import member_rules

LONGEST_REASON = 300


@transaction.atomic
def give(to: Member, *, by: Member, reason: str, act: Activity | None = None, now: datetime | None = None) -> Kudos:
    """Thank somebody for an act of theirs, or for this month in general.

    Refused: oneself, somebody who is not in the directory, an empty or too long reason, an act of somebody else, the
    same thing a second time, and the sixth thanks within seven days.
    """
    reason, now = " ".join(reason.split()), now or timezone.now()
    _check(to, by, reason, act)
    Member.objects.select_for_update(no_key=True).get(pk=by.pk)  # thanks of one member are counted one after the other
    most = member_rules().kudos_a_week
    if given_since(by, now - A_WEEK) >= most:
        raise Refused(f"You have thanked {most} times within a week. Each one counts more when they are few.")
    thing = {"object_kind": "act", "object_key": str(act.pk), "object_title": act.object_title} if act else {
        "object_kind": "month", "object_key": f"{timezone.localtime(now):%Y-%m}", "object_title": "",
    }  # fmt: skip
    try:
        with transaction.atomic():
            made = Kudos.objects.create(by=by, to=to, reason=reason, at=now, **thing)
    except IntegrityError as error:
        what = "this" if act else "this month"
        raise Refused(f"You have thanked {to.first_name} for {what} already.") from error
    notify(
        to, "kudos-received", title=f"{name_for(by, to)} thanks you", text=reason,
        address=to.get_absolute_url() + "#thanks", key=f"kudos:{made.pk}",
    )  # fmt: skip
    return made


def remove(kudos: Kudos, *, by: Member) -> None:
    """Take thanks from one's page for good; whether they are seen is for who got them."""
    if by.pk != kudos.to_id:
        raise Refused("Only who got these thanks takes them away.")
    kudos.delete()


def _check(to: Member, by: Member, reason: str, act: Activity | None) -> None:
    if to.pk == by.pk:
        raise Refused("Thanks go to somebody else.")
    if not to.is_active or not to.in_directory:
        raise Refused("There is no such member to thank.")
    if not reason:
        raise Refused("Write what you are thankful for; one sentence is enough.")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep it to {LONGEST_REASON} characters; these are {len(reason)}.")
    if act and act.actor_id != to.pk:
        raise Refused("This was done by somebody else.")
