from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Consent(models.Model):
    """A member's yes or no to one use of their data. No row means no; being in the directory stands at the member."""

    class Purpose(models.TextChoices):
        MATCHING = "matching", "matching"
        NETWORK = "network", "network analysis"
        LEADERSHIP = "leadership", "leadership suggestions"
        READING = "reading", "reading signals"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "purpose"], name="one_consent_per_purpose")]

    def __str__(self) -> str:
        return f"{self.member}: {self.purpose} {'yes' if self.given else 'no'}"


class ErasureRequest(models.Model):
    """A member's wish to leave for good; carried out when the days of grace are over, unless taken back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasures")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
                name="one_open_erasure_per_member",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(done_at__isnull=True), name="an_erasure_ends_one_way",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"erasure due {self.due_at:%Y-%m-%d}"
