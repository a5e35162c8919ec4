"""The certificate as a sheet to print: a tagged PDF that keeps to PDF/UA-1 and PDF/A-2a.

Names in any script: typst brings fonts for Latin, Greek, Cyrillic, Hebrew, Arabic and Devanagari; those of the system
are used too, so `fonts-noto-cjk` on the machine adds Chinese, Japanese and Korean. Where no font has a sign of the
name, the sheet prints the member's handle and where the name stands in its own script; the name itself is the title of
the file and the text that readers speak. Nothing is left out, and never printed as empty boxes."""

from __future__ import annotations

import functools
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import qrcode
import typst
from django.utils import timezone
from qrcode.image.svg import SvgPathImage

from labs.credentials import addresses, badges
from labs.models import Certificate
from labs.queries.certificates import Endorsement

SHEET = Path(__file__).with_name("sheet.typ")
FONTS = ["Libertinus Serif", "New Computer Modern"]  # they come with typst; others are found by themselves
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'
MOST_EVIDENCE = 14  # lines that fit; the page at the address has them all


def sheet(certificate: Certificate, *, issuer: str, endorsement: Endorsement | None) -> bytes:
    """The sheet; takes some hundredths of a second."""
    data = words(certificate, issuer, endorsement)
    try:
        return _compiled(data)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _compiled(without_letters(data, certificate))


def words(certificate: Certificate, issuer: str, endorsement: Endorsement | None) -> dict[str, Any]:
    """Everything that stands on the sheet."""
    criteria, address = certificate.criteria, addresses.certificate(certificate.code)
    issued, until = timezone.localtime(certificate.issued_at), timezone.localtime(certificate.expires_at)
    return {
        "title": certificate.title, "name": certificate.name, "issuer": issuer, "code": certificate.code,
        "name_image": None, "kind": criteria.kind,
        "summary": f"{certificate.name} holds this certificate of {issuer}. {criteria.text}",
        "date": [issued.year, issued.month, issued.day], "fonts": FONTS,
        "badge": badges.svg(sign_of(certificate), ""), "badge_alt": f"Badge: {certificate.title}",
        "criteria": criteria.text, "version": f"Criteria of this {criteria.kind}, version {criteria.version}.",
        "evidence": _evidence(certificate), "endorsement": endorsement.words if endorsement else "",
        "dates": f"Issued on {issued:%-d %B %Y}, valid until {until:%-d %B %Y}.",
        "address": address, "address_words": address.partition("://")[2], "qr": _code(address),
        "timestamp": int(issued.timestamp()), "qr_alt": f"QR code of the address {address}",
    }  # fmt: skip


def without_letters(data: dict[str, Any], certificate: Certificate) -> dict[str, Any]:
    """The same for a name, or other words, for which there is no font."""
    return data | {
        "name_image": EMPTY, "name_instead": f"@{certificate.member.handle}",
        "name_note": "The name stands in its own script on the page below, and in the title of this file.",
        **{field: _plain(data[field]) for field in ("title", "issuer", "criteria", "endorsement")},
        "evidence": [_plain(line) for line in data["evidence"]],
    }  # fmt: skip


def sign_of(certificate: Certificate) -> str:
    return sign(certificate.criteria)


def sign(criteria: Any) -> str:
    """The sign on the badge: that of the module, or the one of all paths."""
    return str(criteria.module.glyph) if criteria.module_id else "path"


def _evidence(certificate: Certificate) -> list[str]:
    lines = [
        f"{one['title']}: {one['done'].lower()} on {date.fromisoformat(one['date']):%-d %B %Y}"
        for one in certificate.evidence
    ]
    if len(lines) > MOST_EVIDENCE:
        lines = [*lines[: MOST_EVIDENCE - 1], f"and {len(lines) - MOST_EVIDENCE + 1} more, on the page below"]
    return lines


def _plain(text: str) -> str:
    """Only signs that every font has."""
    return "".join(sign if ord(sign) < 0x0530 or "\u2010" <= sign <= "\u2026" else "?" for sign in text)


def _compiled(data: dict[str, Any]) -> bytes:
    return typst.compile(
        SHEET, format="pdf", pdf_standards=["ua-1", "a-2a"], sys_inputs={"data": json.dumps(data)}, font_paths=_fonts(),
        timestamp=data["timestamp"],
    )  # fmt: skip


@functools.cache
def _fonts() -> typst.Fonts:
    """Looked for once in a process; that takes longer than a sheet."""
    return typst.Fonts(include_system_fonts=True)


def _code(address: str) -> str:
    made = io.BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, box_size=10, border=0).save(made)
    return made.getvalue().decode()
