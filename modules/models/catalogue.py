from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

RESERVED = frozenset({"checks", "resources", "review", "tools"})  # addresses of other pages below /modules/


class ModuleQuerySet(models.QuerySet["Module"]):
    def published(self) -> ModuleQuerySet:
        return self.filter(status=Module.Status.PUBLISHED)


class Module(models.Model):
    """One of the topics of the community, from its Concept to its last lab."""

    class Status(models.TextChoices):
        IN_PREPARATION = "in-preparation", "In preparation"
        PUBLISHED = "published", "Published"

    class Level(models.TextChoices):
        BEGINNER = "beginner", "Beginner"
        INTERMEDIATE = "intermediate", "Intermediate"
        ADVANCED = "advanced", "Advanced"

    class Glyph(models.TextChoices):
        AI = "ai", "AI"
        SECURITY = "sec", "Security"
        CODE = "code", "Code"
        ENGINEERING = "eng", "Engineering"
        INFRASTRUCTURE = "infra", "Infrastructure"
        RETRIEVAL = "rag", "Retrieval"
        INCUBATOR = "inc", "Incubator"

    slug = models.SlugField("address", unique=True, help_text="The last part of the page’s address.")
    order = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1)], help_text="The place in the list, from 1. Each place is taken once."
    )
    title = models.CharField(max_length=80)
    promise = models.CharField(max_length=240, help_text="One sentence that begins with “After this you can”.")
    summary = models.TextField(max_length=1000, help_text="What it is about, in two or three sentences.")
    hours = models.DecimalField(max_digits=4, decimal_places=1, help_text="Hours that the whole module takes.")
    level = models.CharField(max_length=20, choices=Level, default=Level.BEGINNER)
    glyph = models.CharField("sign", max_length=10, choices=Glyph, default=Glyph.AI)
    stewards = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="modules_kept",
        help_text="The people who keep this module; its page names them.",
    )  # fmt: skip
    status = models.CharField(max_length=20, choices=Status, default=Status.IN_PREPARATION, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ModuleQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"], name="each_place_in_the_list_has_one_module",
                violation_error_message="Another module has this place in the list.",
            ),
            models.CheckConstraint(condition=Q(order__gte=1), name="the_list_of_modules_begins_at_one"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_module_takes_time"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("modules:detail", args=[self.slug])

    def clean(self) -> None:
        if self.slug in RESERVED:
            raise ValidationError({"slug": f"“{self.slug}” is the address of another page. Choose another word."})

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class Subtopic(models.Model):
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="subtopics")
    slug = models.SlugField("key")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120)
    text = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["module", "order"]
        constraints = [models.UniqueConstraint(fields=["module", "slug"], name="subtopics_of_a_module_differ")]

    def __str__(self) -> str:
        return self.title
