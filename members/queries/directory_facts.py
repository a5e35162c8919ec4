"""Reading what the index of the directory is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from members.directory_index import Facts, Held, Thing, depth_of, things_of
from members.models import LevelAward, Member, MemberSkill, Skill

READ = (
    "pk", "name", "headline", "town", "can_help_with", "organisation", "tools", "languages", "function", "sector",
    "country", "time_zone", "hours_per_week", "open_to_mentor", "open_to_pairing", "paused_until", "audiences",
    "in_directory", "is_active", "erased_at", "persona__slug", "persona__title",
)  # fmt: skip
Some = Sequence[int] | range


def things_by_member(members: Some, today: date) -> dict[int, dict[Thing, str]]:
    """The sets in which each of these members (by number) stands now; of those who stand in any.

    Five queries, whatever the number of members. A range is looked up as one."""
    skills, communities, levels = _skills(members), _communities(members), _levels(members)
    found: dict[int, dict[Thing, str]] = {}
    for member in Member.objects.filter(**_among("pk", members), in_directory=True).values_list(*READ, named=True):
        of = member.pk
        if things := things_of(Facts(member, today, skills[of], communities[of], levels[of])):
            found[of] = things
    return found


def in_ranges(size: int) -> Iterator[range]:
    """Ranges of numbers, in order, in which all members stand."""
    last = Member.objects.aggregate(last=Max("pk"))["last"] or 0
    return (range(first, first + size) for first in range(0, last + 1, size))


def _among(name: str, members: Some) -> dict[str, Any]:
    if isinstance(members, range):
        return {f"{name}__gte": members.start, f"{name}__lt": members.stop}
    return {f"{name}__in": members}


def _skills(members: Some) -> defaultdict[int, list[Held]]:
    rows = MemberSkill.objects.filter(**_among("member", members), skill__state=Skill.State.ACCEPTED)
    skills = {skill.pk: skill for skill in Skill.objects.accepted()}
    found = defaultdict(list)
    for member, skill, claimed, depth, at in rows.order_by("-depth", "pk").values_list(
        "member_id", "skill_id", "claimed", "depth", "computed_at"
    ):
        known, shown = skills.get(skill), depth_of(claimed, depth, is_computed=at is not None)
        if known and shown:
            found[member].append(Held(known.slug, known.title, shown, known.aliases))
    return found


def _communities(members: Some) -> defaultdict[int, list[tuple[str, str]]]:
    """Those that are alive and that every signed-in member may see."""
    rows = Member.objects.filter(
        **_among("pk", members), memberships__status__in=["active", "dormant"],
        memberships__community__visibility__in=["public", "members"], memberships__community__is_archived=False,
    )  # fmt: skip
    found = defaultdict(list)
    for member, slug, name in rows.values_list("pk", "memberships__community__slug", "memberships__community__name"):
        found[member].append((slug, name))
    return found


def _levels(members: Some) -> defaultdict[int, list[tuple[str, str]]]:
    rows = LevelAward.objects.filter(**_among("member", members), revoked_at=None)
    found = defaultdict(list)
    for member, slug, title in rows.values_list("member_id", "level_id", "level__title"):
        found[member].append((slug, title))
    return found
