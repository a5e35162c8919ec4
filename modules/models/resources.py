from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cop.lib import words
from modules.models.catalogue import Module, Subtopic


class ExternalResourceQuerySet(models.QuerySet["ExternalResource"]):
    def accepted(self) -> ExternalResourceQuerySet:
        return self.filter(status=ExternalResource.Status.ACCEPTED)


class ExternalResource(models.Model):
    """Something to learn from elsewhere: a course, a paper, a talk, a repository."""

    class Kind(models.TextChoices):
        COURSE = "course", "Course"
        PAPER = "paper", "Paper"
        TALK = "talk", "Talk"
        REPOSITORY = "repository", "Repository"
        BOOK = "book", "Book"
        DOCUMENTATION = "documentation", "Documentation"

    class Cost(models.TextChoices):
        FREE = "free", "Free"
        ACCOUNT = "account", "Free, with an account"
        PAID = "paid", "Paid"

    class Status(models.TextChoices):
        SUGGESTED = "suggested", "Suggested"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    slug = models.SlugField(unique=True, max_length=80)
    url = models.URLField("address", max_length=500, unique=True, help_text="Kept without tracking parameters.")
    key = models.CharField(
        max_length=500, unique=True, editable=False, help_text="Equal for addresses that lead to the same page."
    )
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    level = models.CharField(max_length=20, choices=Module.Level, default=Module.Level.BEGINNER)
    hours = models.DecimalField(max_digits=5, decimal_places=1, help_text="Hours that it takes.")
    cost = models.CharField(max_length=10, choices=Cost, default=Cost.FREE)
    why = models.CharField("one sentence on why", max_length=300)
    module = models.ForeignKey(Module, null=True, blank=True, on_delete=models.SET_NULL, related_name="resources")
    subtopic = models.ForeignKey(Subtopic, null=True, blank=True, on_delete=models.SET_NULL, related_name="resources")
    teaches = models.JSONField(default=dict, blank=True, help_text="Depth by skill, as {“rag-basics”: 1}.")
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="resources_suggested"
    )
    suggested_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="resources_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    last_checked = models.DateTimeField(null=True, blank=True)
    last_answer = models.CharField(max_length=120, blank=True, help_text="What the last look at the address gave.")
    failures = models.PositiveSmallIntegerField(default=0, help_text="Looks in a row that failed.")
    dead_since = models.DateTimeField(null=True, blank=True)

    objects = ExternalResourceQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_resource_takes_time"),
            models.CheckConstraint(condition=~Q(why=""), name="a_resource_says_why"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("modules:resource", args=[self.slug])

    @property
    def hours_in_words(self) -> str:
        """For instance `30 min`, `12 h`."""
        return words.span(round(self.hours * 60))


class ResourceNote(models.Model):
    """What a member says to others about an outside resource."""

    resource = models.ForeignKey(ExternalResource, on_delete=models.CASCADE, related_name="notes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resource_notes")
    text = models.CharField(max_length=600)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["resource", "member"], name="one_note_per_member_and_resource")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.resource_id}"


class ResourceCompletion(models.Model):
    resource = models.ForeignKey(ExternalResource, on_delete=models.CASCADE, related_name="completions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resources_done")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["resource", "member"], name="a_resource_is_completed_once")]

    def __str__(self) -> str:
        return f"{self.member_id} did {self.resource_id}"
