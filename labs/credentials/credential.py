"""A certificate as an Open Badges 3.0 credential, in the form of a VC-JWT (section 8.2 of the specification).

The payload of the JWT is the credential itself, with the claims iss, jti, sub, nbf and exp beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cop.site.models import SiteBrand
from labs.credentials import addresses
from labs.credentials.status import entry, stamp
from labs.models import Certificate, CertificateCriteria

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"


def profile(brand: SiteBrand) -> dict[str, Any]:
    """Who issues: the community."""
    return {
        "id": addresses.issuer(), "type": ["Profile"], "name": brand.name, "url": addresses.whole("/"),
        "description": brand.strapline or brand.name,
    }  # fmt: skip


def achievement(criteria: CertificateCriteria, title: str) -> dict[str, Any]:
    """What was reached, in this version of the criteria."""
    address = addresses.criteria(criteria.pk)
    return {
        "id": address, "type": ["Achievement"], "name": title, "achievementType": "CertificateOfCompletion",
        "version": str(criteria.version), "inLanguage": "en", "description": criteria.text,
        "criteria": {"id": address, "narrative": criteria.text},
        "image": {"id": addresses.badge(criteria.pk), "type": "Image", "caption": f"Badge: {title}"},
    }  # fmt: skip


def credential(
    certificate: Certificate, brand: SiteBrand, endorsements: Sequence[str] = ()
) -> dict[str, Any]:  # fmt: skip
    """The credential without a proof. The holder is named as printed and by an address of this site, by nothing else.

    endorsements: of reviewers, signed."""
    address = addresses.certificate(certificate.code)
    body = {
        "@context": CONTEXT, "id": address, "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.title, "issuer": profile(brand),
        "validFrom": stamp(certificate.issued_at), "validUntil": stamp(certificate.expires_at),
        "awardedDate": stamp(certificate.issued_at),
        "credentialSubject": {
            "id": holder(certificate), "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": certificate.name}
            ],
            "achievement": achievement(certificate.criteria, certificate.title),
        },
        "evidence": [evidence(one) for one in certificate.evidence],
        "credentialStatus": entry(certificate.number),
        "credentialSchema": [
            {"id": f"{SCHEMAS}ob_v3p0_achievementcredential_schema.json", "type": "1EdTechJsonSchemaValidator2019"}
        ],
    }  # fmt: skip
    if endorsements:
        body["endorsementJwt"] = list(endorsements)
    return body


def evidence(one: dict[str, str]) -> dict[str, Any]:
    return {
        "id": addresses.whole(one["address"]), "type": ["Evidence"], "name": one["title"],
        "narrative": f"{one['done']} on {one['date']}.", "genre": one["kind"],
    }  # fmt: skip


def endorsement(certificate: Certificate, brand: SiteBrand, comment: str) -> dict[str, Any]:
    """That a reviewer stands behind the work; signed by the community, in whose name they review."""
    address = addresses.certificate(certificate.code)
    return {
        "@context": CONTEXT, "id": f"{address}#endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"], "name": f"Reviewed: {certificate.title}",
        "issuer": profile(brand), "validFrom": stamp(certificate.issued_at),
        "validUntil": stamp(certificate.expires_at),
        "credentialSubject": {"id": address, "type": ["EndorsementSubject"], "endorsementComment": comment},
        "credentialSchema": [
            {"id": f"{SCHEMAS}ob_v3p0_endorsementcredential_schema.json", "type": "1EdTechJsonSchemaValidator2019"}
        ],
    }  # fmt: skip


def payload(body: dict[str, Any], certificate: Certificate) -> dict[str, Any]:
    """The credential with the claims of a JWT, which repeat what stands in it."""
    return {
        **body, "iss": body["issuer"]["id"], "jti": body["id"], "sub": body["credentialSubject"]["id"],
        "nbf": int(certificate.issued_at.timestamp()), "exp": int(certificate.expires_at.timestamp()),
    }  # fmt: skip


def holder(certificate: Certificate) -> str:
    """An address that stands for whoever holds this one certificate; it says nothing about them."""
    return f"{addresses.certificate(certificate.code)}#holder"
