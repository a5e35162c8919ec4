"""Award every badge whose rule is met."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from members.models import BadgeAward
from members.operations import badges


class Command(BaseCommand):
    help = "Award every badge whose rule is met; none is ever taken away."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")

    @transaction.atomic
    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        awarded = badges.award()
        held = BadgeAward.objects.count()
        if dry_run:
            transaction.set_rollback(True)
        if options["json"]:
            self.stdout.write(json.dumps({"awarded": awarded, "held": held}))
            return
        for slug, number in awarded.items():
            self.stdout.write(f"{number} {slug}")
        self.stdout.write(f"{sum(awarded.values())} new badges; {held} are held")
