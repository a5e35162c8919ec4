"""One chain: concept, lab, evidence, review, certificate, mentor; how many came how far, and where they stop."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from cop.lib.figures import FEWEST_COUNTED
from labs.models import Lab, LabRun, Submission
from members.models import Member
from modules.models import Module

STEPS = (
    "Read the concept", "Started a lab", "Finished a lab", "Handed work in", "Had work accepted",
    "Hold its certificate", "Reviewed others’ work",
)  # fmt: skip
# Each member's steps in a module as bits of one number, so that “this step and all before it” is one comparison.
COUNT = """
    WITH act AS (
        SELECT item.module_id, done.member_id, 1 AS bit
        FROM modules_itemprogress done JOIN modules_syllabusitem item ON item.id = done.item_id
        WHERE item.kind = 'concept' AND done.state = 'done'
        UNION ALL
        SELECT lab.module_id, run.member_id, CASE WHEN run.finished_at IS NULL THEN 2 ELSE 6 END
        FROM labs_labrun run JOIN labs_lab lab ON lab.id = run.lab_id
        UNION ALL
        SELECT lab.module_id, who.member_id, CASE WHEN work.status = 'accepted' THEN 24 ELSE 8 END
        FROM labs_submission work JOIN labs_lab lab ON lab.id = work.lab_id
        CROSS JOIN LATERAL (
            SELECT work.member_id UNION SELECT mate.member_id FROM labs_teammate mate WHERE mate.submission_id = work.id
        ) who
        UNION ALL
        SELECT criteria.module_id, held.member_id, 32
        FROM labs_certificate held JOIN labs_certificatecriteria criteria ON criteria.id = held.criteria_id
        WHERE held.revoked_at IS NULL AND criteria.module_id IS NOT NULL
        UNION ALL
        SELECT lab.module_id, review.by_id, 64
        FROM labs_review review JOIN labs_submission work ON work.id = review.submission_id
        JOIN labs_lab lab ON lab.id = work.lab_id
    ),
    who AS (
        SELECT act.module_id, act.member_id, bit_or(act.bit) AS bits
        FROM act JOIN members_member person ON person.id = act.member_id AND person.is_active
        WHERE act.module_id = ANY(%(modules)s)
        GROUP BY act.module_id, act.member_id
    )
    SELECT who.module_id, step.number,
           count(*) FILTER (WHERE who.bits & step.bit = step.bit),
           count(*) FILTER (WHERE who.bits & step.upto = step.upto)
    FROM who CROSS JOIN (
        SELECT number, 1 << number AS bit, (1 << (number + 1)) - 1 AS upto FROM generate_series(0, 6) number
    ) step
    GROUP BY who.module_id, step.number ORDER BY who.module_id, step.number
"""


def rounded(people: int) -> int:
    """Down to a multiple of the smallest group that counts. Everything on the page follows from numbers like this one,
    so that no two of its figures can be subtracted to tell of one to four people."""
    return people // FEWEST_COUNTED * FEWEST_COUNTED


def shown(people: int) -> str:
    """About how many, or that it is too few to be shown as a figure about people."""
    return f"about {rounded(people):,}" if people >= FEWEST_COUNTED else f"fewer than {FEWEST_COUNTED}"


@dataclass(frozen=True)
class Link:
    """One step of the chain. reached: who took it, whatever came before. here: who took it and all steps before.
    before: who had come to the step before; None at the first. These three are exact and not for pages."""

    title: str
    reached: int
    here: int
    before: int | None

    @property
    def people(self) -> str:
        return shown(self.reached)

    @property
    def in_order(self) -> str:
        return shown(self.here)

    @property
    def length(self) -> int:
        """Of the bar beside it; 0 where there is none."""
        return rounded(self.here)

    @property
    def came(self) -> str:
        """To the step before."""
        return shown(self.before or 0)

    @property
    def lost(self) -> int | None:
        """How many of those before did not come here, as the two rounded numbers have it; None where one is 0."""
        before, here = rounded(self.before or 0), rounded(self.here)
        return before - here if here and before else None

    @property
    def stopped(self) -> str:
        """How many of those before did not come here; nothing where so few would be counted that one could guess."""
        if self.lost is None:
            return ""
        # Two rounded numbers that are neighbours may stand for a loss of one.
        near = self.lost <= FEWEST_COUNTED
        return f"fewer than {self.lost + FEWEST_COUNTED}" if near else f"about {self.lost:,}"

    @property
    def share(self) -> float | None:
        """Of those before, from 0 to 1, by the rounded numbers; None where the rounding alone could make the loss."""
        if self.lost is None or self.lost <= FEWEST_COUNTED:
            return None
        return rounded(self.here) / rounded(self.before or 0)


@dataclass(frozen=True)
class LabLink:
    """How far members came in one lab."""

    lab: Lab
    started: str
    finished: str
    handed_in: str
    accepted: str


@dataclass(frozen=True)
class Chain:
    module: Module
    links: list[Link]
    labs: list[LabLink]

    @property
    def first(self) -> int:
        return self.links[0].length

    @property
    def weakest(self) -> Link | None:
        """Where most stop, of the steps whose share can be shown."""
        known = [link for link in self.links if link.share is not None]
        return min(known, key=lambda link: link.share or 0, default=None)


def modules_for(member: Member) -> list[Module]:
    """Those whose chain the member may see: all for organizers, for stewards the modules they keep."""
    rows = Module.objects.published()
    return list(rows if member.is_staff else rows.filter(stewards=member))


def chains(modules: list[Module]) -> list[Chain]:
    """Four queries for any number of modules, labs and members."""
    keys = [module.pk for module in modules]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"modules": keys})
        found = {(module, step): (reached, here) for module, step, reached, here in cursor.fetchall()}
    labs = _labs(keys)
    return [Chain(module, _links(module, found), labs.get(module.pk, [])) for module in modules]


def _links(module: Module, found: dict[tuple[int, int], tuple[int, int]]) -> list[Link]:
    rows = [found.get((module.pk, number), (0, 0)) for number in range(len(STEPS))]
    before: list[int | None] = [None, *(here for _, here in rows)]
    return [Link(title, *row, came) for title, row, came in zip(STEPS, rows, before, strict=False)]


def _labs(modules: list[int]) -> dict[int, list[LabLink]]:
    runs = LabRun.objects.filter(lab__module__in=modules, member__is_active=True).values_list("lab")
    begun = {row[0]: row[1:] for row in runs.annotate(started=Count("pk"), finished=Count("finished_at"))}
    work = Submission.objects.filter(lab__module__in=modules, member__is_active=True).values_list("lab")
    accepted = Count("pk", filter=Q(status=Submission.Status.ACCEPTED))
    given = {row[0]: row[1:] for row in work.annotate(handed_in=Count("pk"), accepted=accepted)}
    found: dict[int, list[LabLink]] = {}
    for lab in Lab.objects.published().filter(module__in=modules):
        numbers = (*begun.get(lab.pk, (0, 0)), *given.get(lab.pk, (0, 0)))
        found.setdefault(lab.module_id, []).append(LabLink(lab, *map(shown, numbers)))
    return found
