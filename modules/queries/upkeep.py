"""Which texts are to be looked at again, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from members.models import Member
from modules.models import Article, Module
from modules.upkeep import Due, sources

SOON = timedelta(days=30)


def due(before: date) -> list[Due]:
    """Every published text of every kind with a day of review before the given one, the longest overdue first."""
    found = [one for source in sources() for one in source.due(before)]
    return sorted(found, key=lambda one: (one.review_by, one.title))


def queue(member: Member, today: date) -> list[Due]:
    """What the member keeps and what is due or will be within 30 days; organizers see all.

    Four queries and those of each kind."""
    everything = due(today + SOON)
    if member.is_staff:
        return everything
    kept = set(member.modules_kept.values_list("slug", flat=True))
    return [one for one in everything if member.pk in one.keepers or one.topic in kept]


def keeps(member: Member, row: Any) -> bool:
    """Whether the member answers for an article or a lab: owner, author, steward of its module, or organizer."""
    if member.is_staff or member.pk in (getattr(row, "owner_id", None), row.author_id):
        return True
    kept: bool = row.module.stewards.filter(pk=member.pk).exists()
    return kept


def stewards_of(modules: Iterable[int]) -> dict[int, list[Member]]:
    """The stewards of each module that are here; one query."""
    found: dict[int, list[Member]] = defaultdict(list)
    kept = Module.stewards.through.objects.filter(module__in=set(modules), member__is_active=True)
    for row in kept.select_related("member").order_by("pk"):
        found[row.module_id].append(row.member)
    return found


def due_of(rows: Iterable[Any], kind: str, noun: str, key: Any) -> list[Due]:
    """Rows of articles or labs, with author, owner and module, as what is due. One query more."""
    rows = list(rows)
    stewards = stewards_of(row.module_id for row in rows)
    found = []
    for row in rows:
        own = [getattr(row, "owner", None), row.author]
        first = next((one for one in own if one and one.is_active), None)
        keepers = [first] if first else stewards[row.module_id]
        found.append(
            Due(
                kind, noun, key(row), row.title, row.get_absolute_url(), row.module.slug, row.module.title,
                row.review_by, [one.pk for one in keepers], [one.name for one in keepers],
            )
        )  # fmt: skip
    return found


def articles_due(before: date) -> list[Due]:
    found = Article.objects.published().filter(review_by__lt=before).select_related("author", "owner", "module")
    return due_of(found, "article", "article", lambda row: f"{row.module.slug}/{row.slug}")
