"""What this app does when the app of members announces something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from governance.models import Term
from governance.operations import terms
from members.models import Member
from members.signals import member_erased


@receiver(member_erased)
def free_the_seat(member: Member, **kwargs: Any) -> None:
    """The term of who leaves ends, so that the seat can be filled."""
    today = timezone.localdate()
    for term in Term.objects.filter(holder=member, ended_early_at=None, starts__lte=today, ends__gt=today):
        terms.end_early(term, on=today, reason="Left the community.")
    Term.objects.filter(holder=member, starts__gt=today).delete()
