"""Write everything that is held about a member into a ZIP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.models import Member
from members.queries.export import archive


class Command(BaseCommand):
    help = "Write everything that is held about a member into a ZIP."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("handle")
        parser.add_argument("--output", default="", help="path of the ZIP; <handle>.zip in this folder if left out")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, handle: str, output: str, **options: Any) -> None:
        member = Member.objects.filter(handle=handle.lower(), erased_at=None).first()
        if member is None:
            raise CommandError(f"There is no member “{handle}”.")
        path = Path(output or f"{member.handle}.zip")
        packed = archive(member)
        try:
            path.write_bytes(packed)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        report = {"member": member.handle, "file": str(path), "bytes": len(packed)}
        self.stdout.write(json.dumps(report) if options["json"] else f"{path}, {len(packed)} bytes")
