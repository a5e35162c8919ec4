"""SMTP at the level of its steps, so that it is known which of them failed: before the body nothing was delivered."""

from __future__ import annotations

import contextlib
import functools
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.core.mail.utils import DNS_NAME

Trouble = (smtplib.SMTPException, OSError)


class Answer(Enum):
    SENT = "sent"  # 250 after the body
    REFUSED = "refused"  # this mail will never be taken
    LATER = "later"  # nothing was delivered; try again
    SILENT = "silent"  # the body is gone and nobody said what became of it


@dataclass(frozen=True)
class Outcome:
    answer: Answer
    words: str = ""
    dead_address: bool = False  # the server says that nobody has this address


class Away(Exception):
    """No mail server to talk to."""


class Line:
    """One connection to the mail server, kept over many mails and made anew when it was lost."""

    def __init__(self, sender: str) -> None:
        self.sender = sender
        self.server: smtplib.SMTP | None = None
        self.used = False

    def open(self) -> smtplib.SMTP:
        """The connection; raises Away where the server cannot be reached or does not let us in."""
        if self.server is not None:
            return self.server
        try:
            self.server = _connect()
        except Trouble as error:
            raise Away(str(error)) from error
        self.used = False
        return self.server

    def close(self) -> None:
        if self.server is not None:
            with contextlib.suppress(*Trouble):
                self.server.quit()
        self.drop()

    def drop(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server = None

    def hand_over(self, recipient: str, mail: bytes) -> Outcome:
        """Give one mail to the server. `mail` is ready for the wire, its last line is the dot.

        A connection that the server closed while it was idle is made anew once; nothing had been said on it.
        """
        server = self.open()
        try:
            code, words = self._mail_from(server, len(mail))
        except Trouble as error:
            self.drop()
            return self._once_more(recipient, mail, str(error))
        self.used = True
        if code != 250:
            return self._not_taken("MAIL", code, words)
        return self._recipient_and_body(server, recipient, mail)

    def _once_more(self, recipient: str, mail: bytes, error: str) -> Outcome:
        if self.used:
            with contextlib.suppress(Away):
                self.open()
                return self.hand_over(recipient, mail)
        return Outcome(Answer.LATER, f"connection lost at MAIL: {error}")

    def _mail_from(self, server: smtplib.SMTP, size: int) -> tuple[int, bytes]:
        return server.mail(self.sender, [f"size={size}"] if server.has_extn("size") else [])

    def _recipient_and_body(self, server: smtplib.SMTP, recipient: str, mail: bytes) -> Outcome:
        step = "RCPT"
        try:
            code, words = server.rcpt(recipient)
            if code not in (250, 251):
                return self._not_taken(step, code, words)
            step = "DATA"
            code, words = server.docmd("DATA")
            if code != 354:
                return self._not_taken(step, code, words)
            step = "the body"
            server.send(mail)  # an error here means that its last bytes, the ending dot, never left
        except Trouble as error:
            self.drop()
            return Outcome(Answer.LATER, f"connection lost at {step}: {error}")
        return self._answer_to_body(server)

    def _answer_to_body(self, server: smtplib.SMTP) -> Outcome:
        try:
            code, words = server.getreply()
        except Trouble as error:
            self.drop()
            return Outcome(Answer.SILENT, f"no answer after the body: {error}")
        if 200 <= code < 300:
            return Outcome(Answer.SENT)
        if 400 <= code < 600:
            return self._not_taken("the body", code, words)
        self.drop()
        return Outcome(Answer.SILENT, f"odd answer after the body: {code} {_text(words)}")

    def _not_taken(self, step: str, code: int, words: bytes) -> Outcome:
        said = f"{code} {_text(words)} (at {step})"
        self._start_over(code)
        if step == "MAIL" or not 500 <= code < 600:  # what is wrong with the sender is no fault of this recipient
            return Outcome(Answer.LATER, said)
        return Outcome(Answer.REFUSED, said, dead_address=step == "RCPT" and _nobody_there(code, _text(words)))

    def _start_over(self, code: int) -> None:
        if code == 421 or self.server is None:
            self.drop()
            return
        try:
            self.server.rset()
        except Trouble:
            self.drop()


@functools.lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """What the system trusts; read once, because reading it takes longer than a connection."""
    return ssl.create_default_context()


def _connect() -> smtplib.SMTP:
    """Connect, say hello, encrypt and sign in as the settings say."""
    safe = _trusted() if settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS else None
    host, port, patience = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT
    name = DNS_NAME.get_fqdn()
    server: smtplib.SMTP
    if settings.EMAIL_USE_SSL:
        server = smtplib.SMTP_SSL(host, port, local_hostname=name, timeout=patience, context=safe)
    else:
        server = smtplib.SMTP(host, port, local_hostname=name, timeout=patience)
    try:
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            server.starttls(context=safe)
            server.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        if server.sock is not None:
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except Trouble:
        server.close()
        raise
    return server


def _text(words: bytes) -> str:
    return words.decode("utf-8", "replace").replace("\n", " ")


def _nobody_there(code: int, words: str) -> bool:
    """550, 551 or 553 with the enhanced code 5.1.x or none; others, such as 5.7.x, are not about the address."""
    enhanced = re.match(r"5\.(\d{1,3})\.\d{1,3}\b", words)
    return code in (550, 551, 553) and (enhanced is None or enhanced[1] == "1")
