"""The code of conduct: which version counts, and who has accepted it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import ConductAcceptance, ConductVersion, Member
from members.operations import ledger, welcome_letters


def require(version: str, *, since: datetime | None = None) -> None:
    """Let a version of the code of conduct count from now on; members are asked for it at their next sign-in."""
    ConductVersion.objects.get_or_create(version=version, defaults={"in_force_at": since or timezone.now()})


@transaction.atomic
def accept(version: str, *, by: Member) -> None:
    """Accept the version that counts. Repeating changes nothing; another version is refused."""
    current = ConductVersion.objects.order_by("-in_force_at").first()
    if current is None or current.version != version:
        raise Refused("The code of conduct has changed since you opened it. Read the new version.", lost_race=True)
    ConductAcceptance.objects.get_or_create(member=by, version=version)
    ledger.record("conduct-accepted", by=by, kind="conduct", key=version, title="Code of conduct")
    welcome_letters.greet(by)
