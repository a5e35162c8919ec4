from __future__ import annotations

from django import template

from members.models import Activity, Member
from members.queries.activity import title_of
from members.queries.levels import name_of

register = template.Library()


@register.filter
def title_of_act(act: Activity) -> str:
    """The title of an act; of work done elsewhere the words of the claim, which the ledger does not keep."""
    return title_of(act)


@register.filter
def name_for_members(person: Member) -> str:
    """The name of somebody who was helped, where every member may see it."""
    return name_of(person)
