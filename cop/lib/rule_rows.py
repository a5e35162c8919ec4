"""Rules of the community that stand in one row of a table, which organizers change."""

from __future__ import annotations

from typing import Generic, TypeVar

from django.core.cache import cache
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
KEPT = 60  # seconds


class RuleRow(Generic[Row]):
    """Called, it gives the one row of the model, or the usual numbers while there is none; from the cache for a minute,
    because every page needs it."""

    def __init__(self, model: type[Row], key: str) -> None:
        self.model, self.key = model, key

    def __call__(self) -> Row:
        found: Row | None = cache.get(self.key)
        if found is None:
            found = self.model._default_manager.first() or self.model()
            cache.set(self.key, found, KEPT)
        return found

    def forget(self) -> None:
        """The row has changed."""
        cache.delete(self.key)
