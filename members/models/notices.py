from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Notice(models.Model):
    """One message to one person, as it stands in their inbox on the site; kept for 180 days."""

    class Digest(models.TextChoices):
        NO = "no", "not in a digest"
        WAITING = "waiting", "waits for the next digest"
        SENT = "sent", "was in a digest"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=160, help_text="What it is about; equal ones within ten minutes become one.")
    times = models.PositiveIntegerField(default=1, help_text="How many equal notices became this one.")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.NO)
    takes_repeats = models.BooleanField(
        default=False, help_text="Equal notices become this one, as long as it is younger than ten minutes."
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "key"], condition=Q(takes_repeats=True), name="equal_notices_become_one"
            )
        ]
        indexes = [
            models.Index(fields=["member", "-created_at"], name="inbox_of_a_member"),
            models.Index(fields=["member"], name="unread_notices", condition=Q(read_at__isnull=True)),
            models.Index(fields=["member", "created_at"], name="notices_for_a_digest", condition=Q(digest="waiting")),
        ]

    def __str__(self) -> str:
        return self.title


class NoticePreference(models.Model):
    """How a member wants one kind of notice; kinds without a row come as usual."""

    class Way(models.TextChoices):
        MAIL = "mail", "by mail at once"
        DIGEST = "digest", "in the daily digest"
        SITE = "site", "on the site only"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="one_way_per_member_and_kind")]

    def __str__(self) -> str:
        return f"{self.member}: {self.kind} {self.way}"


class AttentionBudget(models.Model):
    """What a member allows all mail of the site together; security and registration mail stands outside it."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attention")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    most_a_week = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: as many as there are.")
    digest_hour = models.PositiveSmallIntegerField(default=8, help_text="In the member's own time.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
                violation_error_message="Give both, when quiet begins and when it ends.",
            ),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="digest_hour_is_an_hour"),
        ]

    def __str__(self) -> str:
        return f"attention of {self.member}"


class AttentionSpent(models.Model):
    """One mail that counted against a member's budget."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attention_spent")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["member", "at"], name="mail_of_a_week")]
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="each_mail_is_counted_once")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member}"
