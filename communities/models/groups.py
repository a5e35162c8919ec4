from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

LOOP = "This would make a circle: “{parent}” stands below “{name}” already. Choose another parent."


class CommunityQuerySet(models.QuerySet["Community"]):
    def live(self) -> CommunityQuerySet:
        return self.filter(is_archived=False)

    def target(self) -> CommunityQuerySet:
        return self.filter(kind=Community.Kind.TARGET)

    def visible_to(self, viewer: Any) -> CommunityQuerySet:
        """What this viewer may know of: by its visibility, by belonging to it, or by an open invitation to it."""
        if not viewer.is_authenticated:
            return self.filter(visibility=Community.Visibility.PUBLIC)
        if viewer.is_staff:
            return self.all()
        belongs = viewer.memberships.exclude(status=Membership.Status.LEFT).values("community")
        invited = viewer.community_invitations.filter(answered_at=None).values("community")
        return self.filter(~Q(visibility=Community.Visibility.OWN) | Q(pk__in=belongs) | Q(pk__in=invited))


class Community(models.Model):
    """A group that people form; five of them are the target communities that a member can call their own."""

    class Kind(models.TextChoices):
        TARGET = "target", "target community"
        RESEARCH_DOMAIN = "research-domain", "research domain"
        CROSS_CUTTING = "cross-cutting", "cross-cutting group"
        METHODOLOGY = "methodology", "methodology group"
        BUSINESS_DOMAIN = "business-domain", "business domain"
        TECHNICAL = "technical", "technical group"
        INTEREST_GROUP = "interest-group", "interest group"
        STUDY_GROUP = "study-group", "study group"

    class Stage(models.TextChoices):
        FORMING = "forming", "forming"
        ACTIVE = "active", "active"
        QUIET = "quiet", "quiet"

    class Visibility(models.TextChoices):
        PUBLIC = "public", "everybody"
        MEMBERS = "members", "signed-in members"
        OWN = "own", "its own members"

    slug = models.SlugField(unique=True, help_text="Its address on this site; keep it once it is known.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Small numbers stand first.")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=80)
    why = models.CharField(max_length=300, help_text="Why people come, in one sentence.")
    brings = models.JSONField(default=list, blank=True, help_text="What people bring, as a list of short phrases.")
    practice_areas = models.JSONField(
        default=list, blank=True, help_text="The kinds of work that people here share, as a list of short phrases."
    )
    success = models.CharField(max_length=300, help_text="What success is, in one sentence.")
    description = models.TextField(max_length=2000, help_text="What happens here, in Markdown.")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    is_archived = models.BooleanField(default=False, help_text="Stays readable; nobody joins any more.")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.ACTIVE)
    visibility = models.CharField(
        "who sees it",
        max_length=10,
        choices=Visibility,
        default=Visibility.PUBLIC,
        help_text="The page and what happens there.",
    )
    place = models.CharField(max_length=80, blank=True, help_text="Town or time zone, where it meets nearby.")
    language = models.CharField(max_length=10, blank=True, help_text="Code of the language in which it meets.")
    rhythm = models.CharField(max_length=80, blank=True, help_text="How often it meets.")
    has_budget = models.BooleanField("formal budget", default=False)
    has_elections = models.BooleanField("formal elections", default=False)
    has_objectives = models.BooleanField("formal objectives", default=False)
    exposure_ceiling = models.CharField(
        max_length=20, blank=True, help_text="The furthest that data goes in what this community recommends."
    )
    checklists = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="Checklists that its work must pass."
    )
    created_at = models.DateTimeField(default=timezone.now)
    asked_to_revive_at = models.DateTimeField(null=True, blank=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "communities"
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="no_community_is_its_own_parent",
                violation_error_message="A community cannot be its own parent.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.makes_a_loop():
            raise ValidationError({"parent": LOOP.format(parent=self.parent, name=self.name)})

    def makes_a_loop(self) -> bool:
        """Whether the chain of parents leads back to this community (or never ends); one query per level."""
        seen = {self.pk} if self.pk else set()
        above = self.parent_id
        while above is not None and above not in seen:
            seen.add(above)
            above = Community.objects.values_list("parent_id", flat=True).get(pk=above)
        return above is not None

    def get_absolute_url(self) -> str:
        return reverse("communities:detail", args=[self.slug])


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        return self.exclude(status=Membership.Status.LEFT)


class Membership(models.Model):
    """That a member belongs to a community; leaving keeps the row, so that coming back finds it."""

    class Role(models.TextChoices):
        MEMBER = "member", "member"
        CORE = "core", "core member"
        LEAD = "lead", "lead"
        DEPUTY = "deputy", "deputy lead"

    class Status(models.TextChoices):
        ACTIVE = "active", "active"
        DORMANT = "dormant", "resting"
        LEFT = "left", "left"

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    is_primary = models.BooleanField("primary community", default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    dormant_since = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the members confirmed the lead.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "community"], name="one_membership_per_member_and_community",
                violation_error_message="This member belongs to this community already.",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(is_primary=True), name="one_primary_community_per_member",
                violation_error_message="This member has another primary community.",
            ),
            models.CheckConstraint(
                condition=Q(is_primary=False) | ~Q(status="left"), name="no_primary_community_that_was_left",
            ),
            models.CheckConstraint(
                condition=Q(status="left", left_at__isnull=False) | (~Q(status="left") & Q(left_at__isnull=True)),
                name="who_left_has_a_date_of_leaving",
            ),
            models.CheckConstraint(
                condition=Q(status="dormant", dormant_since__isnull=False)
                | (~Q(status="dormant") & Q(dormant_since__isnull=True)),
                name="who_rests_has_a_date_of_resting",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.member} in {self.community}"

    def clean(self) -> None:
        super().clean()
        if self.is_primary and self.community_id and self.community.kind != Community.Kind.TARGET:
            raise ValidationError({"is_primary": "Only a target community can be somebody's primary community."})
