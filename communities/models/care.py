from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from communities.models.groups import Community


class DutyTurn(models.Model):
    """Days on which a member looks after the first posts of newcomers."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="duty_turns")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_turns")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["community", "member", "first_day"], name="each_duty_turn_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="a_duty_turn_ends_after_it_begins",
                violation_error_message="The last day must not lie before the first.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member} from {self.first_day}"


class FirstPost(models.Model):
    """A newcomer's first question or word in a community, and the answer that the community promises."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="first_posts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="first_posts")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True, help_text="Empty where nothing is promised.")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="When half of the time was over.")
    escalated_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="first_answers"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["community", "member"], name="one_first_post_per_community_and_member"),
            models.CheckConstraint(condition=~Q(answered_by=F("member")), name="nobody_answers_their_own_first_post"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="first_posts_that_wait", condition=Q(answered_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.community}"

    def get_absolute_url(self) -> str:
        return reverse("communities:first_post", args=[self.community.slug, self.pk])


class VolunteerHours(models.Model):
    """Time that somebody gave to a community, seen by themselves and their lead."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="volunteer_hours")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="volunteer_hours")
    day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    task = models.CharField(max_length=160)

    class Meta:
        ordering = ["-day"]
        verbose_name_plural = "volunteer hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24), name="hours_of_a_day_fit_into_it",
                violation_error_message="Write a number of hours from 0.25 to 24.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member}: {self.hours} h"
