"""The numbers of the rules about members, as organizers set them."""

from __future__ import annotations

from dataclasses import fields

from django.core.cache import cache

from members.expertise import Rule
from members.models import MemberRules

KEY = "member-rules"


def member_rules() -> MemberRules:
    """The one row, or the usual numbers while there is none; from the cache for a minute, as every page needs it."""
    found: MemberRules | None = cache.get(KEY)
    if found is None:
        found = MemberRules.objects.first() or MemberRules()
        cache.set(KEY, found, 60)
    return found


def forget() -> None:
    """The row has changed."""
    cache.delete(KEY)


def rule_of_depth() -> Rule:
    """The part of it that says how the depth of a skill is computed."""
    rules = member_rules()
    return Rule(**{part.name: getattr(rules, part.name) for part in fields(Rule)})
