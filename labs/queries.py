"""What the pages about labs show, and what the dashboard asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from cop.lib.markdown import render
from labs.models import Lab, LabRun, LabStep
from labs.rules import open_required
from members.models import Member
from modules.exposure import Exposure
from modules.models import ItemProgress, SyllabusItem


@dataclass(frozen=True)
class StepStanding:
    number: int
    step: LabStep
    done: bool


@dataclass(frozen=True)
class RunStanding:
    """One run with its steps, as its member sees it."""

    run: LabRun
    lab: Lab
    steps: list[StepStanding]

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.steps)

    @property
    def minutes_left(self) -> int:
        """Of required steps that are open."""
        return sum(one.step.minutes for one in self.steps if one.step.required and not one.done)

    @property
    def left(self) -> list[StepStanding]:
        """Required steps that are open."""
        ticked = {one.step.key for one in self.steps if one.done}
        keys = {step.key for step in open_required([one.step for one in self.steps], ticked)}
        return [one for one in self.steps if one.step.key in keys]

    @property
    def address(self) -> str:
        """The exact place to go on: the first required step that is open."""
        here = self.run.get_absolute_url()
        return f"{here}#step-{self.left[0].step.key}" if self.left else here


def run_standing(run: LabRun) -> RunStanding:
    """Two queries: steps and ticks."""
    ticked = set(run.ticks.values_list("step_key", flat=True))
    steps = [StepStanding(number, step, step.key in ticked) for number, step in enumerate(run.lab.steps.all(), start=1)]
    return RunStanding(run, run.lab, steps)


@dataclass(frozen=True)
class Trouble:
    problem: str  # HTML of one line
    cure: str  # HTML


def troubles(lab: Lab) -> list[Trouble]:
    """What may go wrong, rendered; the problem without its paragraph, because it becomes a summary."""
    return [
        Trouble(render(one["problem"]).html.strip().removeprefix("<p>").removesuffix("</p>"), render(one["cure"]).html)
        for one in lab.troubleshooting
    ]


def open_run(member: Member) -> RunStanding | None:
    """The member's latest run that is not finished, with ticks and minutes left."""
    runs = LabRun.objects.filter(member=member, finished_at=None).select_related("lab__module")
    latest = runs.order_by("-started_at", "-pk").first()
    return run_standing(latest) if latest else None


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


@dataclass(frozen=True)
class Surroundings:
    """Where a lab stands among the labs of its module, and what its module has before and after it."""

    number: int
    total: int
    before: Lab | None
    after: Lab | None
    earlier: list[SyllabusItem]
    next_item: SyllabusItem | None

    @property
    def concept(self) -> SyllabusItem | None:
        """The nearest Concept before the lab."""
        return next((one for one in reversed(self.earlier) if not one.is_lab), None)


def surroundings(lab: Lab) -> Surroundings:
    """Two queries: the labs and the rungs of the module."""
    labs = list(Lab.objects.published().filter(module=lab.module_id))
    keys = [other.pk for other in labs]
    place = keys.index(lab.pk) if lab.pk in keys else len(keys)
    rungs = list(SyllabusItem.objects.placed().filter(module=lab.module_id))
    slugs = [rung.key if rung.is_lab else "" for rung in rungs]
    rung = slugs.index(lab.slug) if lab.slug in slugs else len(rungs)
    return Surroundings(
        number=place + 1,
        total=max(len(labs), place + 1),
        before=labs[place - 1] if place else None,
        after=labs[place + 1] if place + 1 < len(labs) else None,
        earlier=rungs[:rung],
        next_item=rungs[rung + 1] if rung + 1 < len(rungs) else None,
    )


def open_before(around: Surroundings, member: Member) -> list[SyllabusItem]:
    """Required things that the module puts before the lab and the member has not done. One query."""
    required = [item for item in around.earlier if item.required]
    done = ItemProgress.objects.filter(member=member, item__in=required, state=ItemProgress.State.DONE)
    finished = set(done.values_list("item_id", flat=True))
    return [item for item in required if item.pk not in finished]
