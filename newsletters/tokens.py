"""Signed tokens in addresses of mails: who holds one may act for that subscription, and for nothing else."""

from __future__ import annotations

import uuid

from django.core import signing
from django.core.signing import BadSignature

CONFIRM = "newsletters.confirm"
UNSUBSCRIBE = "newsletters.unsubscribe"
DAYS_TO_CONFIRM = 14


def for_unsubscribing(key: uuid.UUID) -> str:
    return signing.Signer(salt=UNSUBSCRIBE).sign(key.hex)


def key_to_unsubscribe(token: str) -> uuid.UUID | None:
    """The subscription's key, or None where the token is not ours."""
    try:
        return uuid.UUID(hex=signing.Signer(salt=UNSUBSCRIBE).unsign(token))
    except (BadSignature, ValueError):
        return None


def for_confirming(key: uuid.UUID) -> str:
    return signing.TimestampSigner(salt=CONFIRM).sign(key.hex)


def key_to_confirm(token: str) -> uuid.UUID | None:
    """The subscription's key, or None where the token is not ours or older than 14 days."""
    try:
        signed = signing.TimestampSigner(salt=CONFIRM).unsign(token, max_age=DAYS_TO_CONFIRM * 24 * 3600)
        return uuid.UUID(hex=signed)
    except (BadSignature, ValueError):
        return None
