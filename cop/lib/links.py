"""Asking an address on the internet whether it answers, without being sent anywhere that it should not reach."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

TIMEOUT = 5.0  # seconds
REDIRECTS = 3
# The host answers, and only does not let programs in.
GUARDED = {401, 403, 405, 429, 999}
AGENT = "link check of a community of practice"


def resolve(host: str) -> list[str]:
    """All addresses of a host; OSError where it has none."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address lies outside private, local and reserved networks."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return is_public(str(found.ipv4_mapped))
    return found.is_global and not found.is_multicast


@dataclass(frozen=True)
class Network:
    """How addresses are reached. A test puts a stub on loopback in the place of the internet.

    port: 0 for the one that belongs to the address. tls: None for no encryption anywhere."""

    resolve: Callable[[str], list[str]] = resolve
    may_reach: Callable[[str], bool] = is_public
    port: int = 0
    tls: ssl.SSLContext | None = field(default_factory=ssl.create_default_context)
    timeout: float = TIMEOUT

    def door(self, parts: SplitResult) -> tuple[int, ssl.SSLContext | None]:
        """Port and encryption for an address."""
        is_plain = parts.scheme == "http"
        return self.port or parts.port or (80 if is_plain else 443), None if is_plain else self.tls


def stub(host: str, port: int) -> Network:
    """Everything goes to one place, unencrypted; for tests."""
    return Network(resolve=lambda _: [host], may_reach=lambda _: True, port=port, tls=None)


def is_page(address: str) -> bool:
    """Whether an address may be asked at all: that of a page on the web."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def fault_of_link(address: str, *, is_allowed: Callable[[str], bool], network: Network) -> str:
    """Why an address does not answer, in words; empty where it does.

    is_allowed: whether an address may be asked, also one to which another leads. Asks with HEAD, then with GET where
    HEAD finds nothing, and follows three redirects at most. Only the addresses that were checked are connected to, so
    a name that changes its mind meanwhile leads nowhere else.
    """
    fault = ""
    for method in ("HEAD", "GET"):
        fault = _follow(method, address, is_allowed, network)
        if not fault:
            return ""
    return fault


def _follow(method: str, address: str, is_allowed: Callable[[str], bool], network: Network) -> str:
    for _ in range(REDIRECTS + 1):
        if not is_allowed(address):
            return f"It leads to {urlsplit(address).hostname or address}, where it may not be followed."
        try:
            status, onward = _ask(method, address, network)
        except _NotPublic:
            return "Its name leads into a private network."
        except (OSError, http.client.HTTPException, ValueError) as error:
            return f"It cannot be reached ({type(error).__name__})."
        if status not in (301, 302, 303, 307, 308) or not onward:
            return "" if status < 400 or status in GUARDED else f"It answers with {status}."
        address = urljoin(address, onward)
    return f"It leads on more than {REDIRECTS} times."


class _NotPublic(Exception):
    pass


def _ask(method: str, address: str, network: Network) -> tuple[int, str]:
    """Status, and where a redirect leads. The body is not read."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    found = network.resolve(host)
    if not found or not all(network.may_reach(one) for one in found):
        raise _NotPublic
    port, tls = network.door(parts)
    raw = socket.create_connection((found[0], port), timeout=network.timeout)
    connection = http.client.HTTPConnection(host, port, timeout=network.timeout)
    try:
        connection.sock = tls.wrap_socket(raw, server_hostname=host) if tls else raw
        path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        connection.request(method, path, headers={"Host": parts.netloc, "User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()
        raw.close()
