"""A mail as bytes: everything that readers share is encoded once per issue, the personal parts are put in between."""

from __future__ import annotations

import quopri
import re
import secrets
import uuid
from datetime import datetime
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings

from cop.site.context import brand
from cop.site.letters import one_line
from newsletters import tokens
from newsletters.delivery.content import UNSUBSCRIBE, Content

MARK = "\x00{}\x00"  # no text from the database can hold a zero byte
LONGEST_LINE = 70
ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^-~]+@[A-Za-z0-9.-]+\Z")


class Unwritable(ValueError):
    """The address cannot stand in a mail."""


def sender() -> str:
    """The address of the envelope."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def plain_address(address: str) -> str:
    """The address in ASCII, a domain with other letters in its IDNA form. Raises Unwritable where there is none."""
    local, _, domain = address.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        plain = ""
    if not ADDRESS.match(plain):
        raise Unwritable("This address cannot be written in a mail header.")
    return plain


class Template:
    """The mail of one issue. `fill` costs a few joins; the body was encoded when the template was made."""

    def __init__(self, content: Content) -> None:
        self.host = urlsplit(settings.SITE_URL).hostname or "localhost"
        whole = (_headers(content.subject, self.host) + _parts(content)).encode("ascii")
        whole = re.sub(rb"(?m)^\.", b"..", whole)  # a line with a dot alone would end the mail
        self.pieces = re.split(rb"\x00(\w+)\x00", whole + b".\r\n")

    def fill(self, *, number: int, key: uuid.UUID, to: str, now: datetime) -> bytes:
        """The mail for one row, ready for the wire, with the dot that ends it.

        number: id of the row; the Message-ID is made from it, so a second copy would carry the same one.
        to: an address from `plain_address`.
        """
        address = f"{settings.SITE_URL}/newsletters/unsubscribe/{tokens.for_unsubscribing(key)}/"
        values = {
            b"to": to.encode(),
            b"date": format_datetime(now).encode(),
            b"id": f"newsletter-{number}@{self.host}".encode(),
            b"address": address.encode(),
            b"folded": _folded(address),
        }
        pieces = self.pieces.copy()
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return b"".join(pieces)


def _headers(subject: str, host: str) -> str:
    name = one_line(brand().name)
    fixed = {
        "From": str(Address(name, addr_spec=sender())),
        "Subject": one_line(subject),
        "List-Id": f"{one_line(brand().abbreviation)} newsletter <newsletter.{host}>",
    }
    lines = [SMTP.header_factory(title, value).fold(policy=SMTP) for title, value in fixed.items()]
    lines += [
        f"To: {MARK.format('to')}\r\n",
        f"Date: {MARK.format('date')}\r\n",
        f"Message-ID: <{MARK.format('id')}>\r\n",
        f"List-Unsubscribe: <{MARK.format('address')}>\r\n",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        "MIME-Version: 1.0\r\n",
    ]
    return "".join(lines)


def _parts(content: Content) -> str:
    boundary = f"part-{secrets.token_hex(12)}"
    opening = (
        "--{}\r\nContent-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n"
    )
    return (
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
        + opening.format(boundary, "plain", _encoded(content.text))
        + opening.format(boundary, "html", _encoded(content.html))
        + f"--{boundary}--\r\n"
    )


def _encoded(text: str) -> str:
    """Quoted-printable in pieces, so that no encoded line break falls into the personal address."""
    pieces = [_quoted(piece) for piece in text.replace("\r\n", "\n").split(UNSUBSCRIBE)]
    return f"=\r\n{MARK.format('folded')}=\r\n".join(pieces)


def _quoted(text: str) -> str:
    return quopri.encodestring(text.encode()).decode("ascii").replace("\n", "\r\n")


def _folded(address: str) -> bytes:
    """An address in quoted-printable lines, none of which begins with a dot."""
    pieces = [address[start : start + LONGEST_LINE] for start in range(0, len(address), LONGEST_LINE)]
    quoted = [piece.replace("=", "=3D") for piece in pieces]
    return "=\r\n".join("=2E" + piece[1:] if piece.startswith(".") else piece for piece in quoted).encode()
