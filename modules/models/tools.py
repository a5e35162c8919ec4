from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from modules.exposure import Exposure


class ToolCategory(models.Model):
    slug = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=400, blank=True, help_text="What such tools do, and what to compare.")
    no_open_known = models.BooleanField("no open one is known", default=False)

    class Meta:
        ordering = ["order", "title"]
        verbose_name_plural = "tool categories"

    def __str__(self) -> str:
        return self.title


class Tool(models.Model):
    """A tool as the community sees it, side by side with others; nobody can pay for a place."""

    class Runs(models.TextChoices):
        LOCAL = "local", "On your own machine"
        ON_PREMISES = "on-premises", "On premises"
        CLOUD = "cloud", "In a cloud"

    class Maturity(models.TextChoices):
        COMMODITY = "commodity", "Commodity"
        EMERGING = "emerging", "Emerging"
        EXPERIMENTAL = "experimental", "Experimental"

    slug = models.SlugField("address", unique=True)
    name = models.CharField(max_length=80)
    category = models.ForeignKey(ToolCategory, on_delete=models.PROTECT, related_name="tools")
    maker = models.CharField(max_length=120, help_text="Company, foundation or people behind it.")
    licence = models.CharField(max_length=80)
    is_open = models.BooleanField("open source", default=False)
    runs = ArrayField(models.CharField(max_length=20, choices=Runs), default=list)
    exposure = models.CharField(
        "data exposure", max_length=20, choices=Exposure,
        help_text="The least far that data goes while the tool does what the summary says; say there what is usual.",
    )  # fmt: skip
    sees_secrets = models.BooleanField("secrets or personal data may be seen", default=False)
    maturity = models.CharField(max_length=20, choices=Maturity)
    maturity_reason = models.CharField("why this maturity", max_length=300, blank=True)
    skills = ArrayField(models.SlugField(), default=list, blank=True)
    summary = models.CharField(max_length=400)
    homepage = models.URLField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True, help_text="When somebody last looked whether this is true.")
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(exposure=""), name="a_tool_says_where_data_goes")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("modules:tool", args=[self.slug])

    @property
    def runs_in_words(self) -> str:
        """For instance `on your own machine, in a cloud`; the usual order, whatever the order of the row."""
        places = [str(label) for value, label in Tool.Runs.choices if value in self.runs]
        return ", ".join(label[0].lower() + label[1:] for label in places)

    @property
    def exposure_short(self) -> str:
        return Exposure(self.exposure).short


class ToolReport(models.Model):
    """What a member experienced with one version of a tool, with their interest in it."""

    class Interest(models.TextChoices):
        USER = "user", "I only use it"
        PAID = "paid", "My organisation pays for it"
        CONTRIBUTOR = "contributor", "I contribute to it"
        VENDOR = "vendor", "I work for its maker or sell it"

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="reports")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tool_reports")
    version = models.CharField(max_length=40, help_text="As the tool itself says it.")
    used_on = models.DateField("last used on")
    interest = models.CharField("my interest", max_length=20, choices=Interest)
    body = models.TextField("what you saw", max_length=4000, help_text="What you did, what worked, what did not.")
    html = models.TextField(editable=False, blank=True)
    at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_for = models.CharField(
        "why it is hidden", max_length=300, blank=True, help_text="Read by its author, who can change it."
    )

    class Meta:
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "member", "version"], name="one_report_per_member_and_version"),
            models.CheckConstraint(
                condition=~Q(version="") & ~Q(interest=""), name="a_report_says_version_and_interest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.tool_id} {self.version}"

    @property
    def interest_in_words(self) -> str:
        """As others read it."""
        return INTEREST_WORDS[self.interest]


INTEREST_WORDS = {
    "user": "Only uses it", "paid": "Their organisation pays for it", "contributor": "Contributes to it",
    "vendor": "Works for its maker or sells it",
}  # fmt: skip
