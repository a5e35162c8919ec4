"""What this app does when the app of members announces something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from communities.queries.people import sole_lead_of
from members.models import Member
from members.signals import member_wants_to_leave


@receiver(member_wants_to_leave)
def ask_to_hand_over(member: Member, refusals: list[str], **kwargs: Any) -> None:
    """Who alone leads a community finds somebody to carry it first."""
    refusals += [
        f"You alone lead “{community.name}”. Make somebody a deputy there first, or step down as its lead."
        for community in sole_lead_of(member)
    ]
