from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from communities.hosts import fault_of_address
from communities.models.groups import Community


class Channel(models.Model):
    """A place where the community meets, with the reason why it was chosen."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        ACTIVE = "active", "In use"

    slug = models.SlugField(max_length=40, unique=True, help_text="Acts in the ledger name it as their source.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Small numbers stand first.")
    platform = models.CharField(max_length=40)
    function = models.CharField(max_length=120)
    why = models.CharField(max_length=300, help_text="Why this place was chosen.")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    url = models.URLField("address", max_length=300, blank=True, help_text="https only, at the platform's own host.")
    audience = models.CharField(max_length=300)
    rules = models.CharField(max_length=300, help_text="What to keep to when writing here.")
    community = models.ForeignKey(
        Community, null=True, blank=True, on_delete=models.SET_NULL, related_name="channels",
        help_text="Empty: for everybody.",
    )  # fmt: skip

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="channels",
        help_text="Who looks after it.",
    )
    personas = ArrayField(models.SlugField(), default=list, blank=True, help_text="Personas to whom it is shown first.")
    checked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="Failed checks one after the other.")
    failing_since = models.DateTimeField(null=True, blank=True)
    marked_at = models.DateTimeField(
        null=True, blank=True, help_text="When its address was marked as one that does not answer."
    )

    class Meta:
        ordering = ["order", "platform"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://"), name="a_channel_address_starts_with_https",
                violation_error_message="The address must start with https://.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.platform}: {self.function}"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """The address must belong to the named platform; a migration cannot carry this rule."""
        faults: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            faults = error.update_error_dict(faults)
        fault = "" if "url" in (exclude or ()) or "url" in faults else fault_of_address(self.platform, self.url)
        if fault:
            faults["url"] = [fault]
        if faults:
            raise ValidationError(faults)
