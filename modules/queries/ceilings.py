"""How far a member lets data go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet, Subquery, Value

from members.models import Member
from modules.exposure import Exposure
from modules.models import ExposureCeiling, OrganisationCeiling

Row = TypeVar("Row", bound=Model)
OWN, THEIRS = "own", "theirs"
CHOSEN = "you chose it"


@dataclass(frozen=True)
class Ceiling:
    """The lower of the member's own ceiling and that of their organisation.

    value: a class of exposure, or empty where nothing limits. source: whose ceiling it is, in words. reason: the rule
    behind it, as the organisation knows it."""

    value: str = ""
    source: str = ""
    reason: str = ""

    def allows(self, exposure: str) -> bool:
        return not self.value or Exposure(exposure).reach <= Exposure(self.value).reach if exposure else True

    @property
    def words(self) -> str:
        """For instance `local only`."""
        return str(Exposure(self.value).label).lower() if self.value else ""

    @property
    def allowed(self) -> list[str]:
        """The classes that it lets pass; for filters, which want to hide what goes further."""
        return [exposure for exposure in Exposure.values if self.allows(exposure)]


NO_CEILING = Ceiling()


@dataclass(frozen=True)
class Class:
    """One class of exposure, as a member may choose it."""

    value: str
    label: str
    explanation: str


NO_LIMIT = Class("", "No ceiling", "Lists show everything. Each page still says where data goes.")


@dataclass(frozen=True)
class CeilingChoice:
    """What the page of the ceiling shows: the member's own one, that of their organisation, what a persona proposes."""

    own: Ceiling
    theirs: Ceiling
    proposed: str

    @property
    def effective(self) -> Ceiling:
        return lowest([self.own, self.theirs])

    @property
    def chosen(self) -> str:
        """What the form begins with. A proposal limits nothing until the member saves it."""
        return self.own.value or self.proposed

    @property
    def proposed_label(self) -> str:
        return str(Exposure(self.proposed).label) if self.proposed else ""

    @property
    def classes(self) -> list[Class]:
        return [*(Class(one.value, str(one.label), one.explanation) for one in Exposure), NO_LIMIT]


def ceiling_of(member: Member | None) -> Ceiling:
    """One query. A persona only proposes a ceiling in the settings; it limits nothing by itself."""
    return lowest(limits_of(member).values()) if member else NO_CEILING


def choice_of(member: Member) -> CeilingChoice:
    """One query, and the member's persona."""
    limits = limits_of(member)
    proposed = member.persona.exposure_ceiling if member.persona else ""
    return CeilingChoice(limits.get(OWN, NO_CEILING), limits.get(THEIRS, NO_CEILING), proposed)


def limits_of(member: Member) -> dict[str, Ceiling]:
    own = ExposureCeiling.objects.filter(member=member).values_list("ceiling", Value(OWN), Value(""))
    rows = own
    if member.organisation:
        theirs = OrganisationCeiling.objects.filter(organisation__iexact=member.organisation.strip()).order_by()
        rows = own.union(theirs.values_list("ceiling", Value(THEIRS), "reason"), all=True)
    source = {OWN: CHOSEN, THEIRS: f"a rule of {member.organisation}"}
    return {whose: Ceiling(value, source[whose], reason) for value, whose, reason in rows}


def beside(rows: QuerySet[Row], member: Member | None) -> QuerySet[Row]:
    """The rows with the two limits beside each, so that a list needs no query of its own for them: `from_beside`."""
    if member is None:
        return rows
    own = ExposureCeiling.objects.filter(member=member).values("ceiling")[:1]
    theirs = OrganisationCeiling.objects.filter(organisation__iexact=(member.organisation or "").strip())
    limits = {"own_limit": Subquery(own), "their_limit": Subquery(theirs.order_by().values("ceiling")[:1])}
    found: QuerySet[Row] = rows.annotate(**limits)
    return found


def from_beside(rows: Sequence[Any], member: Member | None) -> Ceiling:
    """The ceiling, from rows that came through `beside`; without any there is nothing to limit."""
    if member is None or not rows:
        return NO_CEILING
    theirs = Ceiling(rows[0].their_limit or "", f"a rule of {member.organisation}")
    return lowest([Ceiling(rows[0].own_limit or "", CHOSEN), theirs])


def lowest(ceilings: Iterable[Ceiling]) -> Ceiling:
    """Where two are equal, the member's own one, because that one they can change."""
    known = sorted((one for one in ceilings if one.value), key=lambda one: one.source != CHOSEN)
    return min(known, key=lambda one: Exposure(one.value).reach, default=NO_CEILING)
