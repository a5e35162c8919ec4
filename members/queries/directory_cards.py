"""The cards of the directory: what is shown of each person, and why they match."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from members.audience import may_see
from members.directory_index import Held, depth_of, is_paused, texts_of, words_of
from members.directory_labels import OPEN, filter_label
from members.directory_wish import DEPTHS, Filter
from members.models import Member, MemberSkill, Skill
from members.queries.directory_sets import Near
from members.working_hours import shared_hours

MOST_TAGS = 3
IN_PARTS = {"skills": "Knows", "can_help_with": "Can help with", "tools": "Works with"}
# Filter: the field that answers it, where that has an audience.
FIELDS = {
    "skill": "skills", "language": "languages", "overlap": "time_zone", "hours": "hours_per_week",
    "community": "communities", "function": "function", "sector": "sector", "country": "country",
}  # fmt: skip
IN_WORDS = {"name": "Name", "headline": "Headline", "town": "Lives in", "organisation": "Works for"}


@dataclass(frozen=True)
class Card:
    """A person as the viewer may see them."""

    person: Any  # a Member with the annotations of `with_level`
    headline: str
    town: str
    tags: list[str]
    open_to: list[str]
    is_paused: bool
    why: list[str]


@dataclass(frozen=True)
class Asked:
    """What was asked for. titles: of the chosen filters, as the index has them."""

    viewer: Member
    day: date
    chosen: Sequence[Filter]
    titles: dict[Filter, str]
    near: Sequence[Near]


def cards(people: Sequence[Member], asked: Asked) -> list[Card]:
    """One for each of these people; one query for all their skills."""
    skills = _skills([person.pk for person in people])
    return [_card(person, skills[person.pk], asked) for person in people]


def _skills(members: Sequence[int]) -> defaultdict[int, list[Held]]:
    rows = MemberSkill.objects.filter(member__in=members, skill__state=Skill.State.ACCEPTED).select_related("skill")
    found = defaultdict(list)
    for row in rows.order_by("-depth", "-claimed", "pk"):
        depth = depth_of(row.claimed, row.depth, is_computed=row.computed_at is not None)
        if depth:
            found[row.member_id].append(Held(row.skill.slug, row.skill.title, depth, row.skill.aliases))
    return found


def _card(person: Any, skills: list[Held], asked: Asked) -> Card:
    paused = is_paused(person, asked.day)
    wanted = {value for name, value in asked.chosen if name == "skill"}
    sees_skills = may_see(person, "skills", asked.viewer)
    shown = sorted(skills, key=lambda skill: skill.slug not in wanted) if sees_skills else []
    opens = [OPEN[name] for name in OPEN if getattr(person, f"open_to_{name}") and not paused]
    return Card(
        person,
        person.headline if may_see(person, "headline", asked.viewer) else "",
        person.town if may_see(person, "town", asked.viewer) else "",
        [skill.title for skill in shown[:MOST_TAGS]],
        opens,
        paused,
        [*_why_words(person, skills, asked.near), *_why_filters(person, skills, asked)],
    )


def _why_words(person: Any, skills: list[Held], near: Iterable[Near]) -> list[str]:
    """Field by field, what in it matched; each word is explained by the first field that has it."""
    unexplained = [{*one.exact, *one.begins, *one.alike} for one in near]
    reasons = []
    for field, text in texts_of(person, skills).items():
        found = set(words_of(text))
        hits = [words for words in unexplained if words & found]
        unexplained = [words for words in unexplained if not words & found]
        if hits:
            reasons.append(_said(field, text, skills, set().union(*hits)))
    return reasons


def _said(field: str, text: str, skills: list[Held], words: set[str]) -> str:
    """The parts of a field, as its owner wrote them, that hold any of the words."""
    if field == "skills":
        parts = [one.title for one in skills if words & set(words_of(" ".join([one.title, *one.aliases])))]
    elif field in IN_PARTS:
        parts = [part for part in map(str.strip, text.split(",")) if words & set(words_of(part))]
    else:
        said = [word.strip(",;.") for word in text.split() if words & set(words_of(word))]
        return f"{IN_WORDS[field]}: {' '.join(said)}"
    return f"{IN_PARTS[field]}: {', '.join(parts)}"


def _why_filters(person: Any, skills: list[Held], asked: Asked) -> list[str]:
    """One reason for each chosen filter, with the person's own value where the filter is an at-least."""
    depths = {skill.slug: skill.depth for skill in skills}
    reasons = []
    for name, value in asked.chosen:
        if name in FIELDS and not may_see(person, FIELDS[name], asked.viewer):
            continue  # kept back since the index was written
        title = asked.titles.get((name, value), "")
        if name == "skill":
            reasons.append(f"{title or value}: {DEPTHS.get(depths.get(value, 0), 'knows of it')}")
        elif name == "overlap":
            hours = shared_hours(asked.viewer.time_zone, person.time_zone, asked.day)
            reasons.append(f"{hours:g} working hours a day with you")
        elif name == "hours":
            reasons.append(f"{person.hours_per_week} hours a week for the community")
        elif name != "open":  # stands on every card
            reasons.append(filter_label((name, value), title))
    return reasons
