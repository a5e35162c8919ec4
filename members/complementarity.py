"""How well two people, or two groups, complete each other. Pure functions: no database and no clock.

The caller asks for consent; nothing of what is computed here is kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Offer:
    """What somebody brings and wishes: slug of a skill to its depth, and to the depth wished for, both 0 to 4."""

    depth: Mapping[str, float] = field(default_factory=dict)
    want: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Lesson:
    """A skill that one can learn from the other. gain: `min(want, depth)`."""

    skill: str
    want: float
    depth: float

    @property
    def gain(self) -> float:
        return min(self.want, self.depth)


def together(people: Iterable[Offer]) -> Offer:
    """A group as one: it is as deep as its deepest member, and wishes what the one who wishes most does."""
    depth: dict[str, float] = {}
    want: dict[str, float] = {}
    for person in people:
        for skill, level in person.depth.items():
            depth[skill] = max(level, depth.get(skill, 0.0))
        for skill, level in person.want.items():
            want[skill] = max(level, want.get(skill, 0.0))
    return Offer(depth, want)


def lessons(learner: Offer, teacher: Offer) -> list[Lesson]:
    """What the learner wishes and the teacher has, the greatest gain first; equal ones by name."""
    found = [
        Lesson(skill, want, depth)
        for skill, want in learner.want.items()
        if want > 0 and (depth := teacher.depth.get(skill, 0.0)) > 0
    ]
    return sorted(found, key=lambda lesson: (-lesson.gain, lesson.skill))


def comp(u: Offer, v: Offer) -> float | None:
    """`(sum_s min(want_u, depth_v) + min(want_v, depth_u)) / (sum_s want_u + want_v)`, from 0 to 1.

    1 means that each wish of either is met by the other. None ("not enough data") where neither wishes anything.
    """
    wanted = math.fsum([*u.want.values(), *v.want.values()])
    if wanted <= 0:
        return None
    met = [lesson.gain for lesson in (*lessons(u, v), *lessons(v, u))]
    return math.fsum(met) / wanted


def cosine_distance(u: Mapping[str, float], v: Mapping[str, float]) -> float | None:
    """How different two sets of skills are by their depths: 0 for the same mixture, 1 for nothing in common.

    None where one of them has no depth in anything, because then there is no direction to compare.
    """
    length = math.sqrt(math.fsum(x * x for x in u.values())) * math.sqrt(math.fsum(x * x for x in v.values()))
    if length <= 0:
        return None
    common = math.fsum(u[skill] * v[skill] for skill in u.keys() & v.keys())
    return min(1.0, max(0.0, 1.0 - common / length))
