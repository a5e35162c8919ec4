"""Looks at pages with axe and for sideways scrolling, and keeps what is wrong with each."""

from __future__ import annotations

from typing import Any

from tests.journeys.visitor import Visitor

DESKTOP = {"width": 1440, "height": 700}
PHONE = {"width": 320, "height": 700}  # the narrowest that is promised
# One page of each kind, by its address or the name of its step.
KINDS = {
    "/", "/modules/ai-foundations/", "/modules/ai-foundations/what-these-systems-are/", "/events/small-workshop/",
    "/styleguide/", "/accounts/signup/", "sign-up with faults", "lab run", "code of conduct", "/dashboard/",
    "/members/", "/members/kim/", "/me/profile/", "/admin/", "/admin/events/event/add/", "event with faults",
    "newsletter: approve", "/admin/site/mail/",
}  # fmt: skip
# Of these, what shows every component and every colour: their contrast counts every day on a dark phone too.
IN_THE_DARK = {"/styleguide/", "/modules/ai-foundations/what-these-systems-are/", "sign-up with faults", "/admin/"}


class Sweep:
    """`glance` at one page of each kind is for every day, `look` for the thorough run."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.seen: list[str] = []
        self.found: dict[str, list[str]] = {}

    def open(self, address: str, *, status: int = 200) -> None:
        """Open and look; an address with a star is that of the first link on the open page that fits."""
        if "*" in address:
            address = self.visitor.link_like(address)
        self._use(DESKTOP, "light")
        self.visitor.open(address, status=status)
        self.look(address)

    def look(self, name: str) -> None:
        """At the page that is open, by all rules; where it is one of a kind, all of them also on a dark phone."""
        of_a_kind = name in KINDS
        self.visitor.page.wait_for_load_state()
        self._use(DESKTOP, "light")
        faults = self.visitor.faults(contrast=of_a_kind) + self._sideways(DESKTOP)
        self._use(PHONE, "dark")
        faults += self._sideways(PHONE)
        if of_a_kind:
            faults += self.visitor.faults(contrast=True)
        self._keep(name, faults)

    def glance(self, name: str) -> None:
        """At the page that is open, by all rules on a light desktop and its width on a phone; some also in the dark."""
        assert name in KINDS
        self.visitor.page.wait_for_load_state()
        self._use(DESKTOP, "light")
        faults = self.visitor.faults(contrast=True) + self._sideways(DESKTOP)
        self._use(PHONE, "dark" if name in IN_THE_DARK else "light")
        faults += self._sideways(PHONE)
        if name in IN_THE_DARK:
            faults += self.visitor.faults(colours_only=True)
        self._use(DESKTOP, "light")
        self._keep(name, faults)

    def _keep(self, name: str, faults: list[str]) -> None:
        self.seen.append(name)
        if faults:
            self.found[name] = faults

    def _use(self, size: Any, scheme: str) -> None:
        self.visitor.page.set_viewport_size(size)
        self.visitor.page.emulate_media(color_scheme=scheme)

    def _sideways(self, size: Any) -> list[str]:
        wide = self.visitor.page.evaluate("document.documentElement.scrollWidth")
        return [f"scrolls sideways: {wide} px at {size['width']} px"] if wide > size["width"] else []
