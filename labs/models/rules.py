from __future__ import annotations

from django.db import models
from django.db.models import Q


class LabRules(models.Model):
    """The rules about labs and reviews, in one row; organizers change it, and every number shown follows."""

    review_days = models.PositiveSmallIntegerField(
        default=5, help_text="Days within which work is promised a review; then peers who passed the lab are asked."
    )
    claim_minutes = models.PositiveSmallIntegerField(default=30, help_text="For which a reviewer’s claim holds.")
    broken_reports = models.PositiveSmallIntegerField(
        default=3, help_text="Open reports on one step that mark the lab as needing repair."
    )
    broken_days = models.PositiveSmallIntegerField(default=30, help_text="Days within which they lie.")
    median_runs = models.PositiveSmallIntegerField(default=30, help_text="Latest runs of which the median is shown.")
    confirmations = models.PositiveSmallIntegerField(
        default=1, help_text="Other members who must have run a new lab before it is published."
    )

    class Meta:
        verbose_name = verbose_name_plural = "rules about labs"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="the_rules_about_labs_stand_in_one_row"),
            models.CheckConstraint(
                condition=Q(review_days__gte=1, claim_minutes__gte=1, broken_reports__gte=1, broken_days__gte=1,
                            median_runs__gte=1, confirmations__gte=1),
                name="rules_about_labs_are_at_least_one",
                violation_error_message="Days, minutes, reports, runs and confirmations are at least 1.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "Rules about labs"
