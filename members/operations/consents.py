"""A member's yes or no to the uses of their data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Consent, Member
from members.operations import directory


@transaction.atomic
def decide(member: Member, wishes: Mapping[str, bool], *, by: Member, now: datetime | None = None) -> int:
    """Keep the member's word on each purpose, and on being in the directory ("directory").

    wishes: purpose to yes or no; purposes left out stay as they are. Returns how many changed; repeating changes
    nothing, so that the day of a decision stays the day on which it was made.
    """
    if by != member:
        raise Refused("Only you decide on the use of your data.")
    unknown = wishes.keys() - {*Consent.Purpose.values, "directory"}
    if unknown:
        raise Refused(f"“{sorted(unknown)[0]}” is not a use of your data.")
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    changed = 0
    if "directory" in wishes and member.in_directory != wishes["directory"]:
        member.in_directory = wishes["directory"]
        member.save(update_fields=["in_directory"])
        changed += 1
    said = dict(Consent.objects.filter(member=member).values_list("purpose", "given"))
    for purpose, given in wishes.items():
        if purpose != "directory" and said.get(purpose, False) != given:
            fields = {"given": given, "at": now or timezone.now()}
            Consent.objects.update_or_create(member=member, purpose=purpose, defaults=fields)
            changed += 1
    if changed:
        directory.touch(member.pk)
    return changed
