"""What a path must have before everybody sees it, and the words for a circle in it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from labs.models import Path, PathItem

DONE_ELSEWHERE = (PathItem.Kind.TALK, PathItem.Kind.CONTRIBUTION)  # proved by acts of the ledger


def missing_to_publish(path: Path, there: Set[tuple[str, str]]) -> list[str]:
    """What a path still lacks, in words; empty where nothing is missing. there: kind and target of what exists."""
    items = list(PathItem.objects.filter(path=path))
    missing = [] if any(not item.optional for item in items) else ["one thing that is not optional"]
    for item in items:
        if item.kind in DONE_ELSEWHERE:
            missing += [] if item.title.strip() else [f"a title for “{item.key}”"]
            missing += [] if item.verbs else [f"an act of the ledger that counts for “{item.key}”"]
        elif (item.kind, item.target) not in there:
            missing.append(f"the {item.get_kind_display().lower()} “{item.target or item.key}”, which is not published")
    return missing


def circle_in_words(names: Sequence[str]) -> str:
    """For instance `“A” needs “B” needs “C” needs “A”`."""
    circle = " needs ".join(f"“{name}”" for name in names)
    return f"These go round in a circle: {circle}. Take one of these requirements away."
