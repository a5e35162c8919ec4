"""How far a member lets data go."""

from __future__ import annotations

from dataclasses import dataclass

from members.models import Member
from modules.exposure import Exposure
from modules.models import ExposureCeiling, OrganisationCeiling


@dataclass(frozen=True)
class Ceiling:
    """The lower of the member's own ceiling and that of their organisation.

    value: a class of exposure, or empty where nothing limits. source: whose ceiling it is, in words."""

    value: str = ""
    source: str = ""

    def allows(self, exposure: str) -> bool:
        return not self.value or Exposure(exposure).reach <= Exposure(self.value).reach if exposure else True


NO_CEILING = Ceiling()


def ceiling_of(member: Member | None) -> Ceiling:
    """Two queries at most. A persona only proposes a ceiling in the settings; it limits nothing by itself."""
    if member is None:
        return NO_CEILING
    own = ExposureCeiling.objects.filter(member=member).values_list("ceiling", flat=True).first()
    theirs = None
    if member.organisation:
        found = OrganisationCeiling.objects.filter(organisation__iexact=member.organisation)
        theirs = found.values_list("ceiling", flat=True).first()
    limits = [(own, "you chose it"), (theirs, f"a rule of {member.organisation}")]
    known = [Ceiling(value, source) for value, source in limits if value]
    return min(known, key=lambda one: Exposure(one.value).reach, default=NO_CEILING)
