"""Let silent memberships rest, and wake those whose owners came back."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from communities.operations.dormancy import rest_silent


class Command(BaseCommand):
    help = "Let memberships rest that were silent for as long as the charter says, and wake those who acted since."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        report = rest_silent()
        if dry_run:
            transaction.set_rollback(True)
        words = f"{report['rested']} memberships rest now; {report['woken']} have woken"
        self.stdout.write(json.dumps(report) if options["json"] else words)
