"""What the database knows about the lines of a file of acts: people, verbs, and acts that are there already."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from members.act_file import Fault, Line
from members.models import Activity, Member, Verb

# What only the site itself sees.
NOT_BROUGHT_IN = {
    "correction", "conduct-accepted", "place-chosen", "profile-completed", "skills-named", "hello-said",
    "community-joined", "motion-proposed", "motion-voted", "skill-endorsed", "skill-validated",
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """people: by e-mail address and by handle, in small letters. keys: of each line by its number; empty where the act
    is in the ledger already."""

    people: dict[str, Member]
    verbs: set[str]
    keys: dict[int, str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Known:
        """Three queries, and one more for each time that the same act was written and taken back."""
        people = _people({name for line in lines for name in (line.member, line.other) if name})
        verbs = set(Verb.objects.values_list("slug", flat=True)) - NOT_BROUGHT_IN
        return cls(people, verbs, _free_keys({line.number: _key(line, people) for line in lines}))

    def person(self, name: str) -> Member:
        return self.people[name]

    def key_for(self, line: Line) -> str:
        """The dedupe key under which the line is written; empty where it is there already."""
        return self.keys[line.number]

    def faults(self, lines: Sequence[Line]) -> list[Fault]:
        found: list[Fault] = []
        first: dict[str, int] = {}
        for line in lines:
            found += (Fault(line.number, text) for text in self._faults(line))
            before = first.setdefault(_key(line, self.people), line.number)
            if before != line.number:
                found.append(Fault(line.number, f"the same act stands on line {before}; give each its own key"))
        return found

    def _faults(self, line: Line) -> list[str]:
        wrong = [f"there is no member “{name}”" for name in (line.member, line.other)
                 if name and name not in self.people]  # fmt: skip
        if line.verb not in self.verbs:
            wrong.append(f"“{line.verb}” is not an act that can be brought in")
        if wrong:
            return wrong
        people = [self.people[name] for name in (line.member, line.other) if name]
        if len(people) > 1 and people[0] == people[1]:
            wrong.append("nobody helps themselves; leave “other” empty")
        said = f" {line.title} {line.address} {line.key} ".lower()
        wrong += [
            f"the act names {person.name}; write it without names, because the ledger cannot forget them"
            for person in people
            if person.name.lower() in said or person.email.lower() in said or f"/members/{person.handle}" in said
        ]
        return wrong


def _people(names: set[str]) -> dict[str, Member]:
    emails, handles = {name for name in names if "@" in name}, {name for name in names if "@" not in name}
    lower = Member.objects.annotate(small_email=Lower("email"), small_handle=Lower("handle"))
    found = lower.filter(Q(small_email__in=emails) | Q(small_handle__in=handles), erased_at=None)
    people: dict[str, Member] = {}
    for person in found:
        people[person.email.lower()] = people[person.handle.lower()] = person
    return people


def _key(line: Line, people: dict[str, Member]) -> str:
    """Of the key that the file gives; without one, of everything that makes the act what it is."""
    who = str(people[line.member].pk) if line.member in people else line.member
    if line.key:
        return f"import:{line.verb}:{who}:{line.key}"
    other = str(people[line.other].pk) if line.other in people else line.other
    said = "\n".join([who, line.verb, line.title, line.address, line.happened_at.isoformat(), other])
    return f"import:{hashlib.sha256(said.encode()).hexdigest()}"


def _free_keys(wanted: dict[int, str]) -> dict[int, str]:
    """An act that was taken back may be written again, under its key with a number; one that stands may not."""
    free: dict[int, str] = {}
    asked, round_ = dict(wanted), 1
    while asked:
        rows = Activity.objects.filter(dedupe_key__in=asked.values())
        stands = dict(rows.values_list("dedupe_key", "reversed_by"))
        free |= {number: key for number, key in asked.items() if key not in stands}
        free |= {number: "" for number, key in asked.items() if key in stands and stands[key] is None}
        round_ += 1
        asked = {number: f"{wanted[number]}~{round_}" for number in asked if number not in free}
    return free
