"""Registrations as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cop.lib.spreadsheets import harmless

HEAD = ["Event", "Name", "Handle", "E-mail", "Status", "Position", "Registered at", "Attended"]


def as_csv(registrations: Iterable[Any]) -> str:
    """registrations: with event, member and position. Times are in the reader's zone. Returns the file's text."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows([harmless(cell) for cell in _row(registration)] for registration in registrations)
    return text.getvalue()


def _row(registration: Any) -> list[str]:
    member = registration.member
    return [
        registration.event.title, member.name, member.handle, member.email, registration.get_status_display(),
        str(registration.position or ""), f"{timezone.localtime(registration.registered_at):%Y-%m-%d %H:%M}",
        "yes" if registration.attended_at else "",
    ]  # fmt: skip
