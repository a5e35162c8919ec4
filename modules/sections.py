"""Parts of a module's page that the apps above fill, as its next event; they stand in its column at the side."""

from cop.lib.slots import Filled, Section, Slot

__all__ = ["Filled", "Section", "announce", "sections_of"]

_slot = Slot()
announce, sections_of = _slot.announce, _slot.fill
