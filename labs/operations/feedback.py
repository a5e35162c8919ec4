"""What members say of a lab after they did it, and what they report as broken on the way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.queries.people import organizers
from cop.lib.errors import Refused
from cop.lib.words import count
from labs.models import Lab, LabFeedback, LabRun, StepReport
from labs.queries import feedback as queries
from labs.queries.rules import lab_rules
from members.models import Member
from members.operations.notices import notify, notify_many
from modules.models import SyllabusItem
from modules.operations import syllabus

MOST_MINUTES = 6000  # a hundred hours
ANSWER_LIMIT = 600  # characters


@transaction.atomic
def rate(
    lab: Lab, *, by: Member, clarity: int, usefulness: int, minutes: int | None = None, comment: str = "",
    now: datetime | None = None,
) -> LabFeedback:  # fmt: skip
    """Keep how clear and useful the lab was, each from 1 to 5, and how long it really took. Repeating changes it.

    Refused without a finished run of one's own. The shown time of the lab follows."""
    run = LabRun.objects.select_for_update().filter(lab=lab, member=by).first()
    if run is None or run.finished_at is None:
        raise Refused("Finish the lab first. Then you can say how it was.")
    if not (1 <= clarity <= 5 and 1 <= usefulness <= 5):
        raise Refused("Choose from 1 to 5 for both.")
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise Refused(f"Give the minutes as a number from 1 to {MOST_MINUTES:,}, or leave them out.")
    run.minutes = minutes
    run.save(update_fields=["minutes"])
    said, _ = LabFeedback.objects.update_or_create(
        run=run,
        defaults={
            "clarity": clarity, "usefulness": usefulness, "comment": comment.strip(), "at": now or timezone.now(),
        },
    )  # fmt: skip
    renew_median(lab)
    return said


def renew_median(lab: Lab) -> None:
    """Keep the median of the latest runs on the lab; one at a time, so that the last one counts all of them."""
    locked = lock(lab)
    minutes = queries.latest_minutes(locked)
    locked.median_minutes, locked.median_of = queries.median_of(minutes), len(minutes)
    locked.usefulness = queries.latest_usefulness(locked)
    locked.save(update_fields=["median_minutes", "median_of", "usefulness"])


@transaction.atomic
def report_step(lab: Lab, step: str, *, by: Member, text: str, now: datetime | None = None) -> StepReport:
    """Say that a step does not work as it is written. With enough open reports on it the lab is marked.

    Refused for a step of another lab, without words, and while an own report on the step is open."""
    now = now or timezone.now()
    locked = lock(lab)
    if not locked.steps.filter(key=step).exists():
        raise Refused(f"This lab has no step “{step}”. Open the lab again to see its steps.")
    if not text.strip():
        raise Refused("Say in a sentence what happened instead.")
    if queries.open_report(locked, step, by):
        raise Refused("You have reported this step already. You are told when it is answered.")
    report = StepReport.objects.create(lab=locked, step_key=step, member=by, text=text.strip(), at=now)
    mark_broken(locked, step, now)
    return report


def mark_broken(lab: Lab, step: str, now: datetime) -> None:
    """Mark a lab with enough reports on the step as needing repair, and tell its stewards, once until it is mended.

    lab: locked. Where a module has no stewards, the organizers are told."""
    number = queries.reports_in_time(lab, step, now)
    if lab.needs_repair_since or number < lab_rules().broken_reports:
        return
    lab.needs_repair_since = now
    lab.save(update_fields=["needs_repair_since"])
    syllabus.warn(kind=SyllabusItem.Kind.LAB, key=lab.slug, words="needs repair")
    title = lab.steps.get(key=step).title
    keepers = list(lab.module.stewards.values_list("pk", flat=True)) or [one.pk for one in organizers()]
    notify_many(
        keepers, "lab-broken", title=f"“{lab.title}” needs repair",
        text=f"{count(number, 'member')} reported that the step “{title}” does not work.",
        address=reverse("labs:reports", args=[lab.slug]), key=f"{lab.slug}:{now.isoformat()}", now=now,
    )  # fmt: skip


@transaction.atomic
def answer_reports(lab: Lab, reports: Collection[int], *, by: Member, text: str, now: datetime | None = None) -> int:
    """Answer open reports of the lab and close them; who reported is told. Returns how many.

    With the last one closed, the lab no longer needs repair. Refused to others than its stewards and organizers,
    without an answer, and as a lost race where all of them have been closed meanwhile."""
    now = now or timezone.now()
    locked = lock(lab)
    if not queries.keeps(by, locked.module):
        raise Refused("Only the stewards of the module and organizers answer reports.")
    said = text.strip()
    if not said:
        raise Refused("Say what you changed, or why the step stays as it is.")
    if len(said) > ANSWER_LIMIT:
        raise Refused(f"The answer is {count(len(said) - ANSWER_LIMIT, 'character')} too long; {ANSWER_LIMIT} fit.")
    if not reports:
        raise Refused("Choose at least one report.")
    waiting = list(locked.step_reports.filter(pk__in=reports, closed_at=None).select_related("member"))
    if not waiting:
        raise Refused("These reports have been answered meanwhile.", lost_race=True)
    for report in waiting:
        report.closed_at, report.closed_by, report.answer = now, by, said
    StepReport.objects.bulk_update(waiting, ["closed_at", "closed_by", "answer"])
    tell_reporters(locked, waiting, by, now)
    if locked.needs_repair_since and not locked.step_reports.filter(closed_at=None).exists():
        locked.needs_repair_since = None
        locked.save(update_fields=["needs_repair_since"])
        syllabus.warn(kind=SyllabusItem.Kind.LAB, key=locked.slug, words="")
    return len(waiting)


def tell_reporters(lab: Lab, reports: list[StepReport], by: Member, now: datetime) -> None:
    titles = dict(lab.steps.values_list("key", "title"))
    for report in reports:
        if report.member_id == by.pk:
            continue
        notify(
            report.member, "step-answered", title=f"Answered: “{titles.get(report.step_key, report.step_key)}”",
            text=f"{by.name} answers your report on “{lab.title}”: {report.answer}",
            address=f"{lab.get_absolute_url()}?steps=all#step-{report.step_key}", key=f"report:{report.pk}", now=now,
        )  # fmt: skip


def lock(lab: Lab) -> Lab:
    """The lab, locked for what its readers say of it; runs can begin meanwhile."""
    return Lab.objects.select_for_update(of=("self",), no_key=True).select_related("module").get(pk=lab.pk)
