"""Which addresses of work are taken: plain https ones that anybody could open. Nothing is ever fetched."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

LONGEST = 500
INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp")


def why_not(address: str) -> str:
    """The reason against an address in words, with what to do; empty where there is none."""
    if len(address) > LONGEST:
        return f"The link has {len(address):,} characters and {LONGEST} fit. Give a shorter one."
    if any(sign.isspace() for sign in address):
        return "The link has a space in it. Copy it again from the address bar."
    if not address.lower().startswith("https://"):
        return "The link must start with https://. Copy it from the address bar."
    parts = _split(address)
    if parts is None or "@" in parts.netloc:
        return "Give the link without a name or password in it: nothing may stand before an @."
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError:
        return "This is no whole address. It should look like https://code.example.org/you/your-work."
    return "" if is_public(parts.hostname or "") else "Only your own network knows this host. Give a link for others."


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def is_public(host: str) -> bool:
    """Whether the host could be reached from elsewhere, as far as its name tells."""
    host = host.rstrip(".").lower()
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(INSIDE)
