"""The public list of revoked certificates, one bit each: Bitstring Status List v1.0 of the W3C.

A list has 131,072 places, the least that the recommendation allows, so that whoever asks for it does not show whose
certificate they look at."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from labs.credentials import addresses

SIZE = 131_072  # places in a list
FRESH = timedelta(minutes=5)  # for which a copy may be kept
HOLDS = timedelta(days=1)  # after which an old copy is refused by verifiers


def place(number: int) -> tuple[int, int]:
    """Which list a certificate stands in, and at which index."""
    return divmod(number, SIZE)


def entry(number: int) -> dict[str, str]:
    """What a credential says about where its status stands."""
    at, index = place(number)
    address = addresses.status_list(at)
    return {
        "id": f"{address}#{index}", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": str(index), "statusListCredential": address,
    }  # fmt: skip


def encoded(indexes: Iterable[int]) -> str:
    """The list with these bits set: highest bit first, gzip, base64url with the multibase prefix `u`."""
    bits = bytearray(SIZE // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> (index % 8)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def credential(at: int, indexes: Iterable[int], now: datetime) -> dict[str, Any]:
    """The list as the payload of a VC-JWT."""
    address, until = addresses.status_list(at), now + HOLDS
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": addresses.issuer(),
        "validFrom": stamp(now),
        "validUntil": stamp(until),
        "credentialSubject": {
            "id": f"{address}#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
            "ttl": int(FRESH.total_seconds() * 1000), "encodedList": encoded(indexes),
        },
        "iss": addresses.issuer(), "sub": f"{address}#list", "jti": address, "nbf": int(now.timestamp()),
        "exp": int(until.timestamp()),
    }  # fmt: skip


def stamp(moment: datetime) -> str:
    """A date and time as XML Schema writes it, in whole seconds of UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
