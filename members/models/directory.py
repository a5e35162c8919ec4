from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone


class DirectoryIndex(models.Model):
    """Who in the directory has one thing, as a compressed set of member numbers.

    A word of a name, a language, a skill at a least depth: each is one row, so that any combination of filters, and
    every count beside a filter, is an intersection of a few small sets, whatever the number of members."""

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=80)
    members = models.BinaryField(help_text="A serialised Roaring bitmap of member numbers.")
    size = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "directory index"
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_set_per_thing_in_the_directory")]
        indexes = [
            GinIndex(
                fields=["value"], name="words_that_look_alike", opclasses=["gin_trgm_ops"],
                condition=models.Q(kind="word"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.value}: {self.size}"


class DirectoryStale(models.Model):
    """A member whose sets in the index have to be looked at again; written where the change is made."""

    member = models.PositiveBigIntegerField(unique=True, help_text="A number, so that it outlives nobody.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "directory stale"

    def __str__(self) -> str:
        return str(self.member)
