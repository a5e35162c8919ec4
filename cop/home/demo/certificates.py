"""Certificates of the made-up members: whoever finished a module with accepted work has one, as by the rule.

One has expired by the criteria of an earlier version, one is revoked."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from labs.models import Certificate, CertificateCriteria, Review, StatusNumber, TeamMate
from labs.operations.certificates import months_later
from labs.queries.certificates import Evidence, in_force
from members.models import Member
from modules.models import ItemProgress, ModuleCompletion

BATCH = 2000
KNOWN = 6  # accounts that people log in with; theirs are not revoked
EXPIRED_OF, EXPIRED_IN = "bart", "ai-foundations"
REASON = "The work behind it turned out to be a copy of somebody else’s. Its owner was heard before."


@dataclass
class Earned:
    """What one member did for one module."""

    criteria: CertificateCriteria
    reviews: list[Review] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


def make_certificates(people: Sequence[Member], *, chance: random.Random, now: datetime) -> None:
    """After work was reviewed. Costs a handful of statements, however many members there are."""
    earned = _earned()
    _note_items(earned)
    by_pk = {one.pk: one for one in people}
    rows = [_row(by_pk[member], one, chance) for (member, _), one in earned.items() if member in by_pk]
    _let_expire(rows)
    numbers = StatusNumber.objects.bulk_create((StatusNumber() for _ in rows), batch_size=BATCH)
    for row, number in zip(rows, numbers, strict=True):
        row.number = number.pk
    _revoke_one(rows, people, now)
    Certificate.objects.bulk_create(rows, batch_size=BATCH)


def _let_expire(rows: list[Certificate]) -> None:
    """A first version of the criteria was valid for three months only; what the starter content says is the second."""
    of_module = [row for row in rows if row.criteria.module and row.criteria.module.slug == EXPIRED_IN]
    last = next((row.issued_at for row in of_module if row.member.handle == EXPIRED_OF), None)
    if last is None or of_module[0].criteria.version > 1:
        return
    today, changed = of_module[0].criteria, last + timedelta(days=1)
    today.version, today.since = 2, changed
    today.save(update_fields=["version", "since"])
    first = CertificateCriteria.objects.create(
        module=today.module, version=1, text=today.text, accepted_submissions=1, months=3, ended_at=changed,
        since=changed - timedelta(days=400),
    )  # fmt: skip
    for row in of_module:
        if row.issued_at < changed:
            row.criteria, row.expires_at = first, months_later(row.issued_at, first.months)


def _earned() -> dict[tuple[int, int], Earned]:
    """By member and module, where the module is finished and enough work, alone or in a team, is accepted."""
    criteria = {one.module_id: one for one in in_force() if one.module_id}
    reviews = Review.objects.filter(decision=Review.Decision.ACCEPTED, submission__lab__module__in=criteria)
    mates: dict[int, list[int]] = defaultdict(list)
    for together, mate in TeamMate.objects.values_list("submission", "member"):
        mates[together].append(mate)
    finished = set(ModuleCompletion.objects.values_list("member", "module"))
    found: dict[tuple[int, int], Earned] = {}
    for review in reviews.select_related("submission__lab").order_by("at", "pk"):
        work, module = review.submission, review.submission.lab.module_id
        for maker in (work.member_id, *mates[work.pk]):
            if (maker, module) in finished:
                found.setdefault((maker, module), Earned(criteria[module])).reviews.append(review)
    return {key: one for key, one in found.items() if len(one.reviews) >= one.criteria.accepted_submissions}


def _note_items(earned: dict[tuple[int, int], Earned]) -> None:
    members = {member for member, _ in earned}
    done = ItemProgress.objects.filter(member__in=members, state=ItemProgress.State.DONE, item__withdrawn_at=None)
    for row in done.select_related("item").order_by("done_at", "pk"):
        one = earned.get((row.member_id, row.item.module_id))
        if one and row.done_at:
            one.evidence.append(Evidence(row.item.kind, row.item.title, row.item.address, row.done_at))
    for one in earned.values():
        for review in one.reviews:
            lab = review.submission.lab
            title = f"Work from the lab “{lab.title}”"
            one.evidence.append(Evidence("review", title, lab.get_absolute_url(), review.at, "Reviewed and accepted"))
        one.evidence.sort(key=lambda piece: piece.at)


def _row(member: Member, one: Earned, chance: random.Random) -> Certificate:
    review, at = one.reviews[0], max(piece.at for piece in one.evidence)
    assert one.criteria.module is not None  # noqa: S101
    day = timezone.localtime(review.at).date().isoformat()
    return Certificate(
        code=f"{chance.getrandbits(128):032x}", criteria=one.criteria, member=member, name=member.name,
        title=one.criteria.module.title, evidence=[piece.frozen() for piece in one.evidence], issued_at=at,
        endorsement={"review": review.pk, "lab": review.submission.lab.title, "date": day},
        expires_at=months_later(at, one.criteria.months),
    )  # fmt: skip


def _revoke_one(rows: list[Certificate], people: Sequence[Member], now: datetime) -> None:
    known = {one.pk for one in people[:KNOWN]}
    row = next((one for one in rows if one.member_id not in known and one.issued_at < now - timedelta(days=10)), None)
    if row:
        by = next(one for one in people if one.handle == "bart")
        row.revoked_at, row.revoked_by, row.reason = now - timedelta(days=6), by, REASON
        StatusNumber.objects.filter(pk=row.number).update(revoked=True)
