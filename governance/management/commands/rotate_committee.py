from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cop.lib import words
from governance.queries import SeatNow, seats_due
from governance.rules import DUE_DAYS


class Command(BaseCommand):
    help = f"List the seats whose terms end within {DUE_DAYS} days, with their holders and successors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only look; nothing is opened or changed.")
        parser.add_argument("--json", action="store_true", help="Print the list as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        due = seats_due()
        if options["json"]:
            self.stdout.write(json.dumps([as_row(one) for one in due], indent=2))
            return
        if not due:
            self.stdout.write(f"No term ends within {DUE_DAYS} days.")
        for one in due:
            self.stdout.write(in_words(one))


def as_row(one: SeatNow) -> dict[str, Any]:
    term, next_term = one.term, one.successor
    return {
        "committee": one.seat.committee.slug,
        "seat": one.seat.slug,
        "title": one.seat.title,
        "group": one.seat.group,
        "holder": term.holder.handle if term else None,
        "ends": term.last.isoformat() if term else None,
        "days_left": one.days_left,
        "successor": next_term.holder.handle if next_term else None,
    }


def in_words(one: SeatNow) -> str:
    row = as_row(one)
    left = words.count(one.days_left or 0, "day")
    after = f", then {row['successor']}" if row["successor"] else ", no successor yet"
    return (
        f"{row['committee']}/{row['seat']} (group {row['group']}): {row['holder']} until {row['ends']}, {left}{after}"
    )
