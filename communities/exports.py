"""The members of communities as CSV that a spreadsheet opens without running anything.

Holds what the reader may see of each: nobody who is not in the directory, no field whose audience is narrower."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.db.models import QuerySet

from communities.models import Community, Membership
from cop.lib.spreadsheets import harmless
from members.audience import may_see
from members.models import Member

FIELDS = ("headline", "organisation", "town")
HEAD = ["Community", "Name", "Handle", "Task", "Status", "Joined", *(field.capitalize() for field in FIELDS)]


def members_as_csv(communities: QuerySet[Community], viewer: Member) -> str:
    """One row for each member of each community whom the viewer may see; one query."""
    rows = (
        Membership.objects.filter(community__in=communities, member__in=Member.objects.visible_to(viewer))
        .current().select_related("member", "community").order_by("community__order", "community__name", "joined_at")
    )  # fmt: skip
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows(_row(row, viewer) for row in rows)
    return text.getvalue()


def _row(row: Membership, viewer: Member) -> Iterable[str]:
    member = row.member
    shown = [getattr(member, field) if may_see(member, field, viewer) else "" for field in FIELDS]
    cells = [
        row.community.name, member.name, member.handle, row.get_role_display(), row.get_status_display(),
        f"{row.joined_at:%Y-%m-%d}", *shown,
    ]  # fmt: skip
    return map(harmless, cells)
