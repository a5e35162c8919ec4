"""Claims of work done elsewhere: one's own, and those that wait for one's word."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from members.models import Claim, Member


def may_decide(claim: Claim, person: Member) -> bool:
    """The witness and organizers decide, nobody about their own work."""
    return claim.member_id != person.pk and (person.is_staff or claim.witness_id == person.pk)


def own_claims(member: Member) -> QuerySet[Claim]:
    return Claim.objects.filter(member=member).select_related("witness", "decided_by")


def waiting_for(person: Member) -> QuerySet[Claim]:
    """Open claims that the person may decide about, the oldest first; organizers see all but their own."""
    waits = Claim.objects.filter(state=Claim.State.OPEN, member__is_active=True).exclude(member=person)
    if not person.is_staff:
        waits = waits.filter(Q(witness=person))
    return waits.select_related("member", "witness").order_by("made_at", "pk")
