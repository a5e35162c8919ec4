from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from labs.models.labs import Lab

NOTES_LIMIT = 20_000  # characters


class LabRun(models.Model):
    """One member's way through one lab, with private notes."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lab_runs")
    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="runs")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text="That it really took, as the member said.")
    notes = models.TextField(max_length=NOTES_LIMIT, blank=True)
    notes_saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "lab"], name="one_run_per_member_and_lab"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="no_run_is_finished_before_it_is_started",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("notes"), NOTES_LIMIT), name="notes_of_a_run_are_not_longer_than_20000"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.lab_id}"

    def get_absolute_url(self) -> str:
        return reverse("labs:run", args=[self.lab.slug])


class StepTick(models.Model):
    run = models.ForeignKey(LabRun, on_delete=models.CASCADE, related_name="ticks")
    step_key = models.SlugField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "step_key"], name="each_step_is_ticked_once")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.step_key}"
