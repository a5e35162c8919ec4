"""Django's own command, quicker where there is no table yet."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from cop.lib.migrating import new_models_drawn_alone


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if connections[options["database"]].introspection.table_names():
            super().handle(*args, **options)
        else:
            with new_models_drawn_alone():
                super().handle(*args, **options)
