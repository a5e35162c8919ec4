"""The list of labs with its filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from labs.models import Lab, LabRun, LabStep
from labs.queries.feedback import broken_steps
from members.models import Member
from modules.exposure import Exposure
from modules.queries.ceilings import Ceiling, ceiling_of
from modules.queries.facets import Facet


@dataclass(frozen=True)
class LabRow:
    lab: Lab
    run: LabRun | None
    broken: list[LabStep]  # where it needs repair: the steps that members reported
    above: bool  # it sends data further than the viewer's ceiling


@dataclass(frozen=True)
class Catalogue:
    labs: list[LabRow]
    modules: list[Facet]
    exposures: list[Facet]
    no_code: list[Facet]
    filtered: bool
    ceiling: Ceiling
    further: int  # labs with this filter that go further than the ceiling
    shows_further: bool
    query: str  # that shows those that go further, or hides them again


FILTERS = ("module", "exposure", "no_code")
ALL = "all"  # in the address: also what goes further than the ceiling


def catalogue(member: Member | None, wanted: Mapping[str, str]) -> Catalogue:
    """Published labs in the order of their modules, filtered; four queries at most. Unknown values match nothing.

    Labs above the member's ceiling are left out and counted, unless the address asks for all."""
    chosen = {name: wanted[name] for name in FILTERS if wanted.get(name)}
    ceiling, shows_further = ceiling_of(member), wanted.get(ALL) == "1"
    published = list(Lab.objects.published().select_related("module").order_by("module__order", "order", "pk"))
    labs = [lab for lab in published if shows_further or ceiling.allows(lab.exposure)]
    further = [lab for lab in published if not ceiling.allows(lab.exposure) and matches(lab, chosen)]
    modules = {lab.module.slug: lab.module.title for lab in labs}
    exposures = {value: str(label) for value, label in Exposure.choices if any(lab.exposure == value for lab in labs)}
    kept = {ALL: "1"} if shows_further else {}
    return Catalogue(
        labs=rows([lab for lab in labs if matches(lab, chosen)], member, ceiling),
        modules=facets("module", modules, labs, chosen, kept),
        exposures=facets("exposure", exposures, labs, chosen, kept),
        no_code=facets("no_code", {"1": "Needs no code"}, labs, chosen, kept),
        filtered=bool(chosen), ceiling=ceiling, further=len(further), shows_further=shows_further,
        query=urlencode(chosen if shows_further else chosen | {ALL: "1"}),
    )  # fmt: skip


def rows(labs: list[Lab], member: Member | None, ceiling: Ceiling) -> list[LabRow]:
    runs = {run.lab_id: run for run in LabRun.objects.filter(member=member)} if member else {}
    broken = broken_steps(labs)
    return [LabRow(lab, runs.get(lab.pk), broken.get(lab.pk, []), not ceiling.allows(lab.exposure)) for lab in labs]


def value_of(lab: Lab, name: str) -> str:
    values = {"module": lab.module.slug, "exposure": lab.exposure, "no_code": "1" if lab.no_code else ""}
    return values[name]


def matches(lab: Lab, chosen: Mapping[str, str]) -> bool:
    return all(value_of(lab, name) == value for name, value in chosen.items())


def facets(
    name: str, choices: Mapping[str, str], labs: list[Lab], chosen: Mapping[str, str], kept: Mapping[str, str]
) -> list[Facet]:  # fmt: skip
    """The choices of one filter, counted under the other filters that are set. kept: what stays in the address."""
    others = {key: value for key, value in chosen.items() if key != name}
    counts = Counter(value_of(lab, name) for lab in labs if matches(lab, others))
    found = []
    for value, words in choices.items():
        is_chosen = chosen.get(name) == value
        query = others if is_chosen else others | {name: value}
        found.append(Facet(words, counts[value], urlencode({**query, **kept}), is_chosen))
    return found
