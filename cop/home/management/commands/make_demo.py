"""Make the demo community."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from cop.home.demo import build
from cop.lib.errors import Refused


class Command(BaseCommand):
    help = "Make a community of made-up members, the same for the same seed; every address ends in .invalid."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--members", type=int, default=60, help="how many members, the six named ones included")
        parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same community")
        parser.add_argument("--events", type=int, default=0, help="further events beside the programme")
        parser.add_argument("--force", action="store_true", help="also beside real members")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, and make nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    @transaction.atomic
    def handle(self, *args: Any, members: int, seed: int, events: int, force: bool, **options: Any) -> None:
        try:
            is_new = build.make(build.Wish(members, seed, events, force))
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        made = build.manifest()
        if options["dry_run"]:
            transaction.set_rollback(True)
        if options["json"]:
            self.stdout.write(json.dumps(made))
        elif options["verbosity"] == 0:
            return
        elif is_new:
            self.stdout.write(f"{made['members']} members, {len(made['events'])} events; the password of all is “demo”")
        else:
            self.stdout.write(f"The demo community is there already, with {made['members']} members")
