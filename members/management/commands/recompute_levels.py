"""Award every level whose rules are met."""

from __future__ import annotations

import json
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

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        awarded = levels.recompute()
        held = LevelAward.objects.filter(revoked_at=None).count()
        if dry_run:
            transaction.set_rollback(True)
        report = {"awarded": awarded, "held": held, "revoked": 0}
        self.stdout.write(json.dumps(report) if options["json"] else f"{awarded} new awards; {held} levels are held")
