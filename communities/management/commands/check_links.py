"""Ask the addresses of all channels whether they answer, and mark those that do not."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.links import Network, stub
from communities.operations.channels import check_links


class Command(BaseCommand):
    help = "Ask the address of every channel in use whether it answers; the second failure in a row marks it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="ask and count, and change nothing")
        parser.add_argument("--stub", metavar="HOST:PORT", help="send every request there, unencrypted; for tests")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        report = check_links(network=network(options["stub"]), write=not dry_run)
        words = (
            f"{report['checked']} addresses: {report['answering']} answer, {report['failing']} do not; "
            f"{report['marked']} newly marked, {report['mended']} answer again"
        )
        self.stdout.write(json.dumps(report) if options["json"] else words)


def network(place: str | None) -> Network:
    if not place:
        return Network()
    host, _, port = place.rpartition(":")
    if not host or not port.isdigit():
        raise CommandError("Write the stub as HOST:PORT, for instance 127.0.0.1:8117.")
    return stub(host, int(port))
