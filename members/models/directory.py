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
    title = models.CharField(
        max_length=120, blank=True, help_text="Its name for people; empty where the value says it."
    )
    members = models.BinaryField(help_text="A serialised Roaring bitmap of member numbers.")
    size = models.PositiveIntegerField()
    stamp = models.BigIntegerField(default=0, help_text="Another number with every change of the set.")

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


class DirectoryEntry(models.Model):
    """In which sets of the index a member stands: what has to be taken back when the member changes.

    Its row is the lock under which a member's sets are looked at again."""

    member = models.PositiveBigIntegerField(primary_key=True, help_text="A number, so that it outlives nobody.")
    sets = models.BinaryField(default=bytes, help_text="A serialised Roaring bitmap of numbers of the index's rows.")

    class Meta:
        verbose_name_plural = "directory entries"

    def __str__(self) -> str:
        return str(self.member)


class DirectoryStale(models.Model):
    """A member whose sets in the index have to be looked at again; written where the change is made.

    One row per change and none ever updated: whoever notes a change waits for nobody, and a change noted while an
    earlier one is being worked through is not lost with it."""

    member = models.PositiveBigIntegerField(db_index=True, help_text="A number, so that it outlives nobody.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "directory stale"

    def __str__(self) -> str:
        return str(self.member)
