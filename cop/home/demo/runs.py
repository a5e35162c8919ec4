"""How long labs really took the made-up members, what they said of them, and the steps that they found broken."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cop.home.demo.learning import Diary
from labs.models import Lab, LabFeedback, LabRun, StepReport, StepTick
from labs.queries import feedback as queries
from members.models import Member, Notice
from modules.models import ExposureCeiling, ItemProgress, OrganisationCeiling, SyllabusItem
from modules.operations import syllabus

LATEST = 120  # runs of each lab that say something, however large the demo is
SAYS, IN_THE_MIDDLE, MOST_IN_THE_MIDDLE = 0.6, 0.08, 2000
PACE = {"map-your-use-case": 0.8, "local-cluster": 1.25, "search-own-docs": 1.15, "pr-summary": 0.95}
CAREFUL = "adrian"  # he keeps all of his work on his own computer
COMMENTS = [
    "The expected output beside each command saved me twice. I knew at once that my file was in the wrong folder.",
    "Good that nothing is sent anywhere. I could do it at work without asking.",
    "Step three has a long program. Say in one sentence what it does before I type it.",
    "I did it with a colleague. One of us read, the other typed, and we argued about the last question.",
    "The optional step is worth it. It made me see what the small example hides.",
    "On Windows I needed ten minutes to find the Linux subsystem. A link would help.",
    "Clear. I would like a second, harder example for my team.",
    "The reflection at the end became the agenda of our next meeting.",
]
ORGANISATION = (
    "Harbour Clinic",
    "on-premises",
    "Texts about patients stay inside the house; our data officer says so.",
)


@dataclass(frozen=True)
class Found:
    """What somebody found broken. days: ago. answer: by the steward, where there is one."""

    lab: str
    step: str
    days: int
    text: str
    answer: str = ""


FOUND = [
    Found("local-cluster", "with-kind", 11, "kubectl prints other columns than the lab shows, and I was not sure "
          "whether it worked."),
    Found("local-cluster", "with-kind", 6, "The image is not found. It seems that kind wants it loaded under its full "
          "name now."),
    Found("local-cluster", "with-kind", 2, "Same here: ErrImageNeverPull until I gave the image another name."),
    Found("measure-retrieval", "change", 3, "I get 7 of 10 where the lab says 8 of 10. One question too many?"),
    Found("redact-before-send", "redactor", 64, "The indentation of the function is lost when I copy on a phone.",
          "The copy button keeps it now; selecting by hand on a phone still may not."),
    Found("test-gate", "hook", 37, "The hook is not run on my Mac.",
          "It was not executable. The step now has the chmod line, and says how to see that it is missing."),
]  # fmt: skip


def make_runs(people: Sequence[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """After the labs were walked through, and before the ledger is closed."""
    labs = {lab.slug: lab for lab in Lab.objects.select_related("module").prefetch_related("steps").order_by("pk")}
    for lab in labs.values():
        _say(lab, chance)
    _report(people, labs, now)
    _in_the_middle(people, labs, diary, chance, now)
    _ceilings(people, chance)


def _say(lab: Lab, chance: random.Random) -> None:
    """Of the latest runs some have minutes, and some of those a rating; the figures of the lab follow."""
    done = LabRun.objects.filter(lab=lab, finished_at__isnull=False)
    told = [run for run in done.order_by("-finished_at", "-pk")[:LATEST] if chance.random() < SAYS]
    for run in told:
        run.minutes = max(5, round(chance.gauss(PACE.get(lab.slug, 1.0), 0.22) * lab.minutes))
    LabRun.objects.bulk_update(told, ["minutes"])
    words = chance.sample(COMMENTS, 4)  # each is said once of a lab
    LabFeedback.objects.bulk_create(
        LabFeedback(
            run=run, clarity=chance.choices([5, 4, 3, 2], [5, 6, 2, 1])[0],
            usefulness=chance.choices([5, 4, 3, 2], [6, 5, 2, 1])[0],
            comment=words.pop() if words and chance.random() < 0.2 else "", at=run.finished_at or run.started_at,
        )
        for run in told if chance.random() < 0.7
    )  # fmt: skip
    minutes = queries.latest_minutes(lab)
    lab.median_minutes, lab.median_of = queries.median_of(minutes), len(minutes)
    lab.usefulness = queries.latest_usefulness(lab)
    lab.save(update_fields=["median_minutes", "median_of", "usefulness"])


def _report(people: Sequence[Member], labs: dict[str, Lab], now: datetime) -> None:
    """Open and answered reports; the lab with three open ones on a step is marked, and its steward was told."""
    by_handle = {one.handle: one for one in people[:6]}
    bart, writers = by_handle["bart"], list(people[6:]) or list(people)
    rows = []
    for number, found in enumerate(FOUND):
        if (lab := labs.get(found.lab)) is None:
            continue
        at = now - timedelta(days=found.days, hours=number)
        row = StepReport(lab=lab, step_key=found.step, member=writers[number % len(writers)], text=found.text, at=at)
        if found.answer:
            row.closed_at, row.closed_by, row.answer = at + timedelta(days=2), bart, found.answer
        rows.append(row)
    StepReport.objects.bulk_create(rows, ignore_conflicts=True)
    if (lab := labs.get("local-cluster")) and len(writers) > 2:
        lab.needs_repair_since = now - timedelta(days=2, hours=2)
        lab.save(update_fields=["needs_repair_since"])
        syllabus.warn(kind=SyllabusItem.Kind.LAB, key=lab.slug, words="needs repair")
        Notice.objects.create(
            member=bart, kind="lab-broken", key=lab.slug, title=f"“{lab.title}” needs repair",
            text="3 members reported that the step “The same with kind and kubectl” does not work.",
            address=f"/labs/{lab.slug}/reports/", created_at=lab.needs_repair_since, takes_repeats=False,
        )  # fmt: skip


def _in_the_middle(
    people: Sequence[Member], labs: dict[str, Lab], diary: Diary, chance: random.Random, now: datetime
) -> None:  # fmt: skip
    """Some stopped between two steps of the lab that comes next for them."""
    items = list(SyllabusItem.objects.placed().filter(kind=SyllabusItem.Kind.LAB).select_related("module"))
    items.sort(key=lambda item: (item.module.order, item.order))
    some = [one for one in people[6:] if chance.random() < IN_THE_MIDDLE][:MOST_IN_THE_MIDDLE]
    begun = set(LabRun.objects.filter(member__in=some).values_list("member", "lab__slug"))
    runs, progress = [], []
    for one in some:
        item = next((item for item in items if (one.pk, item.key) not in begun), None)
        if item is None or item.key not in labs:
            continue
        at = max(one.joined_at, now - timedelta(days=chance.randrange(1, 40), minutes=chance.randrange(600)))
        runs.append(LabRun(member=one, lab=labs[item.key], started_at=at))
        progress.append(
            ItemProgress(member=one, item=item, state="started", started_at=at, resume=f"/labs/{item.key}/run/")
        )
        diary.note(one, "lab-started", "lab", item.key, item.title, at, address=item.address, topic=item.module.slug)
    made = LabRun.objects.bulk_create(runs)
    ItemProgress.objects.bulk_create(progress, ignore_conflicts=True)
    StepTick.objects.bulk_create(
        StepTick(run=run, step_key=step.key, at=run.started_at + timedelta(minutes=8 * number))
        for run in made
        for number, step in enumerate(list(run.lab.steps.all())[: chance.randrange(1, 4)], start=1)
    )


def _ceilings(people: Sequence[Member], chance: random.Random) -> None:
    """Some are careful, and one house is."""
    name, ceiling, reason = ORGANISATION
    OrganisationCeiling.objects.get_or_create(organisation=name, defaults={"ceiling": ceiling, "reason": reason})
    named = [ExposureCeiling(member=one, ceiling="local-only") for one in people[:6] if one.handle == CAREFUL]
    ExposureCeiling.objects.bulk_create(named, ignore_conflicts=True)
    careful = [one for one in people[6:] if chance.random() < 0.05][:MOST_IN_THE_MIDDLE]
    ExposureCeiling.objects.bulk_create(
        (ExposureCeiling(member=one, ceiling=chance.choice(["local-only", "on-premises"])) for one in careful),
        ignore_conflicts=True,
    )
