"""What the home page tells a visitor: three live facts, the next events, the modules, what members say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cop.lib.figures import FEWEST_COUNTED
from events.queries import coming
from members.audience import PUBLIC, audience_of
from members.models import Member
from modules.queries.standing import newest_items, overview
from newsletters.queries import latest

QUOTES, LOOKED_AT = 2, 20
NOBODY = AnonymousUser()


@dataclass(frozen=True)
class Landing:
    events: list[Any]
    modules: list[Any]
    newest: Any
    members: int
    joined: int
    quotes: list[Member]
    issue: Any

    @property
    def next_event(self) -> Any:
        return self.events[0] if self.events else None

    @property
    def shows_joined(self) -> bool:
        return self.joined >= FEWEST_COUNTED

    @property
    def shows_members(self) -> bool:
        return self.members >= FEWEST_COUNTED


def landing() -> Landing:
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    active = Member.objects.active()
    newest = newest_items(1)
    return Landing(
        events=coming(3, NOBODY),
        modules=list(overview(None)),
        newest=newest[0] if newest else None,
        members=active.count(),
        joined=active.filter(joined_at__gte=month).count(),
        quotes=_quotes(),
        issue=next(iter(latest()), None),
    )


def _quotes() -> list[Member]:
    """Words of members who let them stand here and are in the directory, the newest members first."""
    willing = Member.objects.active().filter(quote_on_home=True, in_directory=True).exclude(quote="")
    found = willing.order_by("-joined_at", "pk")[:LOOKED_AT]
    return [person for person in found if audience_of(person, "quote") == PUBLIC][:QUOTES]
