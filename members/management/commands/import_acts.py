"""Bring a CSV file of acts into the ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cop.lib.errors import Refused
from members.operations import imports


class Command(BaseCommand):
    help = "Bring acts that happened elsewhere into the ledger: the whole file or nothing, each file once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", help="CSV with the columns member, verb, title, happened_at; see docs/operations.md"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="check the file, and change nothing")

    def handle(self, *args: Any, file: str, dry_run: bool, **options: Any) -> None:
        path = Path(file)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        try:
            report = imports.bring_in(data, name=path.name, by=None, dry_run=dry_run)
        except Refused as refusal:
            if options["json"]:
                faults = list(imports.faults_of(refusal)) if isinstance(refusal, imports.BadFile) else []
                self.stdout.write(json.dumps({"error": refusal.message.splitlines()[0], "faults": faults}))
            raise CommandError(refusal.message) from refusal
        counts = {
            "lines": report.lines, "written": report.written, "known": report.known, "levels": len(report.awarded),
            "dry_run": dry_run,
        }  # fmt: skip
        words = "{lines} acts in the file, {written} written, {known} known already, {levels} levels reached"
        self.stdout.write(json.dumps(counts) if options["json"] else words.format(**counts))
