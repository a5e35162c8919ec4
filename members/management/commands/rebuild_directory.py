"""Build the index of the directory anew."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from members.operations.directory_rebuild import rebuild


class Command(BaseCommand):
    help = "Build the index of the directory anew from what members say now; a job does the same every night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        report = rebuild().as_dict()
        if dry_run:
            transaction.set_rollback(True)
        words = "{members} people in the directory, {sets} sets, {mended} of them were not up to date"
        self.stdout.write(json.dumps(report) if options["json"] else words.format(**report))
