from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from modules.models.articles import Article
from modules.models.catalogue import Module


class CheckQuerySet(models.QuerySet["Check"]):
    def published(self) -> CheckQuerySet:
        return self.filter(status=Check.Status.PUBLISHED)


class Check(models.Model):
    """A short check of what somebody knows; a pair before and after the reading measures what was gained."""

    class Stage(models.TextChoices):
        ALONE = "alone", "After the Concept"
        BEFORE = "before", "Before: what do you know already?"
        AFTER = "after", "After: what do you know now?"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="checks")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="checks")
    slug = models.SlugField("address", unique=True)
    title = models.CharField(max_length=160)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ALONE)
    before = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="after",
        help_text="The check taken before the reading; the two together show what was gained.",
    )  # fmt: skip
    minutes = models.PositiveSmallIntegerField(default=5)
    required = models.BooleanField(default=True, help_text="Needed to finish the module.")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["module", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before=None) | Q(stage="after"), name="only_a_check_after_the_reading_has_one_before"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("modules:check", args=[self.module.slug, self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class Question(models.Model):
    """One question of a check.

    answer: for a choice the keys that are right; for an order all keys in it; for a number {"value", "tolerance"}; for
    a short text the accepted forms."""

    class Kind(models.TextChoices):
        CHOICE = "choice", "Choice"
        ORDER = "order", "Order"
        NUMBER = "number", "Number"
        TEXT = "text", "Short text"

    check_in = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField()
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField(max_length=2000)
    options = models.JSONField(default=list, blank=True, help_text="A list of {“key”: …, “text”: …}.")
    answer = models.JSONField(default=list, blank=True)
    explanation = models.TextField(max_length=2000, blank=True, help_text="Shown with the answer. Markdown.")

    class Meta:
        ordering = ["check_in", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["check_in", "key"], name="questions_of_a_check_differ")]

    def __str__(self) -> str:
        return f"{self.check_in_id}: {self.key}"


class CheckAttempt(models.Model):
    """One try at a check, with the seed that shuffled its options and what was answered."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="check_attempts")
    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    seed = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    right = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="a_score_is_at_most_100_percent"),
        ]
        indexes = [models.Index(fields=["member", "of", "at"], name="attempts_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.of_id}: {self.percent} percent"
