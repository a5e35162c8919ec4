"""Log-ins that are over."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone


@transaction.atomic
def forget_ended(now: datetime | None = None) -> dict[str, int]:
    """Delete sessions that have run out, and what was kept about their devices. Returns how many of each."""
    sessions, _ = Session.objects.filter(expire_date__lt=now or timezone.now()).delete()
    devices, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return {"sessions": sessions, "devices": devices}
