"""Which uses of their data members agreed to."""

from __future__ import annotations

from django.db.models import QuerySet

from members.models import Consent, Member


def has_given(member: Member, purpose: str) -> bool:
    """Whether the member said yes to this purpose; nothing said is no."""
    return Consent.objects.filter(member=member, purpose=purpose, given=True).exists()


def consenting(purpose: str) -> QuerySet[Member]:
    """Active members who said yes to this purpose."""
    found: QuerySet[Member] = Member.objects.active().filter(consents__purpose=purpose, consents__given=True)
    return found
