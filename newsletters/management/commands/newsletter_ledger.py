from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsletters import queries
from newsletters.models import Issue

# What a worker has claimed still waits; what it is handing over may have arrived already.
SHOWN_AS = {"claimed": "pending", "sending": "uncertain"}
STATES = ["pending", "sent", "failed", "suppressed", "skipped", "uncertain"]


class Command(BaseCommand):
    help = "Count the deliveries of an issue by state, from the rows; the states add up to the audience."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="slug or number of the issue")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--rows", action="store_true", help="with every address and its state")

    def handle(self, *, slug: str, json: bool, rows: bool, **options: Any) -> None:
        issue = queries.issue_named(slug)
        if issue is None:
            raise CommandError(f"There is no issue “{slug}”.")
        said = counts(issue)
        if rows:
            said["rows"] = [[email, SHOWN_AS.get(state, state)] for email, state in queries.rows(issue)]
        self.stdout.write(as_json(said) if json else as_lines(said))


def counts(issue: Issue) -> dict[str, Any]:
    states = queries.ledger(issue).states
    shown: dict[str, Any] = {"audience": sum(states.values())} | dict.fromkeys(STATES, 0)
    for state, number in states.items():
        shown[SHOWN_AS.get(state, state)] += number
    return shown


def as_json(said: dict[str, Any]) -> str:
    return json.dumps(said)


def as_lines(said: dict[str, Any]) -> str:
    lines = [f"{name:10} {number:>8,}" for name, number in said.items() if name != "rows"]
    return "\n".join(lines + [f"{state:10} {email}" for email, state in said.get("rows", [])])
