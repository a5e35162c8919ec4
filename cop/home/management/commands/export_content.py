"""Write modules, articles and labs as files, in the layout of content/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cop.home.starter import export


class Command(BaseCommand):
    help = "Write all modules, articles and labs as files, for a repository of content of your own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, folder: Path, dry_run: bool, **options: Any) -> None:
        written = export.write(folder, dry_run=dry_run)
        if options["json"]:
            files = [{"file": one.file, "action": one.action} for one in written.files]
            self.stdout.write(json.dumps({**written.counts, "drafts": written.drafts, "files": files}))
            return
        for one in written.files:
            if options["verbosity"] and one.action != "unchanged":
                self.stdout.write(f"{one.action}: {one.file}")
        drafts = f"; {written.drafts} drafts were left out" if written.drafts else ""
        self.stdout.write(", ".join(f"{number} {action}" for action, number in written.counts.items()) + drafts)
