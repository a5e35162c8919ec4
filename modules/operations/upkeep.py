"""Keeping texts true: who has looked at one says so, and its day of review moves on."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cop.lib.errors import Refused
from cop.lib.words import count
from editorial.models import Revision
from editorial.operations.versions import keep_look
from members.models import Member
from members.operations.notices import notify
from modules.models import Article
from modules.operations.articles import keep_wording
from modules.queries.rules import learning_rules
from modules.queries.upkeep import due, keeps
from modules.upkeep import Due

if TYPE_CHECKING:
    from django.db.models import Model

PAGE = "/modules/review/"
NAMED = 3  # titles that a message names


def next_review(today: date) -> date:
    """The day after as many months as the rules say; in a shorter month its last day."""
    years, month = divmod(today.month - 1 + learning_rules().review_months, 12)
    year, month = today.year + years, month + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def still_true(article: Article, *, by: Member, said: str = "") -> Article:
    """Note that somebody who keeps the article has looked and it still holds: its day of review moves on.

    said: what was looked at. Repeating on the same day changes nothing. Refused to all but owner, author, stewards of
    the module and organizers."""
    moved: Article = move_on(article, by=by, said=said, version=keep_wording)
    return moved


@transaction.atomic
def move_on(row: Any, *, by: Member, said: str, version: Callable[[Any], Revision]) -> Any:
    """For every kind of text with a module and a day of review. version: gives the version in force."""
    model: type[Model] = type(row)
    locked: Any = model._default_manager.select_for_update(of=["self"]).select_related("module").get(pk=row.pk)
    if not keeps(by, locked):
        raise Refused("Only those who keep this text say that it is still true.")
    until = next_review(timezone.localdate())
    if locked.review_by != until:
        locked.review_by = until
        locked.save(update_fields=["review_by"])
        keep_look(version(locked), by=by, said=said)
    return locked


def tell_of_stale(now: date | None = None) -> dict[str, int]:
    """Tell everybody once which of the texts that they keep are past their day of review; returns how many."""
    today = now or timezone.localdate()
    mine: dict[int, list[Due]] = defaultdict(list)
    late = [one for one in due(today) if one.is_late(today)]
    for one in late:
        for member in one.keepers:
            mine[member].append(one)
    told = 0
    for member in Member.objects.filter(pk__in=mine).exclude(paused_until__gte=today):
        texts = mine[member.pk]
        titles = ", ".join(f"“{one.title}”" for one in texts[:NAMED])
        more = f" and {count(len(texts) - NAMED, 'other')}" if len(texts) > NAMED else ""
        verb = "is" if len(texts) == 1 else "are"
        told += notify(
            member, "article-stale", title=f"{count(len(texts), 'text')} that you keep {verb} to be reviewed",
            text=f"{titles}{more}. Say that it still holds, or change what does not.", address=PAGE,
            key=f"stale:{today.isoformat()}",
        ) is not None  # fmt: skip
    return {"stale": len(late), "told": told}
