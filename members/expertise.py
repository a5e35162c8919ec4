"""How deep a skill of a member is: by their own claim, by the acts that show it, and by the word of others.

Pure functions: no database and no clock. `members.operations.expertise` says the same in SQL, for everybody at once;
a test holds the two together. Depths are numbers from 0 to 4, in the words of DEPTHS.

What is decided here:

- Claim and evidence are never missing: who claims nothing has claimed 0, and who has no act has shown 0. Otherwise a
  first small act, or a first modest claim, would make a skill look shallower than none. Endorsement can be missing.
- The word of another weighs as much as that person's own depth, taken from their claim and their acts alone. Depth is
  computed in that order: first claim and evidence of everybody, then the words, then the depth. So nobody's depth hangs
  on somebody else's endorsements, and the result does not depend on who is looked at first.
- A validation "shown" that has not expired counts as an endorsement, with the weight of a deep person at the least. It
  takes the place of an endorsement by the same person. A validation "not yet shown" counts for nothing and is shown.
- Two people who endorse each other, for whatever skills, within seven days get half weight for it: in the mean, and in
  what the endorsements together weigh beside claim and evidence. Half of a mean alone would change nothing for a pair
  that endorses only each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

DEPTHS = ("none", "aware", "uses", "leads", "teaches")
DEEPEST = 4


@dataclass(frozen=True)
class Rule:
    """The numbers of the rule.

    claimed, evidence, endorsed: weights of the three parts. scale: points with which evidence reaches 2.53 of 4.
    half_life: days after which an act counts half. pay_back_days, pay_back: mutual endorsements not further apart than
    these days, and the factor for them. deep: the depth from which somebody may validate, and the least weight of a
    validation. gap: how far a claim may stand above evidence before it is shown as "claimed, not yet shown".
    """

    claimed: float = 0.3
    evidence: float = 0.5
    endorsed: float = 0.2
    scale: float = 12.0
    half_life: float = 365.0
    pay_back_days: int = 7
    pay_back: float = 0.5
    deep: float = 3.0
    gap: float = 2.0


RULE = Rule()


@dataclass(frozen=True)
class Word:
    """What one person says on a skill of another.

    level: 1 to 4. depth: the giver's own depth by claim and evidence. paid_back: the two endorsed each other within
    seven days. validates: it is a Mentor's validation.
    """

    level: int
    depth: float
    paid_back: bool = False
    validates: bool = False


@dataclass(frozen=True)
class Endorsed:
    """The mean of the words, and `voice`: which share of their weight counts, 1 where nobody paid back."""

    level: float
    voice: float


@dataclass(frozen=True)
class Weights:
    """The weights of the three parts after re-normalising; they sum up to 1."""

    claimed: float
    evidence: float
    endorsed: float


def faded(points: float, days: float, rule: Rule = RULE) -> float:
    """What is left of an act's points after so many days: half after 365, a quarter after 730."""
    return float(points * 0.5 ** (days / rule.half_life))


def points_of(acts: Iterable[tuple[float, float]], rule: Rule = RULE) -> float:
    """P: the faded points of all acts on a skill.

    acts: pairs of points and age in days; acts that were taken back must be left out. Never below 0.
    """
    return max(0.0, math.fsum(faded(points, days, rule) for points, days in acts))


def evidence(points: float, rule: Rule = RULE) -> float:
    """How deep the acts show a skill to be: `4 * (1 - exp(-P / 12))`, so 0 without points, 2.53 for 12, never 4."""
    return DEEPEST * (1.0 - math.exp(-points / rule.scale))


def weight(word: Word, rule: Rule = RULE) -> tuple[float, float]:
    """What a word weighs in full, and what of it counts."""
    full = max(word.depth, rule.deep) if word.validates else word.depth
    return full, full * rule.pay_back if word.paid_back else full


def endorsed(words: Iterable[Word], rule: Rule = RULE) -> Endorsed | None:
    """The mean level of the words, each weighing as much as its giver's own depth.

    None where nobody said anything, or only people who do not have the skill themselves.
    """
    weighed = [(word.level, *weight(word, rule)) for word in words]
    full = math.fsum(full for _, full, _ in weighed)
    counts = math.fsum(counts for _, _, counts in weighed)
    if counts <= 0:
        return None
    return Endorsed(math.fsum(level * counts for level, _, counts in weighed) / counts, counts / full)


def weights(endorsed: Endorsed | None, rule: Rule = RULE) -> Weights:
    """The weights of the parts that are there: 0.3, 0.5 and 0.2; without endorsement 0.375 and 0.625."""
    words = rule.endorsed * endorsed.voice if endorsed else 0.0
    total = rule.claimed + rule.evidence + words
    return Weights(rule.claimed / total, rule.evidence / total, words / total)


def depth(claimed: float, evidence: float, endorsed: Endorsed | None = None, rule: Rule = RULE) -> float:
    """The depth of a skill, 0 to 4: the weighted mean of the parts that are there.

    With `endorsed` left out this is the giver's own depth, by which a word of theirs weighs.
    """
    share = weights(endorsed, rule)
    return share.claimed * claimed + share.evidence * evidence + share.endorsed * (endorsed.level if endorsed else 0.0)


def is_not_yet_shown(claimed: float, evidence: float, rule: Rule = RULE) -> bool:
    """Whether a claim stands so far above the evidence that it is shown as "claimed, not yet shown"."""
    return claimed - evidence > rule.gap
