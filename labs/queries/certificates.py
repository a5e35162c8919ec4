"""Certificates as their owner, others and verifiers see them: what is held, what is missing, what one rests on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from labs.models import (
    Certificate,
    CertificateCriteria,
    Lab,
    LabRun,
    Path,
    PathEnrolment,
    PathItem,
    Review,
    StatusNumber,
    Submission,
)
from labs.queries.path_things import SYLLABUS
from labs.queries.reviews import accepted_of
from members.models import Member
from modules.models import ItemProgress, Module, ModuleCompletion

REVIEWER = "a reviewer of the community"


def in_force() -> QuerySet[CertificateCriteria]:
    """The criteria of today of everything that is published, modules first, in the order of their lists."""
    shown = Q(module__status=Module.Status.PUBLISHED) | Q(path__status=Path.Status.PUBLISHED)
    found = CertificateCriteria.objects.filter(shown, ended_at=None).select_related("module", "path")
    return found.order_by("module__order", "path__order", "pk")


def criteria_of(subject: Module | Path) -> CertificateCriteria | None:
    """The criteria in force for a module or a path."""
    return CertificateCriteria.objects.filter(ended_at=None, **subject_is(subject)).first()


def subject_is(subject: Module | Path) -> dict[str, Any]:
    return {"module": subject} if isinstance(subject, Module) else {"path": subject}


def key_of(criteria: CertificateCriteria) -> tuple[str, int]:
    """What all versions of the criteria for one module or path share."""
    return (criteria.kind, criteria.module_id or criteria.path_id or 0)


@dataclass(frozen=True)
class Progress:
    """How far somebody is on the way to one certificate. labs: finished ones whose work they can still hand in.

    is_followed: of a path, whether they are on it."""

    criteria: CertificateCriteria
    is_complete: bool
    accepted: int
    labs: list[Lab] = field(default_factory=list)
    is_followed: bool = False

    @property
    def missing_reviews(self) -> int:
        return max(0, self.criteria.accepted_submissions - self.accepted)

    @property
    def is_met(self) -> bool:
        return self.is_complete and not self.missing_reviews

    @property
    def is_begun(self) -> bool:
        return self.is_complete or self.accepted > 0

    @property
    def is_near(self) -> bool:
        """Whether it stands among the first: of paths only one that is followed, or done."""
        if self.criteria.path_id:
            return self.is_followed or self.is_complete
        return self.is_begun or bool(self.labs)


def progress_of(member: Member) -> list[Progress]:
    """The way to each certificate that the community gives, whether or not it is held; followed paths first. Six
    queries."""
    done = {("module", pk) for pk in ModuleCompletion.objects.filter(member=member).values_list("module", flat=True)}
    followed = set()
    for path, left_at, completed_at in PathEnrolment.objects.filter(member=member).values_list(
        "path", "left_at", "completed_at"
    ):
        if completed_at:
            done.add(("path", path))
        if left_at is None:
            followed.add(path)
    accepted, finished = accepted_labs(member), finished_labs(member)
    labs_of: dict[int, set[str]] = defaultdict(set)
    for path, lab in PathItem.objects.filter(kind=PathItem.Kind.LAB).values_list("path", "target"):
        labs_of[path].add(lab)
    ways = [
        Progress(
            one, key_of(one) in done, sum(counts_for(one, labs_of, *lab) for lab in accepted),
            [lab for lab in finished if counts_for(one, labs_of, lab.slug, lab.module_id)], one.path_id in followed,
        )
        for one in in_force()
    ]  # fmt: skip
    return sorted(ways, key=lambda way: not way.is_followed)


def finished_labs(member: Member) -> list[Lab]:
    """Those of which the member can hand in work now: finished, and nothing of it waits or is accepted."""
    closed = Submission.objects.filter(member=member, lab=OuterRef("pk"))
    closed = closed.filter(status__in=[Submission.Status.WAITING, Submission.Status.ACCEPTED])
    finished = LabRun.objects.filter(member=member, finished_at__isnull=False)
    return list(Lab.objects.filter(~Exists(closed), pk__in=finished.values("lab")).order_by("order", "pk"))


def accepted_labs(member: Member) -> set[tuple[str, int]]:
    """The labs of which the member's work, alone or in a team, was accepted: slug and module."""
    return set(accepted_of(member).values_list("lab__slug", "lab__module"))


def counts_for(criteria: CertificateCriteria, labs_of: dict[int, set[str]], slug: str, module: int) -> bool:
    if criteria.module_id:
        return criteria.module_id == module
    return slug in labs_of[criteria.path_id or 0]


# What a certificate rests on


@dataclass(frozen=True)
class Evidence:
    """kind: concept, knowledge-check, lab or review. done: what happened to it, as a whole word or two."""

    kind: str
    title: str
    address: str
    at: datetime
    done: str = "Done"

    def frozen(self) -> dict[str, str]:
        day = timezone.localtime(self.at).date().isoformat()
        return {"kind": self.kind, "title": self.title, "address": self.address, "date": day, "done": self.done}


def evidence_of(criteria: CertificateCriteria, member: Member) -> list[Evidence]:
    """What the member has done for it, oldest first: each item of the syllabus, and each accepted piece of work."""
    done = ItemProgress.objects.filter(member=member, state=ItemProgress.State.DONE).select_related("item")
    found = [
        Evidence(row.item.kind, row.item.title, row.item.address, row.done_at)
        for row in done.filter(items_of(criteria))
        if row.done_at
    ]
    for work in works_of(criteria, member):
        if work.decided_at:
            title = f"Work from the lab “{work.lab.title}”"
            found.append(
                Evidence("review", title, work.lab.get_absolute_url(), work.decided_at, "Reviewed and accepted")
            )
    return sorted(found, key=lambda one: one.at)


def works_of(criteria: CertificateCriteria, member: Member) -> QuerySet[Submission]:
    found = accepted_of(member)
    if criteria.module_id:
        return found.filter(lab__module=criteria.module_id)
    labs = PathItem.objects.filter(path=criteria.path_id, kind=PathItem.Kind.LAB).values("target")
    return found.filter(lab__slug__in=labs)


def items_of(criteria: CertificateCriteria) -> Q:
    """The items of the syllabus that belong to the module or stand on the path, as a filter of progress."""
    if criteria.module_id:
        return Q(item__module=criteria.module_id, item__withdrawn_at=None)
    found = Q(pk__in=[])
    for kind, target in PathItem.objects.filter(path=criteria.path_id, kind__in=SYLLABUS).values_list("kind", "target"):
        found |= Q(item__kind=SYLLABUS[PathItem.Kind(kind)], item__key=target)
    return found


def has_newer(certificate: Certificate, criteria: CertificateCriteria) -> bool:
    """Whether the member did anything of it since this certificate was issued."""
    return any(one.at > certificate.issued_at for one in evidence_of(criteria, certificate.member))


def latest_review(criteria: CertificateCriteria, member: Member) -> Review | None:
    """The review by which the newest piece of work was accepted."""
    found = Review.objects.filter(
        submission__in=works_of(criteria, member), decision=Review.Decision.ACCEPTED
    ).select_related("submission__lab")  # fmt: skip
    return found.order_by("-at", "-pk").first()


# Who sees it


@dataclass(frozen=True)
class Endorsement:
    """A reviewer's word: by is a name only where its owner lets everybody see their page."""

    by: str
    address: str
    lab: str
    on: date

    @property
    def words(self) -> str:
        by = self.by[0].upper() + self.by[1:]
        return f"{by} reviewed and accepted the work from the lab “{self.lab}” on {self.on:%-d %B %Y}."


def endorsement_of(certificate: Certificate) -> Endorsement | None:
    """The reviewer's word as everybody may see it. One query."""
    frozen = certificate.endorsement
    if not frozen:
        return None
    review = Review.objects.filter(pk=frozen["review"]).select_related("by").first()
    by, address = REVIEWER, ""
    if review and review.by.is_active and review.by.in_directory and review.by.has_public_page:
        by, address = review.by.name, review.by.get_absolute_url()
    return Endorsement(by, address, frozen["lab"], date.fromisoformat(frozen["date"]))


def by_code(code: str) -> Certificate | None:
    found = Certificate.objects.select_related(
        "criteria__module", "criteria__path", "member", "renewed_by", "renewed_from"
    )
    return found.filter(code=code.lower()).first() if len(code) == 32 else None


def own(member: Member) -> list[Certificate]:
    """All certificates of the member, the newest first, each with what replaced it."""
    found = Certificate.objects.filter(member=member)
    return list(found.select_related("criteria__module", "criteria__path", "renewed_by"))


def shown_of(member: Member) -> list[Certificate]:
    """What others see on the member's page: valid ones that nothing has replaced."""
    found = Certificate.objects.filter(member=member, revoked_at=None, expires_at__gt=timezone.now(), renewed_by=None)
    return list(found.select_related("criteria__module", "criteria__path"))


def labs_to_hand_in(criteria: CertificateCriteria) -> list[Lab]:
    """The labs whose accepted work counts."""
    labs = Lab.objects.published().select_related("module")
    if criteria.module_id:
        return list(labs.filter(module=criteria.module_id))
    targets = PathItem.objects.filter(path=criteria.path_id, kind=PathItem.Kind.LAB).values("target")
    return list(labs.filter(slug__in=targets))


def highest_number() -> int:
    """The last place in the lists of revoked certificates that was given away; 0 before the first."""
    return StatusNumber.objects.aggregate(last=Max("pk"))["last"] or 0
