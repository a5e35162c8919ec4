from __future__ import annotations

import time
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsletters import operations, queries
from newsletters.delivery import engine
from newsletters.delivery.breaker import Breaker
from newsletters.management.commands.newsletter_ledger import as_json, as_lines, counts
from newsletters.models import Delivery, Issue

OUTCOMES = ["sent", "failed", "skipped", "suppressed", "uncertain", "later"]
LONGEST_WAIT = 150.0  # seconds for what a worker that died or hangs still has in hand


class Command(BaseCommand):
    help = "Send an approved issue in this process, until nothing of it is due. Running it again sends nobody twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="slug or number of the issue")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be sent")

    def handle(self, *, slug: str, json: bool, dry_run: bool, **options: Any) -> None:
        issue = queries.issue_named(slug)
        if issue is None:
            raise CommandError(f"There is no issue “{slug}”.")
        if issue.status == Issue.Status.DRAFT:
            raise CommandError(f"{issue} is a draft. Approve it in the admin first.")
        if issue.status == Issue.Status.PAUSED:
            raise CommandError(f"{issue} is paused. Resume it in the admin first.")
        now = Counter[str]() if dry_run else send(issue)
        done, ledger = {name: now[name] for name in OUTCOMES}, counts(issue)
        said = {"slug": issue.slug, "dry_run": dry_run, "now": done, "ledger": ledger}
        self.stdout.write(as_json(said) if json else f"Now:\n{as_lines(done)}\nAltogether:\n{as_lines(ledger)}")


def send(issue: Issue) -> Counter[str]:
    """Send what is due; a worker that died may have rows in hand for a moment, which are waited for."""
    if issue.status == Issue.Status.APPROVED:
        operations.start(issue)
    breaker, total, until = Breaker(), Counter[str](), time.monotonic() + LONGEST_WAIT
    while True:
        total += engine.run(only=issue.pk, seconds=3600, breaker=breaker)
        in_hand = Delivery.objects.filter(issue=issue, state__in=["claimed", "sending"]).exists()
        if breaker.is_open or not in_hand or time.monotonic() > until:
            return total
        time.sleep(0.5)
