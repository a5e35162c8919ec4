from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from events.models.events import Event


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> RegistrationQuerySet:
        return self.filter(status=Registration.Status.CONFIRMED)

    def seated(self) -> RegistrationQuerySet:
        """Those for whom a seat is counted."""
        return self.filter(status__in=[Registration.Status.CONFIRMED, Registration.Status.OFFERED])

    def waiting(self) -> RegistrationQuerySet:
        return self.filter(status=Registration.Status.WAITING).order_by("waiting_number")

    def live(self) -> RegistrationQuerySet:
        return self.exclude(status=Registration.Status.CANCELLED)


class Registration(models.Model):
    """One member's word to come to one event; kept when it is taken back."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "Registered"
        OFFERED = "offered", "Place offered"
        WAITING = "waiting", "Waiting"
        CANCELLED = "cancelled", "Cancelled"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations")
    status = models.CharField(max_length=10, choices=Status)
    waiting_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="Order in the waiting list; smaller numbers move up first."
    )
    registered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=20, default="site")
    attended_at = models.DateTimeField("attendance marked", null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "member"], name="a_member_registers_once_per_event"),
            models.UniqueConstraint(
                fields=["event", "waiting_number"], condition=Q(status="waiting"), name="no_two_wait_at_the_same_number"
            ),
            models.CheckConstraint(
                condition=(Q(status="waiting") & Q(waiting_number__isnull=False))
                | (~Q(status="waiting") & Q(waiting_number__isnull=True)),
                name="those_waiting_have_a_number_and_nobody_else",
            ),
        ]
        indexes = [models.Index(fields=["event", "status"], name="registrations_by_status")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_status_display()}"


class ReminderSent(models.Model):
    """That a reminder left, so that it leaves once."""

    class Kind(models.TextChoices):
        WEEK = "7d", "7 days before"
        DAY = "1d", "1 day before"
        HOUR = "1h", "1 hour before"

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=2, choices=Kind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "reminders sent"
        constraints = [models.UniqueConstraint(fields=["registration", "kind"], name="each_reminder_leaves_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.registration}"
