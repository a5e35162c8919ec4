"""What waits for whom."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Q, QuerySet

from editorial.kinds import all_kinds
from editorial.models import Revision
from editorial.rules import is_organizer
from members.models import Member

Status = Revision.Status
LATE = timedelta(days=7)
RECENT = 50


def waiting_for(member: Member) -> QuerySet[Revision]:
    """Proposals that the member may decide on, oldest first, with the number of open remarks.

    Costs one query and one for each kind of text."""
    found = Revision.objects.filter(status=Status.PROPOSED).exclude(author=member)
    found = found.exclude(co_authors__in=member.co_authorships.exclude(wrote_at=None))
    if not is_organizer(member):
        mine = Q(pk=None)
        for kind in all_kinds() if member.is_active else []:
            mine |= Q(text__kind=kind.slug, text__topic__in=kind.topics_kept_by(member) - {""})
        found = found.filter(mine)
    return _for_lists(found).order_by("proposed_at", "pk")


def decides(member: Member) -> bool:
    """Whether the member decides on any text at all."""
    return is_organizer(member) or any(kind.topics_kept_by(member) for kind in all_kinds())


def of_member(member: Member) -> list[Revision]:
    """What the member writes or wrote, as author or invited; what is open first, then the newest of the rest."""
    mine = _for_lists(Revision.objects.filter(Q(author=member) | Q(pk__in=member.co_authorships.values("revision"))))
    order = {Status.CHANGES_ASKED: 0, Status.DRAFT: 1, Status.PROPOSED: 2}
    rows = list(mine.filter(status__in=order).order_by("-changed_at")[: 2 * RECENT])
    rows += mine.exclude(status__in=order).order_by(F("decided_at").desc(nulls_last=True), "-changed_at")[:RECENT]
    return sorted(rows, key=lambda row: order.get(Status(row.status), 3))


def open_on(text_id: int) -> QuerySet[Revision]:
    """Proposals on a text that wait."""
    waiting = Revision.objects.filter(text=text_id, status__in=[Status.PROPOSED, Status.CHANGES_ASKED])
    return _for_lists(waiting).order_by("proposed_at", "pk")


def _for_lists(rows: QuerySet[Revision]) -> QuerySet[Revision]:
    remarks = Count("comments", filter=Q(comments__closed_at=None), distinct=True)
    return rows.select_related("text", "author").defer("content").annotate(open_remarks=remarks)
