"""Every kind of starter record: where it stands in content/, which row it is, how it is written. In order of need."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cop.home.starter import steps
from cop.home.starter.entries import Entry, Fault, read_list, read_markdown, read_one
from cop.home.starter.kinds import groups, learning, people
from cop.home.starter.kinds.base import Kind

__all__ = ["KINDS", "Kind", "check_bodies", "read_all"]

LISTS = {
    "verb": "verbs.yaml",
    "level": "levels.yaml",
    "badge": "badges.yaml",
    "community": "communities.yaml",
    "charter": "charters.yaml",
    "persona": "personas.yaml",
    "placement": "placement.yaml",
    "channel": "channels.yaml",
    "launch_step": "launch_steps.yaml",
    "series": "series.yaml",
    "welcome": "welcome.yaml",
    "skill": "skills.yaml",
}
KINDS: dict[str, Kind] = {kind.name: kind for kind in (*people.KINDS, *groups.KINDS, *learning.KINDS)}


def read_all(root: Path) -> list[Entry]:
    """All records, in an order in which each finds what it refers to."""
    found = [read_one(root, root / "brand.yaml", "brand")]
    for kind, file in LISTS.items():
        found += read_list(root, file, kind)
    found.append(read_one(root, root / "committee.yaml", "committee"))
    found += [read_markdown(root, path, "document") for path in sorted((root / "documents").glob("*.md"))]
    for folder in sorted(path.parent for path in (root / "modules").glob("*/module.yaml")):
        found += _module(root, folder)
    return found


def _module(root: Path, folder: Path) -> list[Entry]:
    module = read_one(root, folder / "module.yaml", "module")
    found = [module]
    if (folder / "concept.md").exists():
        found.append(read_markdown(root, folder / "concept.md", "concept", module=module.key))
    found += [read_markdown(root, path, "lab", module=module.key) for path in sorted((folder / "labs").glob("*.md"))]
    return found


def check_bodies(entries: Iterable[Entry]) -> list[Fault]:
    """Faults of the Markdown below the front matter."""
    return [fault for entry in entries if entry.kind == "lab" for fault in steps.cut(entry)[1]]
