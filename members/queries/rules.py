"""The numbers of the rules about members, as organizers set them."""

from __future__ import annotations

from dataclasses import fields

from cop.lib.rule_rows import RuleRow
from members.expertise import Rule
from members.models import MemberRules

member_rules = RuleRow(MemberRules, "member-rules")
forget = member_rules.forget


def rule_of_depth() -> Rule:
    """The part of it that says how the depth of a skill is computed."""
    rules = member_rules()
    return Rule(**{part.name: getattr(rules, part.name) for part in fields(Rule)})
