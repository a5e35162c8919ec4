"""A person at the browser, in the words of the journeys."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.journeys.by_post import Post

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = Axe().axe_script
SESSIONS: dict[tuple[str, str], list[Any]] = {}  # cookies of those who have signed in, by site and name


class Visitor:
    """Wraps a page of Playwright; keeps what the console said and what was requested."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site = page, site
        self.post = Post(page.context, site)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.ears = {
            "console": lambda message: self._note(message.text),
            "pageerror": lambda error: self.complaints.append(f"{page.url}: {error}"),
            "request": lambda request: self.requests.append(request.url),
        }
        for event, ear in self.ears.items():
            page.on(event, ear)

    def leave(self) -> None:
        """Hear nothing any more of a page that others will use."""
        for event, ear in self.ears.items():
            self.page.remove_listener(event, ear)

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

    def address_on_page(self, beginning: str, *, but: str = "/ /") -> str:
        """The first address on the page that begins so, and not as `but`, from a link or from plain text."""
        wanted = f"(?!{re.escape(but)}){re.escape(beginning)}" + r"[^/\s\"<>]+/"
        found = re.search(wanted, self.page.content())
        assert found is not None, f"no address {beginning}… on {self.page.url}"
        return found[0]

    def link_like(self, pattern: str) -> str:
        """The first address, of a link on the page, with any one part in the place of the star."""
        links = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        wanted = re.compile(re.escape(pattern).replace(r"\*", r"[^/?#]+"))
        found = [link for link in links if wanted.fullmatch(link)]
        assert found, f"no link to {pattern} on {self.page.url}"
        return str(found[0])

    def sign_in(self, name: str, *, afresh: bool = False) -> None:
        """Without the form; who has signed in before in these tests comes back with the cookies of that time."""
        if not afresh and (cookies := SESSIONS.get((self.site, name))):
            self.page.context.add_cookies(cookies)
            return
        self.post.get("/accounts/login/")
        self.post.send("Log in", leads_to="/dashboard/", login=f"{name}@demo.invalid", password="demo")
        SESSIONS[self.site, name] = self.page.context.cookies()

    def log_in(self, address: str, password: str) -> None:
        """As people do it, by the form."""
        self.open("/accounts/login/")
        self.page.locator("#id_login").fill(address)
        self.page.locator("#id_password").fill(password)
        self.press("Log in", exact=True)

    def open_mail(self, address: str, subject: str) -> None:
        """Open the newest mail to the address whose subject contains the words; waits until the worker has sent it."""
        self.open(self._mail(address, subject))

    def gets_mail(self, address: str, subject: str) -> None:
        """The same without showing it; `post` has its page then."""
        self.post.get(self._mail(address, subject))
        self.post.says(subject)

    def _mail(self, address: str, subject: str) -> str:
        """Where the mailbox leads from this subject."""
        listed = re.compile(r'<a [^>]*href="(/mailbox/[^/?"]+/)">[^<]*' + re.escape(subject))
        mailbox = f"/mailbox/?to={address}"
        found = listed.search(self.wait_until(mailbox, lambda page: listed.search(page) is not None))
        assert found is not None
        return found[1]

    def wait_until(self, address: str, done: Callable[[str], bool]) -> str:
        """Fetch the page, without showing it, until its source is as it should be, and give that back."""
        source = ""
        for _ in range(100):
            source = html.unescape(self.page.context.request.get(self.site + address).text())
            if done(source):
                return source
            self.page.wait_for_timeout(150)
        raise AssertionError(f"waited in vain at {address}: {source}")

    def faults(self, *, contrast: bool = True, colours_only: bool = False) -> list[str]:
        """What axe finds on this page by its rules for WCAG 2.2 AA and good practice, in one line each.

        colours_only: by the rules that look at colours, for a page that was seen by all rules in another scheme."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE)
        self.page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
        options: dict[str, Any] = {"runOnly": COLOURS}
        if not colours_only:
            options = {"runOnly": STANDARDS, "rules": {"color-contrast": {"enabled": contrast}}}
        options |= {"preload": False, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{fault['id']} ({fault['impact']}): {', '.join(str(node['target']) for node in fault['nodes'][:4])}"
            for fault in found["violations"]
        ]
