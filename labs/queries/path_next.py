"""The next thing on each path that a member follows, in the rounds of a page that asks for much else."""

from __future__ import annotations

from dataclasses import dataclass

from cop.lib.rounds import Asks
from labs.models import Path, PathEnrolment, PathItem
from labs.queries.path_things import KIND_OF, Things, thing_of, with_progress
from labs.queries.paths import PathStanding, ladder, with_needs
from members.models import Member
from modules.models import SyllabusItem


@dataclass(frozen=True)
class NextOnPath:
    path: Path
    title: str
    address: str


def ask_next_on_paths(member: Member) -> Asks[list[NextOnPath]]:
    """What to open next on each path that the member follows and has not finished. One round.

    Only what can be opened here: for outside resources, talks and contributions the page of the path says more."""
    followed = PathEnrolment.objects.filter(
        member=member, left_at=None, completed_at=None, path__status=Path.Status.PUBLISHED
    )
    items = PathItem.objects.filter(path__in=followed.values("path"), kind__in=KIND_OF.values())
    rows = SyllabusItem.objects.placed().filter(key__in=items.values("target"))
    enrolments, named, placed = yield [
        followed.select_related("path").order_by("-at", "pk"),
        with_needs(items),
        with_progress(rows, member),
    ]
    things = Things({(one.kind, one.target): one for one in map(thing_of, placed)})
    found = []
    for enrolment in enrolments:
        mine = [item for item in named if item.path_id == enrolment.path_id]
        keys = {item.key for item in mine}
        for item in mine:
            item.needed = [key for key in item.needed if key in keys]
        rung = PathStanding(enrolment.path, ladder(mine, things)).next
        if rung and rung.thing:
            found.append(NextOnPath(enrolment.path, rung.title, rung.address))
    return found
