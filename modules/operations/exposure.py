"""How far a member lets data go: set it, change it, take it away."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Member
from modules.exposure import Exposure
from modules.models import ExposureCeiling


@transaction.atomic
def set_ceiling(member: Member, ceiling: str) -> ExposureCeiling:
    """Lists hide from now on what goes further, and its pages warn first. Repeating changes nothing.

    ceiling: a class of exposure; anything else is refused."""
    if ceiling not in Exposure.values:
        raise Refused("Choose one of the classes of data exposure.")
    found, _ = ExposureCeiling.objects.select_for_update().get_or_create(member=member, defaults={"ceiling": ceiling})
    if found.ceiling != ceiling:
        found.ceiling, found.set_at = ceiling, timezone.now()
        found.save(update_fields=["ceiling", "set_at"])
    return found


@transaction.atomic
def remove_ceiling(member: Member) -> None:
    """The member's own ceiling limits nothing any more; that of their organisation stays. Repeating changes nothing."""
    ExposureCeiling.objects.filter(member=member).delete()
