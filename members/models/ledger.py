from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Verb(models.Model):
    """A kind of act that counts, with its points; the community can change the points for future acts."""

    class Kind(models.TextChoices):
        LEARNING = "learning"
        PARTICIPATION = "participation"
        CONTRIBUTION = "contribution"
        INTERACTION = "interaction"

    slug = models.SlugField(primary_key=True)
    kind = models.CharField(max_length=20, choices=Kind)
    points = models.SmallIntegerField(default=0)
    title = models.CharField(max_length=80, help_text="In a sentence about oneself: “finished a lab”.")

    def __str__(self) -> str:
        return self.slug


class LedgerImport(models.Model):
    """A file of acts that happened elsewhere, written into the ledger as one batch and taken back as one batch."""

    name = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    rows = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the file: the same file counts once.")
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reversal_reason = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """One meaningful act, written once and never changed: a database trigger refuses UPDATE and DELETE.

    A correction is a reversing row. What was acted on is kept by kind, key and title, so that the row stays readable
    when the thing has gone."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activities")
    verb = models.ForeignKey(Verb, on_delete=models.PROTECT)
    object_kind = models.CharField(max_length=40)
    object_key = models.CharField(max_length=120)
    object_title = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True, help_text="Where the thing stands on this site.")
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="helped_by",
        help_text="The other person concerned, for instance the one who was helped.",
    )  # fmt: skip
    community = models.CharField(max_length=50, blank=True, help_text="Slug of the community in which it was done.")
    topic = models.CharField(max_length=50, blank=True, help_text="Slug of the module that it is about.")
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=40, default="site")
    points = models.SmallIntegerField()
    batch = models.ForeignKey(LedgerImport, null=True, blank=True, on_delete=models.PROTECT, related_name="acts")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    dedupe_key = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key"], name="each_act_is_recorded_once"),
            models.CheckConstraint(condition=Q(occurred_at__lte=F("recorded_at")), name="no_act_lies_in_the_future"),
            models.CheckConstraint(condition=~Q(other=F("actor")), name="nobody_helps_themselves"),
        ]
        indexes = [
            models.Index(fields=["actor", "-occurred_at"], name="acts_of_a_member"),
            models.Index(fields=["-occurred_at", "-id"], name="newest_acts"),
            # Holds all that rules ask for, so that levels are recomputed without reading the rows themselves.
            models.Index(
                fields=["verb", "actor", "occurred_at"], include=["id", "other", "community"], name="acts_for_rules"
            ),
            models.Index(fields=["other", "actor"], name="acts_for_a_person", condition=Q(other__isnull=False)),
            models.Index(fields=["community", "-occurred_at"], name="acts_in_a_community", condition=~Q(community="")),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.verb_id} {self.object_title}"


class Correction(models.Model):
    """Why an act was taken back. It stands beside the ledger, because a reason may speak about people."""

    act = models.OneToOneField(
        Activity, on_delete=models.PROTECT, related_name="correction", help_text="The reversing row."
    )  # fmt: skip
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_correction_has_a_reason")]

    def __str__(self) -> str:
        return self.reason
