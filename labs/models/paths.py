from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from communities.models import Community

if TYPE_CHECKING:
    from members.models import Member


class PathQuerySet(models.QuerySet["Path"]):
    def published(self) -> PathQuerySet:
        return self.filter(status=Path.Status.PUBLISHED)

    def visible_to(self, viewer: Member | None) -> PathQuerySet:
        """Published ones to everybody; drafts to organizers."""
        return self if viewer is not None and viewer.is_staff else self.published()


class Path(models.Model):
    """A way to a named role, over things to read, to do and to give."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    slug = models.SlugField("address", unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120, help_text="From which role to which.")
    role = models.CharField(max_length=80, help_text="Where it leads to.")
    summary = models.CharField(max_length=600)
    ends_with = models.CharField(max_length=200, help_text="What somebody has in hand at the end.")
    community = models.OneToOneField(
        Community, null=True, blank=True, on_delete=models.SET_NULL, related_name="path",
        help_text="The target community whose path it is; each has one.",
    )  # fmt: skip
    goal = models.JSONField(default=dict, blank=True, help_text="Depth by skill that the role needs.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PathQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("paths:detail", args=[self.slug])


class PathItem(models.Model):
    """One thing on a path; `needs` are those of the same path that come before it."""

    class Kind(models.TextChoices):
        ARTICLE = "article", "Concept"
        CHECK = "check", "Check"
        LAB = "lab", "Lab"
        RESOURCE = "resource", "Outside resource"
        TALK = "talk", "Talk"
        CONTRIBUTION = "contribution", "Contribution"

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="items")
    key = models.SlugField()
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind)
    target = models.CharField(
        max_length=160, blank=True, help_text="What it is: module/article, slug of a check, a lab or a resource."
    )
    title = models.CharField(max_length=160, blank=True, help_text="For talks and contributions.")
    text = models.CharField(max_length=400, blank=True)
    verbs = ArrayField(
        models.SlugField(), default=list, blank=True, help_text="Acts of the ledger that count for a contribution."
    )
    times = models.PositiveSmallIntegerField(default=1, help_text="How often such an act is needed.")
    hours = models.DecimalField(max_digits=4, decimal_places=1, default=1, help_text="For talks and contributions.")
    optional = models.BooleanField(default=False)

    class Meta:
        ordering = ["path", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["path", "key"], name="things_of_a_path_have_different_keys"),
            models.CheckConstraint(condition=Q(times__gte=1), name="a_contribution_is_asked_for_at_least_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path_id}: {self.key}"


class PathRequirement(models.Model):
    """That one thing of a path comes before another."""

    item = models.ForeignKey(PathItem, on_delete=models.CASCADE, related_name="needs")
    needs = models.ForeignKey(PathItem, on_delete=models.CASCADE, related_name="needed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "needs"], name="a_requirement_stands_once"),
            models.CheckConstraint(condition=~Q(item=F("needs")), name="nothing_requires_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} needs {self.needs_id}"


class PathEnrolment(models.Model):
    """A member who follows a path."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="enrolments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="paths_followed")
    at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "member"], name="a_path_is_followed_once")]
        indexes = [
            models.Index(
                fields=["path", "-at"], name="followers_of_a_path", condition=Q(left_at=None, completed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.path_id}"
