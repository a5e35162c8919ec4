from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from members.models.ledger import Verb
from members.models.people import Persona


class WelcomeStep(models.Model):
    """One step of the Welcome Kit; proved by the ledger where it names a verb, ticked by the member otherwise."""

    slug = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    verb = models.ForeignKey(Verb, null=True, blank=True, on_delete=models.PROTECT)
    address = models.CharField(max_length=200, help_text="Where the step is done.")
    minutes = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class WelcomeProgress(models.Model):
    class State(models.TextChoices):
        DONE = "done"
        SKIPPED = "skipped"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="welcome_progress")
    step = models.ForeignKey(WelcomeStep, on_delete=models.CASCADE)
    state = models.CharField(max_length=10, choices=State)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "step"], name="one_state_per_welcome_step")]

    def __str__(self) -> str:
        return f"{self.member}: {self.step} {self.state}"


class PlacementQuestion(models.Model):
    key = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.text


class PlacementOption(models.Model):
    question = models.ForeignKey(PlacementQuestion, on_delete=models.CASCADE, related_name="options")
    key = models.SlugField()
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)
    weights = models.JSONField(default=dict, help_text="Persona slug to weight.")

    class Meta:
        ordering = ["question", "order"]
        constraints = [models.UniqueConstraint(fields=["question", "key"], name="placement_option_keys_differ")]

    def __str__(self) -> str:
        return self.text


class PlacementAnswer(models.Model):
    """What a member answered, the scores that came out of it, and what they chose in the end."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="placement")
    answers = models.JSONField(default=dict)
    scores = models.JSONField(default=dict)
    chosen = models.ForeignKey(Persona, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"placement of {self.member}"
