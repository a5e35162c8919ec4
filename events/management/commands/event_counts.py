import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events import queries
from events.models import Event


class Command(BaseCommand):
    help = "Recount an event's registrations from their rows, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--json", action="store_true", help="print one JSON object; it is always printed so")

    def handle(self, *args: Any, **options: Any) -> None:
        event = Event.objects.filter(slug=options["slug"]).first()
        if event is None:
            raise CommandError(f"There is no event “{options['slug']}”.")
        self.stdout.write(json.dumps(queries.counts(event)))
