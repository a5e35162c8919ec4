import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from events.operations import reminders


class Command(BaseCommand):
    help = "Write the reminders of events that are due now; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object with counts by kind")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = reminders.send_due()
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(", ".join(f"{kind} before: {number}" for kind, number in counts.items()))
