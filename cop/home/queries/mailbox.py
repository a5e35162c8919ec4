"""Reading the mails that the demo's catcher keeps as files."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import overload

KEY = re.compile(r"[0-9]{20}-[0-9]{6}")


@dataclass(frozen=True)
class Attachment:
    name: str
    kind: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def safe_name(self) -> str:
        """For a header: letters, digits and little else."""
        return re.sub(r"[^A-Za-z0-9._-]+", "-", self.name).strip("-.") or "attachment"


@dataclass(frozen=True)
class CaughtMail:
    """One mail as it arrived."""

    key: str
    at: datetime
    to: str
    sender: str
    subject: str
    text: str = ""
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)


class Newest(Sequence[CaughtMail]):
    """Mails, newest first; a page of the list reads only its own files."""

    def __init__(self, files: list[Path]) -> None:
        self.files = files

    def __len__(self) -> int:
        return len(self.files)

    @overload
    def __getitem__(self, place: int) -> CaughtMail: ...
    @overload
    def __getitem__(self, place: slice) -> list[CaughtMail]: ...
    def __getitem__(self, place: int | slice) -> CaughtMail | list[CaughtMail]:
        if isinstance(place, slice):
            return [made for made in map(parse, self.files[place]) if made]
        made = parse(self.files[place])
        if made is None:
            raise IndexError(place)
        return made


def newest(folder: Path, *, to: str = "") -> Newest:
    """The caught mails, newest first; with `to`, those whose receiver's address holds these letters."""
    files = sorted((file for file in folder.glob("*.eml") if KEY.fullmatch(file.stem)), reverse=True)
    return Newest([file for file in files if to.lower() in receiver(file).lower()] if to else files)


def read(folder: Path, key: str) -> CaughtMail | None:
    return parse(folder / f"{key}.eml") if KEY.fullmatch(key) else None


def receiver(file: Path) -> str:
    """Whom the envelope named; stands in the first two lines, so that a filter reads no whole mail."""
    try:
        with file.open("rb") as lines:
            head = [lines.readline().decode(errors="replace") for _ in range(2)]
    except FileNotFoundError:  # the catcher keeps a limited number
        return ""
    return next((line.partition(": ")[2].strip() for line in head if line.startswith("X-Envelope-To: ")), "")


def parse(file: Path) -> CaughtMail | None:
    """None for a file that the catcher has deleted meanwhile."""
    try:
        source = file.read_bytes()
    except FileNotFoundError:
        return None
    at = datetime.fromtimestamp(int(file.stem.partition("-")[0]) / 1e9, tz=UTC)
    try:
        return readable(file, source, at)
    except (ValueError, LookupError, AttributeError, email.errors.MessageError):
        raw = source.decode(errors="replace")
        return CaughtMail(file.stem, at, receiver(file), "", "(a mail that breaks the rules)", raw, "", [], [])


def readable(file: Path, source: bytes, at: datetime) -> CaughtMail:
    message = email.message_from_bytes(source, _class=EmailMessage, policy=email.policy.default)
    return CaughtMail(
        key=file.stem,
        at=at,
        to=receiver(file),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or "(no subject)"),
        text=body(message, "plain"),
        html=body(message, "html"),
        attachments=[attachment(part) for part in message.iter_attachments()],
        headers=[(name, str(value)) for name, value in message.items()],
    )


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return content(part).decode(errors="replace") if part else ""


def attachment(part: MIMEPart) -> Attachment:
    return Attachment(part.get_filename() or "without a name", part.get_content_type(), content(part))


def content(part: MIMEPart) -> bytes:
    """The decoded bytes; text as UTF-8 whatever its own encoding."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return b""
    if part.get_content_maintype() != "text":
        return raw
    try:
        return raw.decode(part.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeDecodeError):
        return raw
