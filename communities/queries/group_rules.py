"""The rules that hold for all groups."""

from __future__ import annotations

from communities.models import GroupRules


def group_rules() -> GroupRules:
    """The rules as organizers set them; the usual ones, not in the database, where they set none."""
    return GroupRules.objects.first() or GroupRules()
