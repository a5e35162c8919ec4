"""Filters of a list that stand in its address, with the number that each would leave."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

Row = TypeVar("Row")


@dataclass(frozen=True)
class Facet:
    """One choice of a filter: its words, how many rows it leaves, and the query that sets it or takes it away."""

    words: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """name: in the address. title: above its choices. values: of a row, any of which may be chosen."""

    name: str
    title: str
    choices: Mapping[str, str]
    values: Callable[[Row], Collection[str]]


@dataclass(frozen=True)
class Facets:
    title: str
    choices: list[Facet]


@dataclass(frozen=True)
class Filtered(Generic[Row]):
    """is_filtered: whether anything was chosen. kept: what of the address a further link keeps."""

    rows: list[Row]
    facets: list[Facets]
    is_filtered: bool
    kept: str


def filtered(rows: Sequence[Row], filters: Sequence[Filter[Row]], wanted: Mapping[str, str]) -> Filtered[Row]:
    """The rows that fit everything chosen, in their order; each choice is counted under the other filters that are set.

    wanted: the parameters of the address. A value that is unknown matches nothing; choices without rows are left out.
    """
    chosen = {one.name: wanted[one.name] for one in filters if wanted.get(one.name)}
    found = [_facets(one, rows, filters, chosen) for one in filters]
    shown = [row for row in rows if _fits(row, filters, chosen)]
    return Filtered(shown, [one for one in found if one.choices], bool(chosen), urlencode(chosen))


def _fits(row: Row, filters: Sequence[Filter[Row]], chosen: Mapping[str, str]) -> bool:
    return all(chosen[one.name] in one.values(row) for one in filters if one.name in chosen)


def _facets(
    this: Filter[Row], rows: Sequence[Row], filters: Sequence[Filter[Row]], chosen: Mapping[str, str]
) -> Facets:  # fmt: skip
    others = {name: value for name, value in chosen.items() if name != this.name}
    there = {value for row in rows for value in this.values(row)}
    left = [row for row in rows if _fits(row, filters, others)]
    choices = []
    for value, words in this.choices.items():
        if value in there:
            is_chosen = chosen.get(this.name) == value
            query = others if is_chosen else others | {this.name: value}
            choices.append(Facet(words, sum(value in this.values(row) for row in left), urlencode(query), is_chosen))
    return Facets(this.title, choices)
