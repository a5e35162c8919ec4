"""Every mail to one person passes here: written with the change that causes it, sent by a worker after the commit.

While the mail server or the broker is away nothing fails on the page; the sweep sends what waits."""

from cop.lib.tasks import wake_on_commit
from cop.site.letters import Letter
from cop.site.models import Mail
from cop.site.tasks import send_waiting_mail


def queue(letter: Letter, *, to: str, kind: str, key: str, calendar: str = "", calendar_method: str = "") -> bool:
    """Put a mail into the outbox of the running transaction.

    key: names the occasion; a second mail with the same key is left out. Returns whether the mail is new.
    """
    _, created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "to": to, "subject": letter.subject[:200], "text": letter.text, "html": letter.html,
            "calendar": calendar, "calendar_method": calendar_method,
        },
    )  # fmt: skip
    if created:
        wake_on_commit(send_waiting_mail)
    return created
