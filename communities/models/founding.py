from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from communities.models.groups import Community

KINDS = [(Community.Kind.INTEREST_GROUP.value, "interest group"), (Community.Kind.STUDY_GROUP.value, "study group")]


class GroupRules(models.Model):
    """The rules that hold for all groups, in one row; organizers change it, and what is open keeps its own numbers."""

    signatures = models.PositiveSmallIntegerField(default=5, help_text="Signatures that make a petition a group.")
    petition_days = models.PositiveSmallIntegerField(default=30, help_text="Days in which they must come together.")
    petitions_each = models.PositiveSmallIntegerField(default=3, help_text="Open petitions that one member may have.")
    name_distance = models.PositiveSmallIntegerField(
        default=2, help_text="Letters by which a new name may differ from an old one and still be taken for it."
    )
    weeks_to_answer = models.PositiveSmallIntegerField(
        default=4, help_text="Weeks that a lead has to say how a quiet group goes on; then organizers are told."
    )
    newcomer_days = models.PositiveSmallIntegerField(
        default=30, help_text="Days in a community during which somebody is new there."
    )
    promise_days = models.PositiveSmallIntegerField(
        default=90, help_text="Days over which a page counts how often a promise to newcomers was kept."
    )
    failed_checks = models.PositiveSmallIntegerField(
        default=2, help_text="Failed checks one after the other that mark the address of a channel."
    )

    class Meta:
        verbose_name = "rules for groups"
        verbose_name_plural = "rules for groups"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="the_rules_for_groups_stand_in_one_row"),
            models.CheckConstraint(
                condition=Q(signatures__gte=1, petition_days__gte=1, failed_checks__gte=1),
                name="rules_for_groups_are_at_least_one",
            ),
        ]

    def __str__(self) -> str:
        return "rules for groups"


class FoundingStep(models.Model):
    """One line of the checklist that every new group gets."""

    slug = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(default=0, help_text="Small numbers stand first.")
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=300, help_text="How to do it, in a sentence or two.")

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Petition(models.Model):
    """A wish for a new group; with enough signatures in time it becomes one."""

    class State(models.TextChoices):
        OPEN = "open", "collecting signatures"
        SUCCEEDED = "succeeded", "became a group"
        EXPIRED = "expired", "ended without enough signatures"
        WITHDRAWN = "withdrawn", "withdrawn"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=KINDS)
    purpose = models.CharField(max_length=600, help_text="What the group is for, and for whom.")
    place = models.CharField(max_length=80, blank=True, help_text="For a study group: town or time zone.")
    language = models.CharField(max_length=10, blank=True)
    rhythm = models.CharField(max_length=80, blank=True, help_text="How often it would meet.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="petitions")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    needed = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    community = models.OneToOneField(
        Community, null=True, blank=True, on_delete=models.SET_NULL, related_name="petition"
    )

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(needed__gte=1), name="a_petition_needs_signatures"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="a_closed_petition_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:petition", args=[self.slug])


class Signature(models.Model):
    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="signatures")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signatures")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["petition", "member"], name="each_member_signs_once")]

    def __str__(self) -> str:
        return f"{self.member} signed {self.petition}"


class LaunchStep(models.Model):
    """One thing to do before a new group is more than a name."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="launch_steps")
    key = models.SlugField()
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="launch_steps_of_a_group_differ")]

    def __str__(self) -> str:
        return self.title


class RecruitmentCampaign(models.Model):
    """Whom a community looks for: skills, functions and sectors that it is short of."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="campaigns")
    title = models.CharField(max_length=120)
    skills = models.ManyToManyField("members.Skill", blank=True, related_name="+")
    functions = models.JSONField(default=list, blank=True)
    sectors = models.JSONField(default=list, blank=True)
    sentence = models.CharField(max_length=300, help_text="Why to come, for the invitations.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:campaign", args=[self.community.slug, self.pk])
