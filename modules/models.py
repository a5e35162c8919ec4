from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from modules.exposure import Exposure

if TYPE_CHECKING:
    from members.models import Member


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


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        return self.filter(status=Article.Status.PUBLISHED)

    def visible_to(self, viewer: Member | None) -> ArticleQuerySet:
        """Published ones to everybody; drafts to their author, the stewards of the module and organizers."""
        if viewer is None:
            return self.published()
        if viewer.is_staff:
            return self
        kept = Module.stewards.through.objects.filter(member_id=viewer.pk).values("module_id")
        return self.filter(Q(status=Article.Status.PUBLISHED) | Q(author=viewer) | Q(module__in=kept))


class Article(models.Model):
    """Something to read in a module: first of all its Concept."""

    class Kind(models.TextChoices):
        CONCEPT = "concept", "Concept"
        HOWTO_INTRO = "howto-intro", "Introduction to a how-to"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="articles")
    slug = models.SlugField("address", help_text="The last part of the page’s address.")
    order = models.PositiveSmallIntegerField(default=0, help_text="The place among articles and labs of the module.")
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=400, help_text="What the reader gets out of it, in one or two sentences.")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.CONCEPT)
    author_name = models.CharField(max_length=80, blank=True, help_text="For authors who are no members.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles"
    )
    body = models.TextField("text", max_length=100_000, help_text="Markdown. Headings begin with ##.")
    html = models.TextField(editable=False, blank=True)
    headings = models.JSONField(editable=False, default=list, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes to read", default=5, validators=[MinValueValidator(1)])
    review_by = models.DateField(null=True, blank=True, help_text="After this day the page warns that it may be old.")
    sources = models.JSONField(default=list, blank=True, help_text="A list of {“title”: …, “url”: …}.")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["module", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["module", "slug"], name="articles_of_a_module_have_different_addresses"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="an_article_takes_time"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False), name="a_published_article_has_its_date"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("modules:article", args=[self.module.slug, self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def by(self) -> str:
        return self.author.name if self.author else self.author_name

    @property
    def is_past_review(self) -> bool:
        return self.review_by is not None and self.review_by < timezone.localdate()


class SyllabusQuerySet(models.QuerySet["SyllabusItem"]):
    def placed(self) -> SyllabusQuerySet:
        return self.filter(withdrawn_at=None)


class SyllabusItem(models.Model):
    """One thing to do in a module: a Concept to read, or a lab that the app of labs has placed here.

    A withdrawn item keeps its row, so that what members did stays known if it comes back."""

    class Kind(models.TextChoices):
        CONCEPT = "concept", "Concept"
        LAB = "lab", "Lab"

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField()
    exposure = models.CharField(max_length=20, choices=Exposure, blank=True)
    no_code = models.BooleanField(default=False)
    address = models.CharField(max_length=300)
    required = models.BooleanField(default=True)
    placed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SyllabusQuerySet.as_manager()

    class Meta:
        ordering = ["module", "order", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="each_thing_to_do_stands_in_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    @property
    def is_lab(self) -> bool:
        return self.kind == self.Kind.LAB

    @property
    def exposure_short(self) -> str:
        return Exposure(self.exposure).short if self.exposure else ""


class ItemProgress(models.Model):
    class State(models.TextChoices):
        STARTED = "started", "Started"
        DONE = "done", "Done"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="item_progress")
    item = models.ForeignKey(SyllabusItem, on_delete=models.CASCADE, related_name="progress")
    state = models.CharField(max_length=10, choices=State, default=State.STARTED)
    started_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    out_of_order = models.BooleanField(default=False, help_text="Done while something required before it was open.")
    resume = models.CharField(max_length=300, blank=True, help_text="The member’s own page for it, to go on there.")

    class Meta:
        verbose_name_plural = "item progress"
        constraints = [
            models.UniqueConstraint(fields=["member", "item"], name="one_state_per_member_and_item"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | Q(state="started", done_at=None),
                name="what_is_done_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("started_at")), name="nothing_is_done_before_it_is_started"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: item {self.item_id} {self.state}"


class ModuleCompletion(models.Model):
    """That a member had done all a module required; later additions do not take it away."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="module_completions")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="completions")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "module"], name="a_module_is_completed_once")]

    def __str__(self) -> str:
        return f"{self.member_id} completed {self.module_id}"
