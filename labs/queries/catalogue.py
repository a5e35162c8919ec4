"""The list of labs with its filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from labs.models import Lab, LabRun
from members.models import Member
from modules.exposure import Exposure


@dataclass(frozen=True)
class LabRow:
    lab: Lab
    run: LabRun | None


@dataclass(frozen=True)
class Facet:
    """One choice of a filter: its words, how many labs it leaves, and the address that sets or removes it."""

    words: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True)
class Catalogue:
    labs: list[LabRow]
    modules: list[Facet]
    exposures: list[Facet]
    no_code: list[Facet]
    filtered: bool


FILTERS = ("module", "exposure", "no_code")


def catalogue(member: Member | None, wanted: Mapping[str, str]) -> Catalogue:
    """Published labs in the order of their modules, filtered; two queries at most. Unknown values match nothing."""
    chosen = {name: wanted[name] for name in FILTERS if wanted.get(name)}
    labs = list(Lab.objects.published().select_related("module").order_by("module__order", "order", "pk"))
    runs = {run.lab_id: run for run in LabRun.objects.filter(member=member)} if member else {}
    shown = [LabRow(lab, runs.get(lab.pk)) for lab in labs if matches(lab, chosen)]
    modules = {lab.module.slug: lab.module.title for lab in labs}
    exposures = {value: str(label) for value, label in Exposure.choices if any(lab.exposure == value for lab in labs)}
    return Catalogue(
        shown,
        facets("module", modules, labs, chosen),
        facets("exposure", exposures, labs, chosen),
        facets("no_code", {"1": "Needs no code"}, labs, chosen),
        bool(chosen),
    )


def value_of(lab: Lab, name: str) -> str:
    values = {"module": lab.module.slug, "exposure": lab.exposure, "no_code": "1" if lab.no_code else ""}
    return values[name]


def matches(lab: Lab, chosen: Mapping[str, str]) -> bool:
    return all(value_of(lab, name) == value for name, value in chosen.items())


def facets(name: str, choices: Mapping[str, str], labs: list[Lab], chosen: Mapping[str, str]) -> list[Facet]:
    """The choices of one filter, counted under the other filters that are set."""
    others = {key: value for key, value in chosen.items() if key != name}
    counts = Counter(value_of(lab, name) for lab in labs if matches(lab, others))
    return [
        Facet(
            words, counts[value],
            urlencode(others if chosen.get(name) == value else others | {name: value}), chosen.get(name) == value,
        )
        for value, words in choices.items()
    ]  # fmt: skip
