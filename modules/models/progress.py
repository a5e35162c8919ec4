from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from modules.exposure import Exposure
from modules.models.catalogue import Module


class SyllabusQuerySet(models.QuerySet["SyllabusItem"]):
    def placed(self) -> SyllabusQuerySet:
        return self.filter(withdrawn_at=None)


class SyllabusItem(models.Model):
    """One thing to do in a module: a Concept to read, or a lab that the app of labs has placed here.

    A withdrawn item keeps its row, so that what members did stays known if it comes back."""

    class Kind(models.TextChoices):
        CONCEPT = "concept", "Concept"
        CHECK = "knowledge-check", "Check"  # between the other two also by its name, because rungs are sorted by it
        LAB = "lab", "Lab"

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField()
    exposure = models.CharField(max_length=20, choices=Exposure, blank=True)
    no_code = models.BooleanField(default=False)
    address = models.CharField(max_length=300)
    required = models.BooleanField(default=True)
    warning = models.CharField(max_length=60, blank=True, help_text="As “needs repair”, from the app that placed it.")
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
    def is_check(self) -> bool:
        return self.kind == self.Kind.CHECK

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
        indexes = [models.Index(fields=["item", "-started_at"], name="newest_on_an_item")]

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
