from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from labs.models.labs import Lab
from labs.models.runs import LabRun


class LabFeedback(models.Model):
    """What a member says of a lab after finishing it: was it clear, was it useful, in 1 to 5."""

    run = models.OneToOneField(LabRun, on_delete=models.CASCADE, related_name="feedback")
    clarity = models.PositiveSmallIntegerField()
    usefulness = models.PositiveSmallIntegerField()
    comment = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "lab feedback"
        constraints = [
            models.CheckConstraint(
                condition=Q(clarity__gte=1, clarity__lte=5, usefulness__gte=1, usefulness__lte=5),
                name="labs_are_rated_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.clarity}, {self.usefulness}"


class StepReport(models.Model):
    """Somebody found that a step does not work as it is written."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="step_reports")
    step_key = models.SlugField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="step_reports")
    text = models.TextField("what happened instead", max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="step_reports_closed"
    )
    answer = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lab", "step_key", "member"], condition=Q(closed_at=None),
                name="one_open_report_per_member_and_step",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.lab_id}: {self.step_key}"
