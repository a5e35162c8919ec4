from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Suggestion(models.Model):
    """Something proposed to a member, with the reason; a dismissed one stays away for 90 days."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="suggestions")
    kind = models.CharField(max_length=40)
    object_key = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    shown_at = models.DateTimeField(default=timezone.now)
    acted_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "object_key"], name="each_suggestion_of_a_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_key} for {self.member}"
