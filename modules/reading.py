"""Reading modes: in which order the sections of an article stand, and which of them are folded. Nothing is left out.

An author says what a section is by a mark at its heading, as in `## Where it fails {.risks}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cop.lib.headings import Section
from modules.models import ReadingMode

SECTION_KINDS = ("why", "concept", "steps", "risks", "example", "next")
# The kinds that come first, one after another. All other sections, those without a kind among them, follow in the
# order of their author; so a mode never tears an argument apart that it does not ask for.
LEADING: dict[str, tuple[str, ...]] = {
    ReadingMode.CONCEPT_FIRST: ("why", "concept"),
    ReadingMode.RECIPE_FIRST: ("steps", "example"),
    ReadingMode.RISK_FIRST: ("risks",),
    ReadingMode.COMPACT: (),
}
FOLDING = frozenset({ReadingMode.COMPACT})  # of each section only the first paragraph lies open


@dataclass(frozen=True)
class Placed:
    """A section in its place for one mode."""

    section: Section
    folded: bool

    @property
    def unfolded_html(self) -> str:
        return self.section.before + self.section.first + self.section.after

    @property
    def folded_html(self) -> str:
        """What lies behind the fold."""
        return self.section.before + self.section.after


def order(sections: Sequence[Section], mode: str) -> list[Placed]:
    """The sections as the mode wants them. The opening stays first and footnotes stay last, as they have no heading.

    A section is folded only where something is left to fold beside its first paragraph."""
    leading = LEADING[mode]

    def rank(section: Section) -> int:
        if section is sections[0] and not section.anchor:
            return -1
        return leading.index(section.kind) if section.kind in leading else len(leading)

    return [Placed(section, mode in FOLDING and _can_fold(section)) for section in sorted(sections, key=rank)]


def _can_fold(section: Section) -> bool:
    return bool(section.before or section.after) and bool(section.anchor or section.first)
