from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
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


class Buddy(models.Model):
    """Who looks after a newcomer: a willing member of the same community."""

    newcomer = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="buddy")
    buddy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="newcomers")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "buddies"
        constraints = [models.CheckConstraint(condition=~Q(newcomer=F("buddy")), name="nobody_is_their_own_buddy")]

    def __str__(self) -> str:
        return f"{self.buddy} looks after {self.newcomer}"


class Invitation(models.Model):
    """A letter by a member to somebody who is not one yet, with a token that works once.

    The address is emptied when the invitation has been used or has ended."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    persona = models.ForeignKey(Persona, null=True, blank=True, on_delete=models.SET_NULL)
    community = models.CharField(max_length=50, blank=True, help_text="Slug of the community that it leads to.")
    sentence = models.CharField(max_length=300, help_text="Why this person, in the words of who invites.")
    token = models.CharField(max_length=64, unique=True, help_text="Digest of the token in the letter.")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="invited_by"
    )

    class Meta:
        ordering = ["-sent_at"]
        indexes = [models.Index(fields=["by", "-sent_at"], name="invitations_of_a_member")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), F("by"), condition=Q(accepted_at__isnull=True) & ~Q(email=""),
                name="one_open_invitation_per_address_and_member",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"invitation by {self.by}"


class NoInvitations(models.Model):
    """Somebody who wants no invitations; only a digest of the address is kept."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "no invitations"

    def __str__(self) -> str:
        return self.digest[:12]
