"""The keys with which the community signs: made at first use, one at a time, and changed by an organizer's command."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.db import connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from labs.credentials import addresses, keys
from labs.models import IssuerKey

LOCK = 7_205_310_044  # of PostgreSQL, for whoever makes or changes the key


@dataclass(frozen=True)
class Signer:
    """Signs with the key in use."""

    key: RSAPrivateKey
    kid_address: str

    def sign(self, payload: dict[str, object]) -> str:
        return keys.sign(payload, self.key, self.kid_address)


def signer() -> Signer:
    """The key in use, made if there is none yet. Refused while it cannot be opened with the site's secret."""
    row = IssuerKey.objects.filter(retired_at=None).first() or first_key()
    try:
        return Signer(keys.opened(row.sealed), addresses.key(row.kid))
    except keys.CannotOpen as error:
        raise Refused(
            "Certificates cannot be signed just now, because the key cannot be opened with the site’s secret. "
            "An organizer mends it with the command rotate_issuer_key; everything signed before stays valid."
        ) from error


@transaction.atomic
def rotate(*, withdraw: bool = False) -> tuple[IssuerKey, IssuerKey | None]:
    """Sign with a new key from now on. Returns the new key and the one it replaces.

    The old private key is destroyed; its public half stays served, so that what it signed can be checked.
    withdraw: for a key that somebody else may have had: it is served no more, and nothing it signed counts."""
    _one_at_a_time()
    old = IssuerKey.objects.select_for_update().filter(retired_at=None).first()
    if old is not None:
        old.retired_at, old.sealed = timezone.now(), ""
        old.withdrawn_at = old.retired_at if withdraw else None
        old.save(update_fields=["retired_at", "sealed", "withdrawn_at"])
    return _make(), old


@transaction.atomic
def first_key() -> IssuerKey:
    """The key in use, made if there is none yet; of many at once one makes it."""
    _one_at_a_time()
    return IssuerKey.objects.filter(retired_at=None).first() or _make()


def _make() -> IssuerKey:
    made = keys.new_pair()
    return IssuerKey.objects.create(kid=made.kid, public=made.public, sealed=made.sealed)


def _one_at_a_time() -> None:
    """Until the transaction ends; everybody else who wants to make or change the key waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
