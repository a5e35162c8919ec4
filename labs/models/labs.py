from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cop.lib.figures import FEWEST_COUNTED
from modules.exposure import Exposure
from modules.models import Module

if TYPE_CHECKING:
    from members.models import Member


class LabQuerySet(models.QuerySet["Lab"]):
    def published(self) -> LabQuerySet:
        return self.filter(status=Lab.Status.PUBLISHED)

    def visible_to(self, viewer: Member | None) -> LabQuerySet:
        """Published ones to everybody; drafts to the stewards of the module and to organizers."""
        if viewer is None:
            return self.published()
        if viewer.is_staff:
            return self
        kept = Module.stewards.through.objects.filter(member_id=viewer.pk).values("module_id")
        return self.filter(Q(status=Lab.Status.PUBLISHED) | Q(module__in=kept))


class Lab(models.Model):
    """Something to do with one's own hands, in steps, with a result that can be seen."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="labs")
    slug = models.SlugField("address", unique=True, help_text="The last part of the page’s address.")
    order = models.PositiveSmallIntegerField(default=1, help_text="The place among articles and labs of the module.")
    title = models.CharField(max_length=160)
    aim = models.CharField(max_length=300, help_text="One sentence that begins with “You end with”.")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)], help_text="All required steps.")
    exposure = models.CharField(
        "data exposure", max_length=20, choices=Exposure, blank=True, help_text="The furthest place that data goes to."
    )
    may_show_secrets = models.BooleanField(
        "secrets or personal data could appear", default=False,
        help_text="Where somebody works with their own material, in files, on the screen or in logs.",
    )  # fmt: skip
    no_code = models.BooleanField("needs no code", default=False)
    prerequisites = models.JSONField(default=list, blank=True)
    environment = models.CharField(max_length=400, blank=True, help_text="Where it is done and with what.")
    local_alternative = models.CharField(
        max_length=600,
        blank=True,
        help_text="How to do it on one’s own machine. Where there is no way, write “None is known.”",
    )
    introduction = models.TextField(max_length=20_000, blank=True, help_text="Markdown.")
    introduction_html = models.TextField(editable=False, blank=True)
    expected = models.TextField("expected result", max_length=20_000, blank=True, help_text="Markdown.")
    expected_html = models.TextField(editable=False, blank=True)
    reflection = models.CharField(max_length=400, blank=True, help_text="One question to think about at the end.")
    troubleshooting = models.JSONField(default=list, blank=True)
    rubric = models.JSONField(default=list, blank=True)
    teaches = models.JSONField(default=dict, blank=True, help_text="Depth by skill, as {“rag-basics”: 1}.")
    licence = models.CharField(max_length=40, default="CC-BY-4.0", help_text="As SPDX writes it.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="labs_written"
    )
    author_name = models.CharField(max_length=80, blank=True, help_text="For authors who are no members.")
    review_by = models.DateField(null=True, blank=True, help_text="After this day the page warns that it may be old.")
    needs_repair_since = models.DateTimeField(null=True, blank=True, editable=False)
    median_minutes = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    median_of = models.PositiveSmallIntegerField(default=0, editable=False, help_text="Runs behind the median.")
    usefulness = models.FloatField(null=True, blank=True, editable=False, help_text="Mean of what members said last.")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LabQuerySet.as_manager()

    class Meta:
        ordering = ["module", "order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="a_lab_takes_time"),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(published_at__isnull=False) & ~Q(exposure="")),
                name="a_published_lab_has_its_date_and_says_where_data_goes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("labs:detail", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def exposure_short(self) -> str:
        return Exposure(self.exposure).short if self.exposure else ""

    @property
    def exposure_warning(self) -> str:
        return Exposure(self.exposure).warning if self.exposure else ""

    @property
    def exposure_explanation(self) -> str:
        return Exposure(self.exposure).explanation if self.exposure else ""

    @property
    def about_minutes(self) -> int:
        """How long it takes: as it really took those who did it, once enough of them said so, else as planned."""
        return self.median_minutes if self.has_median and self.median_minutes else self.minutes

    @property
    def has_median(self) -> bool:
        return self.median_of >= FEWEST_COUNTED

    @property
    def is_past_review(self) -> bool:
        return self.review_by is not None and self.review_by < timezone.localdate()

    @property
    def leaves_the_machine(self) -> bool:
        return self.exposure not in ("", Exposure.NONE, Exposure.LOCAL_ONLY)


class LabStep(models.Model):
    """One step. Its key stays the same over revisions, so that members keep their ticks."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="steps")
    key = models.SlugField(help_text="Keep it over revisions: members’ ticks hang on it.")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=160)
    body = models.TextField("text", max_length=40_000, help_text="Markdown.")
    html = models.TextField(editable=False, blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ["lab", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["lab", "key"], name="steps_of_a_lab_have_different_keys")]

    def __str__(self) -> str:
        return self.title
