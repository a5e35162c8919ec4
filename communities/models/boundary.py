from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.models.groups import Community


class Boundary(models.Model):
    """Where a community ends: what it is about and what not, and how people come in."""

    class Door(models.TextChoices):
        OPEN = "open", "whoever meets the criteria joins"
        ASK = "ask", "people ask, a lead decides"
        INVITE = "invite", "by invitation only"

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="boundary")
    door = models.CharField("how people come in", max_length=10, choices=Door, default=Door.OPEN)
    in_scope = models.TextField(max_length=1000, blank=True)
    out_of_scope = models.TextField(max_length=1000, blank=True)

    class Meta:
        verbose_name_plural = "boundaries"

    def __str__(self) -> str:
        return f"boundary of {self.community}"


class Criterion(models.Model):
    """One thing that is asked of who wants to come in."""

    class Kind(models.TextChoices):
        LEVEL = "level", "a participation level"
        SKILL = "skill", "a skill with a least depth"
        MODULE = "module", "a finished module"
        ORGANISATION = "organisation", "an organisation"
        QUESTION = "question", "an answer to a question"

    boundary = models.ForeignKey(Boundary, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=15, choices=Kind)
    value = models.CharField(max_length=300, help_text="Slug of level, skill or module; organisation; question.")
    at_least = models.PositiveSmallIntegerField(default=1, help_text="For a skill: the least depth, 1 to 4.")
    text = models.CharField(max_length=200, blank=True, help_text="In words for the page; made up where left out.")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["boundary", "kind", "value"], name="each_criterion_of_a_boundary_once"),
            models.CheckConstraint(condition=~Q(value=""), name="a_criterion_names_what_it_asks_for"),
        ]

    def __str__(self) -> str:
        return self.text or f"{self.kind} {self.value}"


class JoinRequest(models.Model):
    """Somebody who asks to come in, with the answers that they gave."""

    class State(models.TextChoices):
        OPEN = "open", "waiting"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "not accepted"
        WITHDRAWN = "withdrawn", "withdrawn"

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="requests")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    answers = models.JSONField(default=list, help_text="A list of question and answer.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "member"], condition=Q(state="open"), name="one_open_request_per_community"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} asks for {self.community}"


class CommunityInvitation(models.Model):
    """A lead's word that a member may come in without asking."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="community_invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "member"], condition=Q(answered_at__isnull=True),
                name="one_open_invitation_per_community_and_member",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member} is invited to {self.community}"
