"""Award every level whose rules are met."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from members.models import LevelAward
from members.operations import levels


class Command(BaseCommand):
    help = "Award every level whose rules are met; nothing is ever taken away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--silent", action="store_true", help="write no notices to those who reach a level")

    def handle(self, *args: Any, dry_run: bool, silent: bool, **options: Any) -> None:
        began = time.monotonic()
        with transaction.atomic():
            outcome = levels.settle(tell=not silent)
            report = {
                "awarded": len(outcome.awarded), "renewed": outcome.renewed,
                "held": LevelAward.objects.filter(revoked_at=None).count(), "revoked": 0,
            }  # fmt: skip
            if dry_run:
                transaction.set_rollback(True)
        seconds = round(time.monotonic() - began, 3)
        words = "{awarded} new awards, {renewed} renewed; {held} levels are held".format(**report)
        self.stdout.write(json.dumps(report | {"seconds": seconds}) if options["json"] else words)
