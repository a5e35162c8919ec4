"""Registrations as CSV that a spreadsheet opens without running anything.

Files travel further than people: who is not in the directory stands in one without name, handle and address."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cop.lib.spreadsheets import harmless
from members.audience import name_for

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
    is_known = member.is_active and member.in_directory
    person = [member.name, member.handle, member.email] if is_known else [name_for(member, AnonymousUser()), "", ""]
    return [
        registration.event.title, *person, registration.get_status_display(),
        str(registration.position or ""), f"{timezone.localtime(registration.registered_at):%Y-%m-%d %H:%M}",
        "yes" if registration.attended_at else "",
    ]  # fmt: skip
