"""The numbers of the rules about learning, as organizers set them."""

from __future__ import annotations

from django.core.cache import cache

from modules.models import LearningRules

KEY = "learning-rules"


def learning_rules() -> LearningRules:
    """The one row, or the usual numbers while there is none; from the cache for a minute."""
    found: LearningRules | None = cache.get(KEY)
    if found is None:
        found = LearningRules.objects.first() or LearningRules()
        cache.set(KEY, found, 60)
    return found


def forget() -> None:
    """The row has changed."""
    cache.delete(KEY)
