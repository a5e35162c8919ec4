from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from modules.models.articles import Article

NOTE_LIMIT = 20_000  # characters


class ReadingMode(models.TextChoices):
    """How content opens. It orders and folds; nothing is hidden for good."""

    CONCEPT_FIRST = "concept-first", "Concept first"
    RECIPE_FIRST = "recipe-first", "Recipe first"
    RISK_FIRST = "risk-first", "Risk first"
    COMPACT = "compact", "Compact"


class ReadingPreference(models.Model):
    """How a member wants to read and to do labs; without a row the persona decides.

    Whether reaching the end of a Concept marks it as read is a use of data, so it stands among the consents."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading")
    mode = models.CharField(max_length=20, choices=ReadingMode, blank=True)
    one_step = models.BooleanField("one step of a lab at a time", default=False)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.mode or 'as the persona'}"


class ReadingPlace(models.Model):
    """Where a member stands in an article or a lab: the section or step, for going on on any device."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_places")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    section = models.CharField(max_length=120)
    title = models.CharField(max_length=160, help_text="Of the section or step, for the words that lead back.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "key"], name="one_place_per_member_and_text")]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.kind} {self.key}#{self.section}"


class Bookmark(models.Model):
    """A place that a member wants to find again: a section of an article, a step of a lab."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    address = models.CharField(max_length=400, help_text="Path on this site, with the section.")
    title = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "address"], name="a_place_is_bookmarked_once")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.address}"


class ReadingNote(models.Model):
    """A member's private note beside an article."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reading_notes")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reading_notes")
    text = models.TextField(max_length=NOTE_LIMIT, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "article"], name="one_note_per_member_and_article")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.article_id}"
