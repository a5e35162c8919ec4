"""Telling members that they reached a level or earned a badge, as many at once as a night's recomputing awards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse

from members.models import BadgeRule, Level
from members.operations.notices import notify_many


def tell(awards: Iterable[tuple[int, str]]) -> None:
    """Write a notice for each award, given as pairs of a member's number and a level's slug; part of the caller's
    transaction. The statements grow with the levels, not with the members."""
    reached = _by_slug(awards)
    if not reached:
        return
    for level in Level.objects.filter(slug__in=reached):
        notify_many(
            reached[level.slug], "level-reached", title=f"You reached the level {level.title}",
            text=f"What it brings: {level.reward}.", address=reverse("members:levels"), key=f"level:{level.slug}",
        )  # fmt: skip


def tell_badges(awards: Iterable[tuple[int, str]]) -> None:
    """The same for badges; they can be hidden on the page of the notice."""
    earned = _by_slug(awards)
    if not earned:
        return
    for badge in BadgeRule.objects.filter(slug__in=earned):
        notify_many(
            earned[badge.slug], "badge-earned", title=f"You earned the badge {badge.title}",
            text=f"{badge.text} You decide whether others see it.", address=reverse("members:activity"),
            key=f"badge:{badge.slug}",
        )  # fmt: skip


def _by_slug(awards: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for member, slug in awards:
        found[slug].append(member)
    return found
