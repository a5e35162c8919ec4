"""What members say of labs: how clear and useful they are, how long they take, which steps do not work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Avg, BooleanField, Count, Exists, OuterRef, Subquery, Value
from django.utils import timezone

from cop.lib.figures import FEWEST_COUNTED
from labs.models import Lab, LabFeedback, LabRun, LabStep, StepReport
from labs.queries.rules import lab_rules
from members.models import Member
from modules.models import Module


@dataclass(frozen=True)
class Ratings:
    """The averages of what members said; only of five and more, because who is in a smaller group could be guessed."""

    number: int
    clarity: float
    usefulness: float

    @property
    def may_be_shown(self) -> bool:
        return self.number >= FEWEST_COUNTED


@dataclass(frozen=True)
class LabFigures:
    """What is known of a lab by those who did it."""

    finished: int
    ratings: Ratings

    @property
    def finished_may_be_shown(self) -> bool:
        return self.finished >= FEWEST_COUNTED


def figures(lab: Lab) -> LabFigures:
    """One query."""
    found = lab.runs.exclude(finished_at=None).aggregate(
        finished=Count("pk"), number=Count("feedback"), clarity=Avg("feedback__clarity"),
        usefulness=Avg("feedback__usefulness"),
    )  # fmt: skip
    ratings = Ratings(found["number"], found["clarity"] or 0, found["usefulness"] or 0)
    return LabFigures(found["finished"], ratings)


def latest_minutes(lab: Lab) -> list[int]:
    """What the last runs really took, as their members said; as many as the rules say."""
    told = LabRun.objects.filter(lab=lab, minutes__isnull=False, finished_at__isnull=False)
    newest = told.order_by("-finished_at", "-pk").values_list("minutes", flat=True)
    return [minutes for minutes in newest[: lab_rules().median_runs] if minutes is not None]


def latest_usefulness(lab: Lab) -> float | None:
    """The mean of what the last ones said, of as many as count for the median; recommendations break ties by it."""
    newest = LabFeedback.objects.filter(run__lab=lab).order_by("-at", "-pk").values("usefulness")
    mean: float | None = newest[: lab_rules().median_runs].aggregate(mean=Avg("usefulness"))["mean"]
    return mean


def median_of(minutes: list[int]) -> int | None:
    """The middle one, rounded half up; None where nobody said anything."""
    return int(median(minutes) + 0.5) if minutes else None


def feedback_of(run: LabRun) -> LabFeedback | None:
    """One query."""
    return LabFeedback.objects.filter(run=run).first()


def comments(lab: Lab) -> list[LabFeedback]:
    """What members wrote of the lab, newest first, for those who mend it; without who wrote it."""
    return list(LabFeedback.objects.filter(run__lab=lab).exclude(comment="").order_by("-at", "-pk")[:50])


def reports_in_time(lab: Lab, step: str, now: datetime | None = None) -> int:
    """Open reports on a step within the days that count."""
    since = (now or timezone.now()) - timedelta(days=lab_rules().broken_days)
    return StepReport.objects.filter(lab=lab, step_key=step, closed_at=None, at__gt=since).count()


def broken_steps(labs: Iterable[Lab]) -> dict[int, list[LabStep]]:
    """The steps of labs that need repair on which most reports are open, by lab. One query; none where no lab does."""
    marked = [lab.pk for lab in labs if lab.needs_repair_since]
    if not marked:
        return {}
    reports = StepReport.objects.filter(lab=OuterRef("lab"), step_key=OuterRef("key"), closed_at=None).order_by()
    number = reports.values("lab").annotate(number=Count("pk")).values("number")
    counted: dict[int, list[tuple[int, LabStep]]] = defaultdict(list)
    for step in LabStep.objects.filter(lab__in=marked).annotate(open=Subquery(number)).order_by("lab", "order"):
        counted[step.lab_id].append((step.open or 0, step))
    return {lab: _most_reported(steps) for lab, steps in counted.items()}


def _most_reported(steps: list[tuple[int, LabStep]]) -> list[LabStep]:
    """Those with as many reports as the rule asks for; where none has that many any more, those with most."""
    enough = min(max(number for number, _ in steps), lab_rules().broken_reports)
    return [step for number, step in steps if number and number >= enough]


@dataclass(frozen=True)
class ReportedStep:
    """A step with its open reports. title: empty where the step is no longer there."""

    key: str
    title: str
    number: int
    reports: list[StepReport]


def reported_steps(lab: Lab) -> list[ReportedStep]:
    """Steps with open reports in the order of the lab, those that are gone last. Two queries."""
    steps = {step.key: (number, step.title) for number, step in enumerate(lab.steps.all(), start=1)}
    by_step: dict[str, list[StepReport]] = defaultdict(list)
    for report in lab.step_reports.filter(closed_at=None).select_related("member").order_by("at", "pk"):
        by_step[report.step_key].append(report)
    found = [
        ReportedStep(key, steps.get(key, (0, ""))[1], steps.get(key, (0, ""))[0], reports)
        for key, reports in by_step.items()
    ]
    return sorted(found, key=lambda one: (one.number or 10_000, one.key))


def closed_reports(lab: Lab, limit: int = 20) -> list[StepReport]:
    """One query."""
    closed = lab.step_reports.exclude(closed_at=None).select_related("member", "closed_by")
    return list(closed.order_by("-closed_at", "-pk")[:limit])


def open_report(lab: Lab, step: str, member: Member) -> StepReport | None:
    return StepReport.objects.filter(lab=lab, step_key=step, member=member, closed_at=None).first()


def kept_by(member: Member | None) -> Exists | Value:
    """For a query over labs: whether the member answers for each."""
    if member is None or member.is_staff:
        return Value(member is not None, output_field=BooleanField())
    return Exists(Module.stewards.through.objects.filter(member=member, module=OuterRef("module")))


def keeps(member: Member | None, module: Module) -> bool:
    """Whether the member answers for the labs of the module."""
    return member is not None and (member.is_staff or module.stewards.filter(pk=member.pk).exists())
