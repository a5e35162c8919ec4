"""What this app does when the app of members announces something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from members.models import Member
from members.signals import member_erased
from newsletters import operations


@receiver(member_erased)
def stop_newsletter(member: Member, **kwargs: Any) -> None:
    """Deliveries that wait for who leaves are skipped."""
    operations.unsubscribe_member(member, by=member)
