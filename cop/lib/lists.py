"""Rows that belong to one row and are written as a whole list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models


def write_list(
    model: type[models.Model], of: Mapping[str, Any], key: str, wanted: Mapping[str, Mapping[str, Any]]
) -> None:  # fmt: skip
    """Bring the rows of one owner to the list that is wanted; the caller is in a transaction and holds the owner.

    of: the owner, as `{"lab": lab}`. key: the field that stays the same over changes; what hangs on its row stays too.
    Rows of other keys go, new ones are added in one statement, and only what differs is saved."""
    rows = model._default_manager.filter(**of)
    there = {getattr(row, key): row for row in rows.select_for_update()}
    if gone := there.keys() - wanted.keys():
        rows.filter(**{f"{key}__in": gone}).delete()
    model._default_manager.bulk_create(
        model(**of, **{key: name}, **values) for name, values in wanted.items() if name not in there
    )
    for name, row in there.items():
        values = wanted.get(name, {})
        if changed := [field for field, value in values.items() if getattr(row, field) != value]:
            for field in changed:
                setattr(row, field, values[field])
            row.save(update_fields=changed)
