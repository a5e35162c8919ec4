from __future__ import annotations

import contextlib
from typing import Any

from communities.models import Community
from cop.home.starter.entries import Entry
from cop.home.starter.kinds.base import Kind, by_slug, values
from cop.lib.errors import Refused
from cop.lib.records import Fault
from labs.models import Path
from labs.operations.paths import check_items, publish_path, save_path, take_back_path

PATH = ("order", "title", "role", "summary", "ends_with", "goal", "community_id")


def write_path(entry: Entry, row: Path | None) -> Path:
    """The path, published as soon as all that it leads over is there.

    It is saved as a draft first, so that something that people took away here stops no loading."""
    if row is not None:
        take_back_path(row)
    fields = {name: entry[name] for name in PATH if name != "community_id"}
    community = Community.objects.get(slug=entry["community"])
    items: list[Any] = [dict(item) for item in entry["items"]]
    path = save_path(slug=entry.key, items=items, community=community, **{**fields, "goal": dict(entry["goal"])})
    with contextlib.suppress(Refused):
        publish_path(path)
    return path


def faults_of_path(entry: Entry) -> list[Fault]:
    """What the table of keys cannot see: keys twice, requirements of what is not there, a circle."""
    try:
        check_items(entry["items"])
    except Refused as refusal:
        return [entry.fault("items", refusal.message)]
    return []


def items_of(path: Any) -> list[Any]:
    columns = "key", "kind", "target", "title", "text", "verbs", "times", "hours", "optional", "needs__needs__key"
    return values(path.items.order_by("order", "needs__needs__key"), *columns)


KINDS = [Kind("path", by_slug(Path), write_path, PATH, items_of)]
