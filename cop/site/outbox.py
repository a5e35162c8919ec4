"""Every mail to one person passes here: written with the change that causes it, sent by a worker after the commit.

While the mail server or the broker is away nothing fails on the page; the sweep sends what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.html import escape

from cop.lib.tasks import wake_on_commit
from cop.site.letters import Letter
from cop.site.models import Mail
from cop.site.tasks import send_waiting_mail

# The letter travels to the database once; each copy gets its own words there.
COPIES = """
    INSERT INTO site_mail (kind, key, "to", subject, text, html, calendar, calendar_method, unsubscribe, state, tries,
                           error, created_at, changed_at, next_try_at)
    SELECT %(kind)s, copy.key, copy.mail_to, %(subject)s, {text}, {html}, %(calendar)s, %(method)s, copy.unsubscribe,
           'waiting', 0, '', %(now)s, %(now)s, copy.due
    FROM unnest(%(key)s::text[], %(mail_to)s::text[], %(unsubscribe)s::text[], %(due)s::timestamptz[] {types})
         AS copy (key, mail_to, unsubscribe, due {names})
    ON CONFLICT (key) DO NOTHING
"""


@dataclass(frozen=True)
class Copy:
    """One copy of a letter that goes to many.

    key: names the occasion, as for `queue`. due: before it the mail waits; at once if left out.
    unsubscribe: address that stops such mails with one click. marks: what stands in this copy in the place of a mark.
    """

    to: str
    key: str
    due: datetime | None = None
    unsubscribe: str = ""
    marks: dict[str, str] = field(default_factory=dict)


def queue(letter: Letter, *, to: str, kind: str, key: str, calendar: str = "", calendar_method: str = "") -> bool:
    """Put a mail into the outbox of the running transaction.

    key: names the occasion; a second mail with the same key is left out. Returns whether the mail is new.
    """
    return queue_many(letter, [Copy(to, key)], kind=kind, calendar=calendar, calendar_method=calendar_method) == 1


def queue_many(
    letter: Letter, copies: Sequence[Copy], *, kind: str, calendar: str = "", calendar_method: str = ""
) -> int:
    """Put copies of one letter into the outbox, in one statement; every copy has the same marks. Returns the new ones.

    A mark stands in the letter's text and HTML where the words of the copy go; into HTML they go escaped.
    """
    if not copies:
        return 0
    now, marks = timezone.now(), list(copies[0].marks)
    values: dict[str, Any] = {
        "kind": kind, "subject": letter.subject[:200], "text": letter.text, "html": letter.html, "calendar": calendar,
        "method": calendar_method, "now": now, "key": [copy.key for copy in copies],
        "mail_to": [copy.to for copy in copies], "unsubscribe": [copy.unsubscribe for copy in copies],
        "due": [copy.due or now for copy in copies],
    }  # fmt: skip
    for n, mark in enumerate(marks):
        values |= {f"mark{n}": mark, f"text{n}": [copy.marks[mark] for copy in copies]}
        values[f"html{n}"] = [str(escape(copy.marks[mark])) for copy in copies]
    with connection.cursor() as cursor:
        cursor.execute(_copies(len(marks)), values)
        new = int(cursor.rowcount)
    if new:
        wake_on_commit(send_waiting_mail)
    return new


def was_queued(key: str) -> bool:
    """Whether there is a mail for this occasion already."""
    return Mail.objects.filter(key=key).exists()


def _copies(marks: int) -> str:
    text, html = "%(text)s", "%(html)s"
    for n in range(marks):
        text = f"replace({text}, %(mark{n})s, copy.text{n})"
        html = f"replace({html}, %(mark{n})s, copy.html{n})"
    types = "".join(f", %(text{n})s::text[], %(html{n})s::text[]" for n in range(marks))
    names = "".join(f", text{n}, html{n}" for n in range(marks))
    return COPIES.format(text=text, html=html, types=types, names=names)
