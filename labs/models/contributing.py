from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from editorial.models import Revision


class RanIt(models.Model):
    """Somebody followed a proposed lab and says whether it worked."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="ran_by")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="labs_tried")
    worked = models.BooleanField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField("with what, and what you saw", max_length=600)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "tries of proposed labs"
        constraints = [models.UniqueConstraint(fields=["revision", "member"], name="one_try_per_member_and_proposal")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.revision_id}"
