"""What to learn next for a goal, in which order and why. No database, no chance: equal input gives equal output.

Units: depths of skills are 0 to 4 as everywhere in the community (0 nothing, 1 aware, 2 uses, 3 leads, 4 teaches), time
is in minutes. An item that teaches a skill to depth d brings somebody who stands lower to d in it; it does nothing for
who stands there already, so two introductions are not worth an advanced lab.

Method: greedy choice by gain per cost, as for the budgeted maximum coverage problem (Khuller, Moss and Naor, “The
budgeted maximum coverage problem”, Information Processing Letters 70, 1999), with requirements: what is weighed is an
item together with everything it still needs, because that is what choosing it costs and gives. Greedy choice is not
always the shortest way in all; each single choice is the best one at its moment and can be explained in one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from labs.graphs import closure

Depths = Mapping[str, float]
UNIT = 1000


@dataclass(frozen=True)
class Candidate:
    """Something that can be learned from.

    key: unique, and the last word where all else is equal. teaches: depth by skill to which it brings. needs: keys of
    what comes before. usefulness: mean of what members said, 1 to 5, or 0 while nobody said anything. exposure: how far
    it lets data go."""

    key: str
    minutes: int
    teaches: Mapping[str, int]
    needs: tuple[str, ...] = ()
    usefulness: float = 0
    exposure: str = ""


@dataclass(frozen=True)
class Closing:
    """What one item does for one skill: `depth` of the `gap` that the goal had at the beginning."""

    skill: str
    depth: float
    gap: float


@dataclass(frozen=True)
class Pick:
    """One choice. closes: what it does itself. for_key: for whose sake it was taken, where it closes nothing."""

    candidate: Candidate
    closes: list[Closing]
    for_key: str = ""


@dataclass(frozen=True)
class Plan:
    """gaps: goal minus own depth, where that is more than nothing. picks: in the order to learn. left: what stays open
    after all of them."""

    gaps: dict[str, float]
    picks: list[Pick] = field(default_factory=list)
    left: dict[str, float] = field(default_factory=dict)

    @property
    def is_met(self) -> bool:
        """Nothing to learn here."""
        return not self.gaps


def gaps(goal: Depths, own: Depths) -> dict[str, float]:
    """The gap vector: for each skill of the goal what is missing, positive parts only."""
    return {skill: depth - own.get(skill, 0) for skill, depth in goal.items() if depth > own.get(skill, 0)}


def recommend(
    goal: Depths, own: Depths, candidates: Iterable[Candidate], *, finished: Iterable[str] = (),
    allows: Callable[[str], bool] = lambda exposure: True,
) -> Plan:  # fmt: skip
    """Items that close the gap between own depths and goal, each after what it needs.

    At each step the choice is the item that, together with all it still needs, closes most of the gap per minute; of
    equal ones the one with higher usefulness, then the one whose key comes first. It goes on until the gap is closed or
    no item closes anything. finished: keys that are left out and count as met. allows: whether an exposure is within
    the member's ceiling; what goes further is left out, and with it what needs it, unless that is finished.

    Depths count to a thousandth. Time O(picks x candidates that close something x (requirements + skills)). Raises
    ValueError where requirements go round in a circle.
    """
    search = _Search(goal, own, candidates, finished, allows)
    picks = list[Pick]()
    while bundle := search.best():
        picks += search.take(bundle)
    left = {skill: gap / UNIT for skill in goal if (gap := search.missing(skill)) > 0}
    return Plan(gaps(goal, own), picks, left)


class _Search:
    """Where the greedy choice stands: depths in thousandths, what is done, and what could still be taken."""

    def __init__(
        self, goal: Depths, own: Depths, candidates: Iterable[Candidate], finished: Iterable[str],
        allows: Callable[[str], bool],
    ) -> None:  # fmt: skip
        self.known = {one.key: one for one in candidates}
        self.needs = {key: one.needs for key, one in self.known.items()}
        self.done = set(finished)
        self.goal = {skill: round(depth * UNIT) for skill, depth in goal.items()}
        self.depths = {skill: round(depth * UNIT) for skill, depth in own.items()}
        self.at_first = {skill: max(0, self.missing(skill)) for skill in goal}
        self.usable = {key for key, one in self.known.items() if key not in self.done and allows(one.exposure)}
        self.heads = sorted(self.usable)

    def missing(self, skill: str) -> int:
        return self.goal[skill] - self.depths.get(skill, 0)

    def gain(self, teaches: Iterable[tuple[str, int]]) -> int:
        """How much of the gap is closed by what brings to these depths."""
        reached: dict[str, int] = {}
        for skill, depth in teaches:
            if skill in self.goal:
                reached[skill] = max(reached.get(skill, 0), depth * UNIT)
        return sum(max(0, min(self.goal[skill], depth) - self.depths.get(skill, 0)) for skill, depth in reached.items())

    def best(self) -> list[str]:
        """The item to choose now after all it needs; empty where nothing closes anything.

        Once an item closes nothing itself it never does again; and while it does not, taking it with what it needs is
        worse than taking that alone. So only the others are weighed."""
        self.heads = [key for key in self.heads if key in self.usable and self.gain(self.known[key].teaches.items())]
        best, most, minutes, useful = list[str](), 0, 1, 0.0
        for key in self.heads:
            bundle = closure(key, self.needs, without=self.done)
            if not self.usable.issuperset(bundle):  # it needs something that is not there or goes too far
                continue
            items = [self.known[one] for one in bundle]
            gain = self.gain(pair for one in items for pair in one.teaches.items())
            cost = max(1, sum(one.minutes for one in items))
            # gain / cost against most / minutes, without a division, so that equal ratios are seen as equal
            if (gain * minutes, self.known[key].usefulness) > (most * cost, useful if most else -1.0):
                best, most, minutes, useful = bundle, gain, cost, self.known[key].usefulness
        return best

    def take(self, bundle: list[str]) -> list[Pick]:
        picks = []
        for key in bundle:
            one, closes = self.known[key], list[Closing]()
            for skill, depth in one.teaches.items():
                more = min(depth * UNIT, self.goal.get(skill, 0)) - self.depths.get(skill, 0)
                if more > 0:
                    self.depths[skill] = self.depths.get(skill, 0) + more
                    closes.append(Closing(skill, more / UNIT, self.at_first[skill] / UNIT))
            closes.sort(key=lambda closing: (-closing.depth, closing.skill))
            picks.append(Pick(one, closes, "" if closes else bundle[-1]))
        self.done.update(bundle)
        self.usable.difference_update(bundle)
        return picks
