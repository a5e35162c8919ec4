from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from modules.exposure import Exposure


class LearningRules(models.Model):
    """The rules about learning, in one row; organizers change it, and every number shown to a person follows."""

    pass_percent = models.PositiveSmallIntegerField(default=70, help_text="From which a check is passed.")
    attempts_a_day = models.PositiveSmallIntegerField(default=3, help_text="Tries at one check in a day.")
    dead_after = models.PositiveSmallIntegerField(
        default=2, help_text="Looks in a row that fail before a link counts as dead."
    )
    look_every_days = models.PositiveSmallIntegerField(default=7, help_text="Days between two looks at a link.")
    review_months = models.PositiveSmallIntegerField(
        default=6, help_text="Months after which a changed article is to be reviewed again."
    )

    class Meta:
        verbose_name = verbose_name_plural = "rules about learning"
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="the_rules_about_learning_stand_in_one_row"),
            models.CheckConstraint(
                condition=Q(pass_percent__gte=1, pass_percent__lte=100), name="a_check_is_passed_from_1_to_100_percent",
                violation_error_message="A check is passed from 1 to 100 percent.",
            ),
            models.CheckConstraint(
                condition=Q(attempts_a_day__gte=1, dead_after__gte=1, look_every_days__gte=1, review_months__gte=1),
                name="rules_about_learning_are_at_least_one",
                violation_error_message="Tries, looks, days and months are at least 1.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return "Rules about learning"


class ExposureCeiling(models.Model):
    """How far a member lets data go; lists hide what goes further."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exposure_ceiling")
    ceiling = models.CharField(max_length=20, choices=Exposure)
    set_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.ceiling}"


class OrganisationCeiling(models.Model):
    """How far an organisation lets the data of its people go; it holds for who names it in their profile."""

    organisation = models.CharField(max_length=120)
    ceiling = models.CharField(max_length=20, choices=Exposure)
    reason = models.CharField(max_length=300, blank=True, help_text="The rule behind it, as its people know it.")

    class Meta:
        ordering = ["organisation"]
        constraints = [
            models.UniqueConstraint(
                Lower("organisation"), name="an_organisation_has_one_ceiling",
                violation_error_message="This organisation has a ceiling already.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation}: {self.ceiling}"
