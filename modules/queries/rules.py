"""The numbers of the rules about learning, as organizers set them."""

from __future__ import annotations

from cop.lib.rule_rows import RuleRow
from modules.models import LearningRules

learning_rules = RuleRow(LearningRules, "learning-rules")
forget = learning_rules.forget
