from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from labs.models.labs import Lab


class Submission(models.Model):
    """What a member hands in after a lab; each round has its own words and its own review."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for a review"
        CHANGES_ASKED = "changes-asked", "Changes asked"
        ACCEPTED = "accepted", "Accepted"
        WITHDRAWN = "withdrawn", "Taken back"

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="submissions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions")
    status = models.CharField(max_length=20, choices=Status, default=Status.WAITING)
    round = models.PositiveSmallIntegerField(default=1)
    is_shown = models.BooleanField(
        "show it to members after it is accepted", default=False, help_text="Beside the lab, with your name."
    )
    waiting_since = models.DateTimeField(default=timezone.now)
    offered_at = models.DateTimeField(null=True, blank=True, help_text="When peers who passed the lab were asked too.")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["waiting_since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["lab", "member"], name="one_submission_per_member_and_lab"),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "withdrawn"]) | Q(decided_at__isnull=False),
                name="a_decided_submission_has_its_date",
            ),
        ]
        indexes = [models.Index(fields=["status", "waiting_since"], name="queue_of_submissions")]

    def __str__(self) -> str:
        return f"{self.member_id} for {self.lab_id}"

    def get_absolute_url(self) -> str:
        return reverse("labs:submission", args=[self.pk])


class HandIn(models.Model):
    """The words of one round: a link or a text, and what its member thinks of it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="rounds")
    round = models.PositiveSmallIntegerField(default=1)
    link = models.URLField(max_length=500, blank=True)
    text = models.TextField(max_length=20_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    reflection = models.TextField(max_length=4000)
    at = models.DateTimeField(default=timezone.now)
    peers_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When its member used a review they gave, to have peers asked at once."
    )

    class Meta:
        ordering = ["submission", "round"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "round"], name="each_round_is_handed_in_once"),
            models.CheckConstraint(condition=~Q(link="") | ~Q(text=""), name="a_hand_in_has_a_link_or_a_text"),
            models.CheckConstraint(condition=~Q(reflection=""), name="a_hand_in_has_a_reflection"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}, round {self.round}"


class TeamMate(models.Model):
    """Somebody who did the work together with the member; they do not review it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="team")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="worked_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "member"], name="a_team_mate_stands_once")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.submission_id}"


class ReviewClaim(models.Model):
    """Who looks at a submission just now; the claim ends by itself."""

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="claim")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_claims")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by_id} on {self.submission_id} until {self.until}"


class Review(models.Model):
    """A decision on one round by the lab's rubric, with its reason."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        CHANGES_ASKED = "changes-asked", "Changes asked"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews_given")
    scores = models.JSONField(help_text="By criterion: 0 not yet, 1 partly, 2 yes, 3 very well.")
    comment = models.TextField(max_length=4000)
    html = models.TextField(editable=False, blank=True)
    decision = models.CharField(max_length=20, choices=Decision)
    as_peer = models.BooleanField(default=False, help_text="By a member who passed the lab, after the promised days.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission", "round"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "round"], name="each_round_is_decided_once"),
            models.CheckConstraint(condition=~Q(comment=""), name="a_review_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}, round {self.round}: {self.decision}"
