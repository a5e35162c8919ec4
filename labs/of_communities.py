"""What a community's page shows of learning: the path that leads to its role."""

from __future__ import annotations

from typing import Any

from communities import sections
from labs.models import Path


def own_path(community: Any, viewer: Any) -> Path | None:
    found: Path | None = Path.objects.published().filter(community=community).first()
    return found


sections.announce(sections.Section("path", "Its path", "paths/of_community.html", own_path, order=5))
