"""Erase members whose days of grace are over."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from members.operations import erasure


class Command(BaseCommand):
    help = "Erase members who asked for it 14 days ago and did not take it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say who is due, and change nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        counts = erasure.erase_due(dry_run=dry_run)
        words = f"{counts['due']} due, {counts['erased']} erased, {counts['waiting']} must settle something first"
        self.stdout.write(json.dumps(counts) if options["json"] else words)
