"""Sign certificates with a new key."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from labs.operations import issuer_keys


class Command(BaseCommand):
    help = "Sign certificates with a new key. What the old one signed stays valid, unless it is withdrawn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument(
            "--withdraw", action="store_true",
            help="serve the old key no more, because somebody else may have had it; nothing it signed counts then",
        )  # fmt: skip

    def handle(self, *args: Any, dry_run: bool, withdraw: bool, **options: Any) -> None:
        with transaction.atomic():
            new, old = issuer_keys.rotate(withdraw=withdraw)
            if dry_run:
                transaction.set_rollback(True)
        report = {
            "retired": old.kid if old else "", "withdrawn": bool(old and withdraw), "new": "" if dry_run else new.kid,
            "changed": not dry_run,
        }  # fmt: skip
        if options["json"]:
            self.stdout.write(json.dumps(report))
            return
        became = "withdrawn" if withdraw else "retired"
        first = f"The key {old.kid} {'would be' if dry_run else 'is'} {became}." if old else "There was no key before."
        last = "Nothing was changed." if dry_run else f"The key {new.kid} signs from now on."
        self.stdout.write(f"{first} {last}")
