from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from cop.home.starter.entries import Entry


def nothing(row: Any) -> Any:
    return None


@dataclass(frozen=True)
class Kind:
    """How records of one kind are found, written and compared.

    columns: the fields of the row that people may change in the admin; with `children`, the rows below it, they make
    the row's hash. earlier: those that made it in an earlier release, so that an upgrade takes no row for changed.
    write: brings the row to the entry and returns it; gets None where there is no row yet. as_file: the file of the
    row; gets what an earlier file said of people, too. Where an entry says what the row says, there is nothing to keep.
    """

    name: str
    find: Callable[[Entry], Any]
    write: Callable[[Entry, Any], models.Model]
    columns: tuple[str, ...]
    children: Callable[[Any], Any] = nothing
    earlier: tuple[str, ...] = ()
    as_file: Callable[[Any, Mapping[str, str]], str] | None = None

    def snapshots(self, row: Any) -> list[Any]:
        """The row as it was read, by the columns of today and by those of earlier."""
        children = self.children(row)
        sets = [self.columns, self.earlier] if self.earlier else [self.columns]
        return [[[getattr(row, column) for column in columns], children] for columns in sets]


def values(rows: models.QuerySet[Any], *columns: str) -> list[Any]:
    return list(rows.values_list(*columns))


def day_of(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def by_slug(model: type[models.Model], field: str = "slug") -> Callable[[Entry], Any]:
    return lambda entry: model._default_manager.filter(**{field: entry.key}).first()


def saved(model: type[models.Model], row: Any, lookup: Mapping[str, Any], fields: Mapping[str, Any]) -> Any:
    """Make the row, or bring its named fields up to date."""
    if row is None:
        return model._default_manager.create(**lookup, **fields)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    return row


def plain(name: str, model: type[models.Model], columns: str, **renamed: str) -> Kind:
    """A kind whose keys are the columns of one row; `renamed` maps a column to the key of another name."""
    names = tuple(columns.split())

    def write(entry: Entry, row: Any) -> models.Model:
        fields = {column: entry[renamed.get(column, column)] for column in names}
        made: models.Model = saved(model, row, {"slug": entry.key}, fields)
        return made

    return Kind(name, by_slug(model), write, tuple(column.removesuffix("_id") for column in names))
