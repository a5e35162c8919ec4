"""Every kind of starter record: where it stands in content/, which row it is, how it is written. In order of need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cop.home.starter.entries import Entry, read_list, read_markdown, read_one
from cop.home.starter.kinds import certificates, groups, landscape, learning, paths, people
from cop.home.starter.kinds.base import Kind
from cop.lib.records import Fault

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
    "tool_category": "tool_categories.yaml",
    "tool": "tools.yaml",
}
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (*people.KINDS, *groups.KINDS, *learning.KINDS, *landscape.KINDS, *paths.KINDS, *certificates.KINDS)
}


def read_all(root: Path, *, partly: bool = False, **extra: str) -> list[Entry]:
    """All records, in an order in which each finds what it refers to.

    partly: files that are not there are left out, as in a repository that keeps only modules."""
    found = [read_one(root, root / file, kind) for kind, file in there(root, {"brand": "brand.yaml"}, partly)]
    for kind, file in there(root, LISTS, partly):
        found += read_list(root, file, kind)
    for kind, file in there(root, {"committee": "committee.yaml"}, partly):
        found.append(read_one(root, root / file, kind))
    found += [read_markdown(root, path, "document") for path in sorted((root / "documents").glob("*.md"))]
    for folder in sorted(path.parent for path in (root / "modules").glob("*/module.yaml")):
        found += _module(root, folder)
    for kind, file in there(
        root, {"resource": "resources.yaml", "path": "paths.yaml", "certificate": "certificates.yaml"}, partly
    ):
        found += read_list(root, file, kind)
    for entry in found:
        entry.extra.update(extra)
    return found


def there(root: Path, files: Mapping[str, str], partly: bool) -> list[tuple[str, str]]:
    return [(kind, file) for kind, file in files.items() if not partly or (root / file).exists()]


def _module(root: Path, folder: Path) -> list[Entry]:
    """A module, its Concept, its other articles and its labs."""
    module = read_one(root, folder / "module.yaml", "module")
    found = [module]
    if (folder / "concept.md").exists():
        found.append(read_markdown(root, folder / "concept.md", "concept", module=module.key))
    if (folder / "check.yaml").exists():
        for entry in read_list(root, f"{folder.relative_to(root)}/check.yaml", "check"):
            entry.extra["module"] = module.key
            found.append(entry)
    for path in sorted((folder / "articles").glob("*.md")):
        entry = read_markdown(root, path, "concept", module=module.key)
        entry.extra["key"] = f"{module.key}/{entry.key}"
        found.append(entry)
    found += [read_markdown(root, path, "lab", module=module.key) for path in sorted((folder / "labs").glob("*.md"))]
    return found


def check_bodies(entries: Iterable[Entry]) -> list[Fault]:
    """Faults of the Markdown below the front matter, and of the requirements of paths."""
    entries = list(entries)
    checks = {"lab": learning.faults_of_lab, "check": landscape.faults_of_check, "path": paths.faults_of_path}
    found = [fault for entry in entries if entry.kind in checks for fault in checks[entry.kind](entry)]
    return found + landscape.faults_of_categories(entries)
