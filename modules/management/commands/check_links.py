"""Ask the addresses of all channels and outside resources whether they answer, and mark those that do not."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from communities.operations import channels
from cop.lib.links import Network, stub
from modules.operations import links


class Command(BaseCommand):
    help = "Ask the address of every channel in use and every accepted outside resource whether it answers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="ask and count, and change nothing")
        parser.add_argument("--stub", metavar="HOST:PORT", help="send every request there, unencrypted; for tests")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        reach = network(options["stub"])
        report = {
            "channels": channels.check_links(network=reach, write=not dry_run),
            "resources": links.check_links(network=reach, write=not dry_run),
        }
        lines = [in_words(name, counts) for name, counts in report.items()]
        self.stdout.write(json.dumps(report) if options["json"] else "\n".join(lines))


def in_words(name: str, counts: dict[str, int]) -> str:
    return (
        f"{name}: {counts['checked']} asked, {counts['answering']} answer, {counts['failing']} do not; "
        f"{counts['marked']} newly marked, {counts['mended']} answer again"
    )


def network(place: str | None) -> Network:
    if not place:
        return Network()
    host, _, port = place.rpartition(":")
    if not host or not port.isdigit():
        raise CommandError("Write the stub as HOST:PORT, for instance 127.0.0.1:8117.")
    return stub(host, int(port))
