from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

DEEPEST = 4


class SkillQuerySet(models.QuerySet["Skill"]):
    def accepted(self) -> SkillQuerySet:
        return self.filter(state=Skill.State.ACCEPTED)


class Skill(models.Model):
    """Something that people can do, by the name under which the community knows it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "proposed"
        ACCEPTED = "accepted", "accepted"
        REFUSED = "refused", "refused"

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=80)
    area = models.CharField(max_length=60, blank=True, help_text="Heading under which it stands.")
    text = models.CharField(max_length=300, blank=True)
    topics = ArrayField(
        models.CharField(max_length=50), default=list, blank=True,
        help_text="Topics of the ledger, as modules, whose acts show this skill; its own slug always does.",
    )  # fmt: skip
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    is_strategic = models.BooleanField(default=False, help_text="The community wants more of it.")
    state = models.CharField(max_length=10, choices=State, default=State.ACCEPTED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposed_skills"
    )

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["area", "title"]

    def __str__(self) -> str:
        return self.title


class MemberSkill(models.Model):
    """A skill of a member: what they claim and wish, and how deep it is by claim, evidence and endorsement."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="members")
    claimed = models.PositiveSmallIntegerField(default=0, help_text="0 none, 1 aware, 2 uses, 3 leads, 4 teaches.")
    wants = models.PositiveSmallIntegerField(default=0, help_text="The depth wished for; 0 for no wish.")
    helps = models.BooleanField(default=False, help_text="Willing to help others with it.")
    points = models.FloatField(default=0, help_text="Ledger points on this skill, halved every 365 days.")
    evidence = models.FloatField(null=True, blank=True)
    endorsed = models.FloatField(null=True, blank=True)
    depth = models.FloatField(default=0)
    computed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "skill"], name="each_skill_of_a_member_once",
                violation_error_message="This skill stands in your list already.",
            ),
            models.CheckConstraint(
                condition=Q(claimed__lte=DEEPEST, wants__lte=DEEPEST), name="depths_of_skills_are_0_to_4",
                violation_error_message="A depth is a number from 0 to 4.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["skill", "-depth"], name="who_knows_a_skill")]

    def __str__(self) -> str:
        return f"{self.member}: {self.skill}"


class Endorsement(models.Model):
    """A member's word on the skill of another with whom they have worked."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="endorsements")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="endorsements_given")
    level = models.PositiveSmallIntegerField()
    sentence = models.CharField(max_length=300)
    shared = models.CharField(max_length=200, help_text="What they did together.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["member", "skill", "by"], name="one_endorsement_per_skill_and_person"),
            models.CheckConstraint(condition=~Q(member=F("by")), name="nobody_endorses_themselves"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=DEEPEST), name="endorsed_levels_are_1_to_4"),
            models.CheckConstraint(condition=~Q(sentence=""), name="an_endorsement_has_a_sentence"),
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.skill} of {self.member}"


class Validation(models.Model):
    """A Mentor's judgement of a skill from a piece of evidence; it ends after 24 months."""

    class Decision(models.TextChoices):
        SHOWN = "shown", "shown"
        NOT_YET = "not-yet", "not yet shown"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="validations")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="validations_given")
    evidence = models.CharField(max_length=300, help_text="Where the work can be seen.")
    level = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=10, choices=Decision)
    note = models.CharField(max_length=600)
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(member=F("by")), name="nobody_validates_themselves"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=DEEPEST), name="validated_levels_are_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.by} on {self.skill} of {self.member}: {self.decision}"
