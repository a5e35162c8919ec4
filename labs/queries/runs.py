"""A member's way through labs, and what stands around a lab in its module."""

from __future__ import annotations

from dataclasses import dataclass

from cop.lib.markdown import render
from labs.models import Lab, LabRun, LabStep
from labs.rules import open_required
from members.models import Member
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
