from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from modules.models.catalogue import Module

if TYPE_CHECKING:
    from members.models import Member


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
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles_owned",
        help_text="Who keeps it true; told when the day of its review has come.",
    )  # fmt: skip
    teaches = models.JSONField(default=dict, blank=True, help_text="Depth by skill, as {“rag-basics”: 1}.")
    body = models.TextField("text", max_length=100_000, help_text="Markdown. Headings begin with ##.")
    html = models.TextField(editable=False, blank=True)
    headings = models.JSONField(editable=False, default=list, blank=True)
    sections = models.JSONField(editable=False, default=list, blank=True)
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
