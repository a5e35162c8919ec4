"""A member's way through labs, and what stands around a lab in its module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from cop.lib.markdown import render
from cop.lib.rounds import Asks, answer
from labs.models import Lab, LabRun, LabStep, StepReport, StepTick
from labs.rules import open_required
from members.models import Member
from modules.models import ItemProgress, SyllabusItem
from modules.queries.reading import place_of

PLACE = "lab"  # the kind of a place to go on at; its section is the id of the step in the page


@dataclass(frozen=True)
class StepStanding:
    number: int
    step: LabStep
    done: bool
    done_at: datetime | None = None
    reported: bool = False  # its member has said that it does not work, and waits for an answer

    @property
    def section(self) -> str:
        """Its id in the page."""
        return f"step-{self.step.key}"


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
        return f"{here}#{self.left[0].section}" if self.left else here

    def step(self, key: str) -> StepStanding | None:
        return next((one for one in self.steps if one.step.key == key), None)

    def after(self, one: StepStanding) -> StepStanding | None:
        return next((other for other in self.steps if other.number > one.number), None)

    def before(self, one: StepStanding) -> StepStanding | None:
        return next((other for other in reversed(self.steps) if other.number < one.number), None)

    def open_after(self, key: str) -> StepStanding | None:
        """The next open step behind this one, else the first open one; None where all are done."""
        at = next((one.number for one in self.steps if one.step.key == key), 0)
        waiting = [one for one in self.steps if not one.done]
        return next((one for one in waiting if one.number > at), next(iter(waiting), None))

    def resume(self, section: str = "") -> StepStanding | None:
        """The step to go on with: the one where its member was last, while it is open; else the first required one."""
        last = next((one for one in self.steps if one.section == section and not one.done), None)
        return last or next(iter(self.left), None)


def run_standing(run: LabRun) -> RunStanding:
    """One query."""
    return _standing(run, steps_of(run.pk, run.lab_id, run.member_id))


def steps_of(run: Any, lab: Any, member: int) -> QuerySet[Any]:
    """The steps of a run's lab in order, each with `done_at` and `reported`; run and lab may be subqueries."""
    ticks = StepTick.objects.filter(run=run, step_key=OuterRef("key"))
    reports = StepReport.objects.filter(
        lab=OuterRef("lab"), step_key=OuterRef("key"), member=member, closed_at=None
    ).order_by()
    steps = LabStep.objects.filter(lab=lab).order_by("order", "pk")
    return steps.annotate(done_at=Subquery(ticks.values("at")[:1]), reported=Exists(reports))


def _standing(run: LabRun, steps: Iterable[Any]) -> RunStanding:
    return RunStanding(
        run, run.lab,
        [
            StepStanding(number, step, step.done_at is not None, step.done_at, step.reported)
            for number, step in enumerate(steps, start=1)
        ],
    )  # fmt: skip


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
    return answer(ask_open_run(member))


def ask_open_run(member: Member) -> Asks[RunStanding | None]:
    """The member's latest run that is not finished, with ticks and minutes left. One round."""
    latest = LabRun.objects.filter(member=member, finished_at=None).order_by("-started_at", "-pk")[:1]
    runs, steps = yield [
        latest.select_related("lab__module"),
        steps_of(latest.values("pk"), latest.values("lab"), member.pk),
    ]
    return _standing(runs[0], steps) if runs else None


def last_section(member: Member, lab: Lab) -> str:
    """Where in the lab the member was last, on any device; empty where that is not known. One query."""
    place = place_of(member, PLACE, lab.slug)
    return place.section if place else ""


def stamp(run: LabRun) -> str:
    """Names the state of the notes, so that a page that is older than they are is noticed."""
    return run.notes_saved_at.isoformat() if run.notes_saved_at else ""


def noted(member: Member) -> list[LabRun]:
    """The member's runs that have notes, the oldest first. One query."""
    written = LabRun.objects.filter(member=member).exclude(notes="")
    return list(written.select_related("lab").order_by("started_at", "pk"))


@dataclass(frozen=True)
class Surroundings:
    """Where a lab stands among the labs of its module, and what its module has before and after it."""

    number: int
    total: int
    before: SyllabusItem | None
    after: SyllabusItem | None
    earlier: list[SyllabusItem]
    next_item: SyllabusItem | None
    done: frozenset[int]  # numbers of the rungs that the member has done

    @property
    def concept(self) -> SyllabusItem | None:
        """The nearest Concept before the lab."""
        return next((one for one in reversed(self.earlier) if one.kind == SyllabusItem.Kind.CONCEPT), None)

    @property
    def open_before(self) -> list[SyllabusItem]:
        """Required things that the module puts before the lab and the member has not done."""
        return [one for one in self.earlier if one.required and one.pk not in self.done]


def surroundings(lab: Lab, member: Member | None = None) -> Surroundings:
    """One query: the rungs of the module, and which of them the member has done."""
    done = ItemProgress.objects.filter(item=OuterRef("pk"), member=member, state=ItemProgress.State.DONE).order_by()
    placed = SyllabusItem.objects.placed().filter(module=lab.module_id)
    rungs: list[Any] = list(placed.annotate(is_done=Exists(done)))
    labs = [rung for rung in rungs if rung.is_lab]
    place = next((at for at, rung in enumerate(labs) if rung.key == lab.slug), len(labs))
    rung = next((at for at, rung in enumerate(rungs) if rung.is_lab and rung.key == lab.slug), len(rungs))
    return Surroundings(
        number=place + 1,
        total=max(len(labs), place + 1),
        before=labs[place - 1] if place else None,
        after=labs[place + 1] if place + 1 < len(labs) else None,
        earlier=rungs[:rung],
        next_item=rungs[rung + 1] if rung + 1 < len(rungs) else None,
        done=frozenset(one.pk for one in rungs if one.is_done),
    )
