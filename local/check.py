"""`./run demo --check`: opens the main pages as a visitor and as members, and sends mail through worker and beat."""

from __future__ import annotations

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 20.0  # seconds for a mail to arrive
VISITOR = [
    "/", "/accounts/login/", "/accounts/signup/", "/modules/", "/labs/", "/events/", "/events/welcome-webinar/",
    "/communities/", "/governance/", "/newsletters/", "/levels/", "/personas/", "/connect/", "/events.ics", "/healthz",
    "/readyz", "/mailbox/", "/styleguide/",
]  # fmt: skip
SIGNED_IN = {"kim": ["/dashboard/", "/members/", "/me/profile/"], "bart": ["/admin/"]}


@dataclass
class Row:
    """One line of the table."""

    who: str
    what: str
    status: str
    milliseconds: float
    size: int = 0

    @property
    def good(self) -> bool:
        return self.status == "200"


class Browser:
    """Cookies, redirects and forms, with the standard library alone."""

    def __init__(self, site: str, who: str) -> None:
        self.site, self.who = site, who
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def sign_in(self) -> None:
        _, _, page = self.fetch("/accounts/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields = {
            "login": f"{self.who}@demo.invalid",
            "password": "demo",
            "csrfmiddlewaretoken": token[1] if token else "",
        }
        self.fetch("/accounts/login/", urllib.parse.urlencode(fields).encode())

    def fetch(self, path: str, data: bytes | None = None) -> tuple[str, str, str]:
        """Status, the path at which the redirects ended, and the text."""
        try:
            with self.opener.open(self.site + path, data, timeout=30) as answer:
                return str(answer.status), urllib.parse.urlsplit(answer.url).path, answer.read().decode()
        except urllib.error.HTTPError as error:
            return str(error.code), path, error.read().decode(errors="replace")
        except OSError as error:
            return str(error), path, ""

    def look(self, path: str) -> Row:
        began = time.monotonic()
        status, end, page = self.fetch(path)
        if end != path:
            status = f"led to {end}"
        return Row(self.who, path, status, 1000 * (time.monotonic() - began), len(page.encode()))


def run(site: str, mailbox: Path) -> int:
    """Check everything; prints a table and returns 0 when each line is good, else 1."""
    rows = []
    print(f"\n{'who':8} {'page or task':32} {'status':>8} {'ms':>8} {'bytes':>9}", flush=True)
    for row in [*pages(site), *mails(mailbox)]:
        print(f"{row.who:8} {row.what:32} {row.status:>8} {row.milliseconds:8.0f} {row.size:9,}", flush=True)
        rows.append(row)
    bad = [row for row in rows if not row.good]
    print(
        f"\n{len(rows) - len(bad)} of {len(rows)} are in order"
        + "".join(f"\n  NOT: {row.what} ({row.status})" for row in bad)
    )
    return 1 if bad else 0


def pages(site: str) -> Iterator[Row]:
    visitor = Browser(site, "visitor")
    yield from map(visitor.look, VISITOR)
    for who, paths in SIGNED_IN.items():
        browser = Browser(site, who)
        browser.sign_in()
        yield from map(browser.look, paths)


def mails(mailbox: Path) -> Iterator[Row]:
    """One mail that wakes the worker, and one that only the schedule's sweep can find."""
    from cop.site import outbox
    from cop.site.letters import Letter
    from cop.site.models import Mail

    key = f"demo-check-{time.time_ns()}"
    woken, swept = f"{key}-worker@demo.invalid", f"{key}-beat@demo.invalid"
    letter = Letter("A mail of the demo's own check", "It arrived.\n", "<p>It arrived.</p>")
    outbox.queue(letter, to=woken, kind="check", key=woken)
    yield arrival(mailbox, woken, "worker", "mail by a woken task")
    Mail.objects.create(kind="check", key=swept, to=swept, subject=letter.subject, text=letter.text, html=letter.html)
    yield arrival(mailbox, swept, "beat", "mail by the schedule's sweep")


def arrival(mailbox: Path, address: str, who: str, what: str) -> Row:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        for file in sorted(mailbox.glob("*.eml"), reverse=True)[:20]:
            if f"X-Envelope-To: {address}".encode() in file.read_bytes():
                return Row(who, what, "200", 1000 * (time.monotonic() - began), file.stat().st_size)
        time.sleep(0.05)
    return Row(who, what, "none", 1000 * PATIENCE)
