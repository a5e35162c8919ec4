"""Key pairs of the issuer: made, sealed with the site's secret, and shown to others as JSON Web Keys.

RSA with SHA-256, because that is what every verifier of Open Badges 3.0 must support (section 8.2.1)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

ALGORITHM = "RS256"
BITS = 3072  # as strong as 128 bits; certificates are valid for years
PURPOSE = b"labs.credentials.keys: private keys of the issuer"


class CannotOpen(Exception):
    """The private key was sealed with another secret of the site, or is destroyed."""


@dataclass(frozen=True)
class Pair:
    """kid: thumbprint of the public key (RFC 7638). public: its JWK. sealed: the private key, for the database."""

    kid: str
    public: dict[str, str]
    sealed: str


def new_pair() -> Pair:
    """A new key pair; takes about a second."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    jwk = {name: str(public[name]) for name in ("kty", "n", "e")}
    raw = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Pair(thumbprint(jwk), jwk, _boxes().encrypt(raw).decode())


def thumbprint(jwk: dict[str, str]) -> str:
    """The name of a key that follows from the key itself (RFC 7638)."""
    canonical = json.dumps({name: jwk[name] for name in ("e", "kty", "n")}, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).rstrip(b"=").decode()


def opened(sealed: str) -> rsa.RSAPrivateKey:
    """The private key. CannotOpen where it was sealed with a secret that the site no longer has."""
    try:
        raw = _boxes().decrypt(sealed.encode())
    except InvalidToken as error:
        raise CannotOpen from error
    key = serialization.load_der_private_key(raw, None, unsafe_skip_rsa_key_validation=True)  # checked when made
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101
    return key


def public_key(kid_address: str, jwk: dict[str, Any]) -> dict[str, Any]:
    """The key as it is served, under the address that signatures name."""
    return {**jwk, "kid": kid_address, "use": "sig", "alg": ALGORITHM}


def sign(payload: dict[str, Any], key: rsa.RSAPrivateKey, kid_address: str) -> str:
    """A compact JWS whose header says no more than Open Badges 3.0 allows: alg, kid and typ."""
    return jwt.encode(payload, key, algorithm=ALGORITHM, headers={"kid": kid_address, "typ": "JWT"})


def _boxes() -> MultiFernet:
    """Seals with the site's secret; opens with earlier ones too."""
    return MultiFernet([_box(secret) for secret in _secrets()])


def _secrets() -> Iterable[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _box(secret: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
