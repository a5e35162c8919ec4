"""What a search of the demo's directory has to find, read from the members' own rows and not from the index."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from members.audience import ME, audience_of
from members.directory_index import depth_of
from members.models import MemberSkill, Skill

DEPTH = 3


def rare_skill() -> dict[str, Any]:
    """The skill that fewest people have deep, but three or more, and the handles of those who show it."""
    deep = Q(members__depth__gte=DEPTH - 0.5, members__member__in_directory=True)
    skill = Skill.objects.accepted().annotate(n=Count("members", deep)).filter(n__gte=3).order_by("n", "slug").first()
    if skill is None:
        return {}
    rows = MemberSkill.objects.filter(skill=skill, member__in_directory=True, member__is_active=True)
    handles = [
        row.member.handle
        for row in rows.select_related("member").order_by("member__handle")
        if depth_of(row.claimed, row.depth, is_computed=row.computed_at is not None) >= DEPTH
        and audience_of(row.member, "skills") != ME
    ]
    return {"skill": skill.slug, "depth": DEPTH, "handles": handles}
