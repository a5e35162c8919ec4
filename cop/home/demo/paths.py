"""Who of the made-up members follows which path, in bulk."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from cop.home.demo.learning import Diary
from labs.models import Path, PathEnrolment
from labs.operations import paths
from members.audience import MEMBERS
from members.models import Member

BATCH = 5000
FOLLOWS = 0.5  # of the members who chose a persona, so many follow the path of its community
LEAVES = 0.06
SHOWS = 0.35
KNOWN = {"kim": "mlops-aiops-specialist", "adrian": "oss-portfolio", "sayed": "predictive-operations"}
GIVEN = [  # Adrian has come to the end of his path
    ("fix-accepted", "fix", "threat-model-step", "A clearer question in the threat model", 60),
    ("code-merged", "code", "secret-scanner", "A rule for tokens in the secret scanner", 35),
]


def make_paths(everybody: list[Member], diary: Diary, *, chance: random.Random, now: datetime) -> None:
    """Most follow the path of the community that suits their persona; a few have stopped again."""
    found = {path.slug: path for path in Path.objects.published().select_related("community")}
    of_community = {path.community.slug: path for path in found.values() if path.community}
    rows = []
    for one in everybody:
        path = found.get(KNOWN.get(one.handle, ""))
        if path is None and one.persona and chance.random() < FOLLOWS:
            path = of_community.get(one.persona.community)
        if path is not None:
            at = min(now, one.joined_at + timedelta(days=chance.randrange(1, 90)))
            left = now if one.handle not in KNOWN and chance.random() < LEAVES else None
            rows.append(PathEnrolment(path=path, member=one, at=at, left_at=left))
    PathEnrolment.objects.bulk_create(rows, batch_size=BATCH)
    _show_themselves([row.member for row in rows], chance)
    for adrian in (one for one in everybody if one.handle == "adrian"):
        for verb, kind, key, title, days in GIVEN:
            diary.note(adrian, verb, kind, key, title, now - timedelta(days=days))


def _show_themselves(followers: list[Member], chance: random.Random) -> None:
    """One in three shows other members what they do here, so that those who learn the same see each other."""
    open_ones = [one for one in followers if one.handle in KNOWN or chance.random() < SHOWS]
    for one in open_ones:
        one.audiences = {**one.audiences, "acts": MEMBERS}
    Member.objects.bulk_update(open_ones, ["audiences"], batch_size=BATCH)


def settle_paths() -> None:
    """Note who has finished, after the ledger is written."""
    paths.settle_all()
