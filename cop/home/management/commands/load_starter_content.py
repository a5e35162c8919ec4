"""Load the starter community from content/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cop.home.starter import loader
from cop.lib.records import ContentError


class Command(BaseCommand):
    help = "Load the starter community; repeats safely and never overwrites what people changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="list differences and end with 1 where there are any")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "content")
        parser.add_argument(
            "--from", type=Path, dest="repository", metavar="DIR",
            help="load a repository of content of your own; what stands in it is not touched by the product’s any more",
        )  # fmt: skip

    def handle(self, *args: Any, check: bool, dry_run: bool, folder: Path, **options: Any) -> None:
        repository: Path | None = options.get("repository")
        if repository and not (repository / "modules").is_dir():
            raise CommandError(f"{repository} has no folder “modules”; export_content makes one.")
        origin = repository.resolve().name[:80] if repository else ""
        try:
            steps = loader.load(repository or folder, dry_run=dry_run or check, origin=origin)
        except ContentError as error:
            raise CommandError(f"Nothing was written.\n{error}") from error
        different = [step for step in steps if step.is_different]
        counts = loader.counts(steps)
        if options["json"]:
            self.stdout.write(json.dumps({**counts, "different": [vars(step) for step in different]}))
        elif options["verbosity"]:
            for step in different:
                if check or dry_run or step.action in ("kept", "gone"):
                    self.stdout.write(f"{step.action}: {step.kind} {step.key} ({step.file})")
            self.stdout.write(", ".join(f"{number} {action}" for action, number in counts.items()))
        if check and different:
            raise SystemExit(1)
