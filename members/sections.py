"""Parts of a member's page that the apps above fill, as certificates. Who fills one asks for the audience itself."""

from cop.lib.slots import Filled, Section, Slot

__all__ = ["Filled", "Section", "announce", "sections_of"]

_slot = Slot()
announce, sections_of = _slot.announce, _slot.fill
