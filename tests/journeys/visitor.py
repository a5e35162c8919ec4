"""A person at the browser, in the words of the journeys."""

from __future__ import annotations

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script


class Visitor:
    """Wraps a page of Playwright; keeps what the console said and what was requested."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self._note(message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def _note(self, words: str) -> None:
        # Typing faster than any person can reach a field before the page's autofocus does; the browser remarks on it.
        if not words.startswith("Autofocus processing was blocked"):
            self.complaints.append(f"{self.page.url}: {words}")

    def open(self, address: str, *, status: int = 200) -> None:
        answer = self.page.goto(address)
        assert answer.status == status, f"{address} answered {answer.status}"
        if status != 200:
            self.expect_complaint(str(status))

    def expect_complaint(self, words: str) -> None:
        """The browser has said this once in its console, by itself and as it should."""
        said = next(complaint for complaint in self.complaints if f"status of {words}" in complaint)
        self.complaints.remove(said)

    def press(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(value)

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def text(self) -> str:
        return str(self.page.inner_text("main"))

    def address_on_page(self, beginning: str) -> str:
        """The first address on the page that begins so, from a link or from plain text."""
        found = re.search(re.escape(beginning) + r"[^/\s\"<>]+/", self.page.content())
        assert found is not None, f"no address {beginning}… on {self.page.url}"
        return found[0]

    def sign_in(self, name: str) -> None:
        self.open("/accounts/login/")
        self.page.locator("#id_login").fill(f"{name}@demo.invalid")
        self.page.locator("#id_password").fill("demo")
        self.press("Log in")
        self.page.wait_for_url("**/dashboard/")

    def open_mail(self, address: str, subject: str) -> None:
        """Open the newest mail to the address whose subject contains the words; waits until the worker has sent it."""
        for _ in range(100):
            self.open(f"/mailbox/?to={address}")
            found = self.page.get_by_role("link", name=subject)
            if found.count():
                found.first.click()
                self.page.wait_for_url(re.compile(r"/mailbox/[^/?]+/$"))
                return
            self.page.wait_for_timeout(150)
        raise AssertionError(f"no mail “{subject}” to {address}: {self.text()}")

    def faults(self, *, contrast: bool) -> list[str]:
        """What axe finds on this page by its rules for WCAG 2.2 AA and good practice, in one line each."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE)
        self.page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
        rules = {"color-contrast": {"enabled": contrast}}
        options = {"runOnly": STANDARDS, "rules": rules, "preload": False, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{fault['id']} ({fault['impact']}): {', '.join(str(node['target']) for node in fault['nodes'][:4])}"
            for fault in found["violations"]
        ]
