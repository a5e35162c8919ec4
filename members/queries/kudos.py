"""Thanks between members."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from members.models import Kudos, Member

A_WEEK = timedelta(days=7)


def given_since(member: Member, moment: datetime) -> int:
    return Kudos.objects.filter(by=member, at__gt=moment).count()


def thanks_to(member: Member) -> QuerySet[Kudos]:
    return Kudos.objects.filter(to=member).select_related("by").order_by("-at", "-pk")


def thanks_by(member: Member) -> QuerySet[Kudos]:
    return Kudos.objects.filter(by=member).select_related("to").order_by("-at", "-pk")
