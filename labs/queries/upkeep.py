"""Labs whose day of review has come."""

from __future__ import annotations

from datetime import date

from labs.models import Lab
from modules.queries.upkeep import due_of
from modules.upkeep import Due


def labs_due(before: date) -> list[Due]:
    found = Lab.objects.published().filter(review_by__lt=before).select_related("author", "module")
    return due_of(found, "lab", "lab", lambda row: row.slug)
