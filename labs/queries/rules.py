"""The numbers of the rules about labs, as organizers set them."""

from __future__ import annotations

from cop.lib.rule_rows import RuleRow
from labs.models import LabRules

lab_rules = RuleRow(LabRules, "lab-rules")
forget = lab_rules.forget
