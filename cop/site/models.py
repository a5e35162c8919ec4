from __future__ import annotations

from datetime import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone


class SiteBrand(models.Model):
    """How the community calls itself. One row; the committee can change it without a new release."""

    name = models.CharField(max_length=80, default="Community of Practitioners for AI")
    abbreviation = models.CharField(max_length=20, default="CoP-AI", help_text="Beside the mark, and in mail subjects.")
    strapline = models.CharField(max_length=120, default="Learn AI tooling with people who run real systems")
    description = models.TextField(
        max_length=400,
        default="For engineers, advisers and founders who want to try things, show what they built and decide "
        "together what comes next. Free, and run by its members.",
    )
    contact = models.EmailField(blank=True, help_text="Where people write who cannot sign in.")

    class Meta:
        verbose_name = verbose_name_plural = "site brand"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="there_is_one_brand")]

    def __str__(self) -> str:
        return self.name


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, now: datetime) -> MailQuerySet:
        return self.filter(state=Mail.State.WAITING, next_try_at__lte=now)

    def stuck(self, before: datetime) -> MailQuerySet:
        return self.filter(state=Mail.State.SENDING, changed_at__lt=before)


class Mail(models.Model):
    """One message to one person, kept until it has left. The row is written in the transaction that causes it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True, help_text="The same key never sends twice.")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True, help_text="A calendar file that goes with it.")
    calendar_method = models.CharField(
        max_length=10, blank=True, validators=[RegexValidator(r"^(PUBLISH|REQUEST|CANCEL)$")]
    )
    unsubscribe = models.CharField(
        max_length=300, blank=True, help_text="Where one click stops such mails; goes into the headers (RFC 8058)."
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["-created_at"], name="mail_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"


class JobRun(models.Model):
    """One run of a scheduled job."""

    class Status(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        SKIPPED = "skipped"

    name = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.RUNNING)
    counts = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["name", "-started_at"], name="job_runs_newest_first")]

    def __str__(self) -> str:
        return f"{self.name}, {self.started_at:%Y-%m-%d %H:%M}"


class StarterRecord(models.Model):
    """What the starter content last wrote for one record, so that people's own changes are recognised and kept."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    file = models.CharField(max_length=200)
    source_hash = models.CharField(max_length=64)
    row_hash = models.CharField(max_length=64)
    origin = models.CharField(max_length=80, blank=True, help_text="The repository it came from; empty: the product’s.")
    people = models.JSONField(default=dict, blank=True, help_text="Handles that its file names.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_starter_record_per_kind_and_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
