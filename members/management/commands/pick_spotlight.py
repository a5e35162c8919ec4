"""Pick the person of a month."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.operations import spotlight


class Command(BaseCommand):
    help = "Pick who helped the most different people in a month and was not picked in the twelve months before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--month", default="", help="such as 2026-10; the month before this one if left out")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say who would be picked, and change nothing")

    def handle(self, *args: Any, month: str, dry_run: bool, **options: Any) -> None:
        try:
            wanted = date.fromisoformat(f"{month}-01") if month else None
        except ValueError as error:
            raise CommandError(f"“{month}” is not a month; write one such as 2026-10.") from error
        pick = spotlight.pick(wanted, dry_run=dry_run)
        report = {
            "month": f"{pick.month:%Y-%m}", "member": pick.member.handle if pick.member else None,
            "people": pick.people, "is_new": pick.is_new,
        }  # fmt: skip
        words = f"{pick.month:%B %Y}: {pick.member}, {pick.people} people helped" if pick.member else "Nobody to pick"
        self.stdout.write(json.dumps(report) if options["json"] else words)
