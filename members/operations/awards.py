"""Telling members that they reached a level, as many at once as a night's recomputing awards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse

from members.models import Level
from members.operations.notices import notify_many


def tell(awards: Iterable[tuple[int, str]]) -> None:
    """Write a notice for each award, given as pairs of a member's number and a level's slug; part of the caller's
    transaction. The statements grow with the levels, not with the members."""
    reached: dict[str, list[int]] = defaultdict(list)
    for member, slug in awards:
        reached[slug].append(member)
    if not reached:
        return
    for level in Level.objects.filter(slug__in=reached):
        notify_many(
            reached[level.slug], "level-reached", title=f"You reached the level {level.title}",
            text=f"What it brings: {level.reward}.", address=reverse("members:levels"), key=f"level:{level.slug}",
        )  # fmt: skip
