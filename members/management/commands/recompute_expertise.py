"""Compute the depth of every skill of every member."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from members.operations import expertise


class Command(BaseCommand):
    help = "Compute the depth of every skill of every member from claims, ledger and endorsements."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        report = expertise.recompute()
        if dry_run:
            transaction.set_rollback(True)
        words = f"{report['skills']} skills, {report['changed']} of them changed"
        self.stdout.write(json.dumps(report) if options["json"] else words)
