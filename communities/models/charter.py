from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from communities.models.groups import Community


class Charter(models.Model):
    """What a community agreed for itself, as fields that the software carries out; changed by motions only."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="charter")
    text = models.TextField(max_length=8000, blank=True, help_text="In words, in Markdown.")
    quorum_percent = models.PositiveSmallIntegerField(
        default=20, help_text="Share of the active members who must vote for a motion to count."
    )
    voting_days = models.PositiveSmallIntegerField(default=7, help_text="How long a motion is open.")
    lead_term_months = models.PositiveSmallIntegerField(default=12)
    lead_level = models.CharField(max_length=50, blank=True, help_text="Slug of the level that a lead needs.")
    confirm_lead_days = models.PositiveSmallIntegerField(default=60)
    dormant_days = models.PositiveSmallIntegerField(default=180, help_text="Silent days until a membership rests.")
    silent_weeks = models.PositiveSmallIntegerField(
        default=10, help_text="Silent weeks until the lead is asked to revive, merge or close."
    )
    newcomer_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Within so many hours a person answers a newcomer's first post."
    )
    most_hours_a_week = models.PositiveSmallIntegerField(
        default=8, help_text="Volunteer hours a week above which the lead is warned."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_percent__gte=1, quorum_percent__lte=100), name="a_quorum_is_1_to_100_percent",
                violation_error_message="A quorum is a number from 1 to 100.",
            ),
            models.CheckConstraint(
                condition=Q(voting_days__gte=1, voting_days__lte=60), name="a_motion_is_open_1_to_60_days",
                violation_error_message="A motion is open from 1 to 60 days.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"charter of {self.community}"


class Motion(models.Model):
    """Something on which the members of a community decide: a change of the charter, or who leads."""

    class Kind(models.TextChoices):
        CHARTER = "charter", "change of the charter"
        LEAD = "lead", "confirmation of a lead"

    class State(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        REFUSED = "refused", "refused"
        NO_QUORUM = "no-quorum", "too few voted"
        WITHDRAWN = "withdrawn", "withdrawn"

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="motions")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=160)
    reason = models.CharField(max_length=600)
    changes = models.JSONField(default=dict, blank=True, help_text="Field of the charter to its new value.")
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="motions")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    needed = models.PositiveIntegerField(default=1, help_text="Votes that the quorum asked for when it closed.")
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opened_at")), name="a_motion_closes_later"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_closed_motion_has_a_date",
            ),
            models.UniqueConstraint(
                fields=["community", "kind"], condition=Q(state="open"), name="one_open_motion_of_a_kind",
                violation_error_message="Another motion of this kind is open. Wait until it is decided.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:motion", args=[self.community.slug, self.pk])


class MotionVote(models.Model):
    """An open vote, which can be changed until the motion closes."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    yes = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "member"], name="one_vote_per_motion_and_member")]

    def __str__(self) -> str:
        return f"{self.member} on {self.motion}"
