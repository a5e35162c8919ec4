"""The numbers of the rules about labs, as organizers set them."""

from __future__ import annotations

from django.core.cache import cache

from labs.models import LabRules

KEY = "lab-rules"


def lab_rules() -> LabRules:
    """The one row, or the usual numbers while there is none; from the cache for a minute."""
    found: LabRules | None = cache.get(KEY)
    if found is None:
        found = LabRules.objects.first() or LabRules()
        cache.set(KEY, found, 60)
    return found


def forget() -> None:
    """The row has changed."""
    cache.delete(KEY)
