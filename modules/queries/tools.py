"""The tool landscape: tools side by side, by category and in the order of the alphabet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower

from members.models import Member, Skill
from modules.models import Tool, ToolCategory, ToolReport
from modules.queries.ceilings import Ceiling, ceiling_of
from modules.queries.facets import Filter, Filtered, filtered


@dataclass(frozen=True)
class Group:
    """A category with the tools that are shown. open_ones: names of all its open tools, also of those not shown."""

    category: ToolCategory
    tools: list[Tool]
    open_ones: list[str]


@dataclass(frozen=True)
class Landscape:
    """hidden: how many tools send data further than the viewer's ceiling and are left out for it."""

    groups: list[Group]
    found: Filtered[Tool]
    ceiling: Ceiling
    hidden: int


def filters(categories: list[ToolCategory]) -> list[Filter[Tool]]:
    return [
        Filter("category", "Category", {one.slug: one.title for one in categories}, lambda tool: [tool.category.slug]),
        Filter("runs", "Where it runs", _words(Tool.Runs), lambda tool: tool.runs),
        Filter("open", "Licence", {"1": "Open source"}, lambda tool: ["1"] if tool.is_open else []),
        Filter("maturity", "Maturity", _words(Tool.Maturity), lambda tool: [tool.maturity]),
    ]


def _words(choices: type[Tool.Runs] | type[Tool.Maturity]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


def landscape(viewer: Member | None, wanted: Mapping[str, str]) -> Landscape:
    """All tools as the filters say; four queries at most.

    wanted: the parameters of the address; `above=1` shows also what goes beyond the viewer's ceiling."""
    ceiling = ceiling_of(viewer)
    shown = Count("reports", filter=Q(reports__hidden_at=None))
    tools = list(Tool.objects.select_related("category").annotate(told=shown).order_by(Lower("name"), "pk"))
    categories = list(ToolCategory.objects.all())
    allowed = tools if wanted.get("above") else [tool for tool in tools if ceiling.allows(tool.exposure)]
    found = filtered(allowed, filters(categories), wanted)
    by_category: dict[int, list[Tool]] = defaultdict(list)
    for tool in found.rows:
        by_category[tool.category_id].append(tool)
    open_ones: dict[int, list[str]] = defaultdict(list)
    for tool in tools:
        if tool.is_open:
            open_ones[tool.category_id].append(tool.name)
    groups = [Group(one, by_category[one.pk], open_ones[one.pk]) for one in categories if by_category[one.pk]]
    return Landscape(groups, found, ceiling, len(tools) - len(allowed))


def reports_of(tool: Tool, viewer: Member | None) -> QuerySet[ToolReport]:
    """Those that everybody sees, and the viewer's own hidden ones; the last use first."""
    seen = Q(hidden_at=None) | Q(member=viewer) if viewer else Q(hidden_at=None)
    return tool.reports.filter(seen).select_related("member")


def skills_of(tool: Tool) -> list[Skill]:
    return list(Skill.objects.accepted().filter(slug__in=tool.skills).order_by("title"))
