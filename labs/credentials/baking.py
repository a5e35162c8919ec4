"""Putting a credential into a picture, as section 5.3 of Open Badges 3.0 describes it."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"


def bake_png(picture: bytes, jws: str) -> bytes:
    """The PNG with the credential as an uncompressed iTXt chunk behind its header."""
    if not picture.startswith(SIGNATURE):
        raise ValueError("This is no PNG.")
    end_of_header = len(SIGNATURE) + 12 + struct.unpack(">I", picture[8:12])[0]
    text = KEYWORD + b"\x00" + b"\x00\x00" + b"\x00" + b"\x00" + jws.encode()
    return picture[:end_of_header] + _chunk(b"iTXt", text) + picture[end_of_header:]


def bake_svg(picture: str, jws: str) -> str:
    """The SVG with the credential as its first element; the compact form of a JWS needs no escaping."""
    head, opening, rest = picture.partition("<svg ")
    inside, closing, body = rest.partition(">")
    baked = f'<openbadges:credential verify="{jws}"></openbadges:credential>'
    return f'{head}{opening}xmlns:openbadges="{NAMESPACE}" {inside}{closing}{baked}{body}'


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
