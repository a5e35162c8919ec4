"""Addresses of outside resources: cleaned of what tracks people, and compared so that one page is kept once."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

LONGEST = 500
TRACKING = {
    "_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid", "li_fat_id",
    "mkt_tok", "msclkid", "oly_anon_id", "oly_enc_id", "ref", "ref_src", "ref_url", "s_cid", "sc_campaign",
    "trk", "trkcampaign", "ttclid", "twclid", "vero_id", "wbraid", "wickedid", "yclid",
}  # fmt: skip
TRACKING_BEGINS = ("utm_", "mc_", "pk_", "mtm_", "hsa_", "at_medium", "at_campaign")
# Parameters that mean something elsewhere and only track on these sites.
TRACKING_ON = {
    "youtube.com": {"si", "feature", "pp", "ab_channel"}, "youtu.be": {"si", "feature"},
    "spotify.com": {"si"}, "linkedin.com": {"trackingId", "lipi", "originalSubdomain"}, "medium.com": {"source"},
    "twitter.com": {"s", "t"}, "x.com": {"s", "t"},
}  # fmt: skip
PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+\.?", re.ASCII)


class BadAddress(ValueError):
    """No address of a page on the internet; the message says why, for who typed it."""


def cleaned(address: str) -> str:
    """The address without what does not name the page: fragment, default port and tracking parameters.

    Scheme and host are in small letters, the other parameters in the order of their names. A closing slash stays as it
    is, because some servers know the page only with it, or only without. Cleaning twice changes nothing more.
    Raises BadAddress for anything but http and https, for names and passwords in it, and for what is too long.
    """
    parts = _parts(address.strip())
    host = _host(parts)
    port = "" if parts.port in (None, PORTS[parts.scheme]) else f":{parts.port}"
    query = urlencode(sorted(_kept(parts, host)), quote_via=quote)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    made = urlunsplit((parts.scheme, host + port, path, query, ""))
    if len(made) > LONGEST:
        raise BadAddress(f"The address is longer than {LONGEST} characters. Give the one of the page itself.")
    return made


def key_of(address: str) -> str:
    """What is equal for two addresses of the same page: that of `cleaned` without scheme and closing slash."""
    parts = urlsplit(cleaned(address))
    return urlunsplit(("", parts.netloc, parts.path.rstrip("/"), parts.query, "")).removeprefix("//")


def host_of(address: str) -> str:
    """The host, for people to read: without `www.`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        good = parts.scheme in PORTS and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good:
        raise BadAddress("Write the whole address of a page, beginning with https://.")
    if parts.username is not None or parts.password is not None:
        raise BadAddress("The address holds a name or a password. Give it without them.")
    return parts


def _host(parts: SplitResult) -> str:
    """In small letters and ASCII; a name without a dot, or a bare number, belongs to no public page."""
    try:
        host = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        host = ""
    if not HOST.fullmatch(host) or host.rpartition(".")[2].isdigit():
        raise BadAddress("The name of the site in this address cannot be right. Copy it from the browser again.")
    return host


def _kept(parts: SplitResult, host: str) -> list[tuple[str, str]]:
    there = [names for site, names in TRACKING_ON.items() if host == site or host.endswith(f".{site}")]
    here = TRACKING.union(*there)
    found = parse_qsl(parts.query, keep_blank_values=True)
    return [(name, value) for name, value in found if name not in here and not name.lower().startswith(TRACKING_BEGINS)]
