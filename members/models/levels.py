from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.ledger import Verb


class Level(models.Model):
    """A participation level. Levels are reached by useful, reviewed work and never fall by themselves."""

    slug = models.SlugField(primary_key=True)
    order = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=40)
    action = models.CharField(max_length=200)
    reward = models.CharField(max_length=200)
    rule_text = models.CharField(max_length=300)
    may = models.JSONField(default=list)
    needs_opt_in = models.BooleanField(default=False)
    confirmed_by_organizer = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class LevelRule(models.Model):
    """One condition of a level, read from the ledger."""

    class Measure(models.TextChoices):
        ACCOUNT = "account", "has acted at all"
        ACTS = "acts", "number of acts"
        PEOPLE = "people", "number of different people helped"
        ORGANISATIONS = "organisations", "number of different organisations of those helped"

    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="rules")
    order = models.PositiveSmallIntegerField(default=0)
    measure = models.CharField(max_length=15, choices=Measure)
    at_least = models.PositiveIntegerField()
    verbs = models.ManyToManyField(Verb)
    within_days = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: however long ago.")
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["level", "order"]
        constraints = [models.CheckConstraint(condition=Q(at_least__gte=1), name="a_level_rule_asks_for_something")]

    def __str__(self) -> str:
        return self.text


class LevelAward(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="awards")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="awards")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    renewed_at = models.DateTimeField(
        null=True, blank=True, help_text="The newest act that counts for this level; levels never fall."
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="awards_given"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "level"], name="each_level_is_awarded_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_award_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.level_id}"


class LevelWish(models.Model):
    """The member's own word that they want a level that nobody gets unasked."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="level_wishes")
    level = models.ForeignKey(Level, on_delete=models.CASCADE)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "level"], name="one_wish_per_level")]

    def __str__(self) -> str:
        return f"{self.member} wants {self.level_id}"
