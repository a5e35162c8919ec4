"""Certificates as files, and what software needs to check them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from cop.site.context import brand
from labs.credentials import addresses, badges, baking, pdf
from labs.credentials import credential as credentials
from labs.credentials import keys as key_pairs
from labs.credentials.status import FRESH
from labs.models import Certificate, CertificateCriteria, IssuerKey
from labs.operations import issuer_keys, revocations
from labs.queries import certificates as queries
from labs.views.certificates import not_ours, page, unlisted

FOR_ALL = "*"  # browsers' programs of other sites may read what is made for checking
BadgeOf = Callable[[HttpRequest, Certificate], HttpResponse]


def of_certificate(view: BadgeOf) -> Callable[..., HttpResponse]:
    """For files of one certificate. A revoked one has none any more: 410, with the page that says why. While nothing
    can be signed: 503."""

    @require_safe
    @unlisted
    @wraps(view)
    def found(request: HttpRequest, code: str) -> HttpResponse:
        certificate = queries.by_code(code)
        if certificate is None:
            return not_ours(request)
        if certificate.revoked_at:
            return page(request, certificate, status=410)
        try:
            return view(request, certificate)
        except Refused as refusal:
            return render(request, "certificates/no_key.html", {"reason": refusal.message}, status=503)

    return found


@of_certificate
def sheet(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    made = pdf.sheet(certificate, issuer=brand().name, endorsement=queries.endorsement_of(certificate))
    return file(made, "application/pdf", certificate, "pdf", inline=True)


@of_certificate
def badge_png(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    baked = baking.bake_png(badges.png(pdf.sign_of(certificate)), signed(certificate))
    return file(baked, "image/png", certificate, "png")


@of_certificate
def badge_svg(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    picture = badges.svg(pdf.sign_of(certificate), f"Badge: {certificate.title}")
    return file(baking.bake_svg(picture, signed(certificate)).encode(), "image/svg+xml", certificate, "svg")


@of_certificate
def token(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The credential as a VC-JWT; text/plain, as section 5.2 of Open Badges 3.0 has it."""
    return file(signed(certificate).encode(), "text/plain; charset=us-ascii", certificate, "jwt")


@of_certificate
def document(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    """The same to read, without the signature."""
    body = credentials.credential(certificate, brand())
    return open_json(body, "application/ld+json")


def signed(certificate: Certificate) -> str:
    """The certificate as a compact JWS by the key of today, with the reviewer's word inside."""
    own, signer = brand(), issuer_keys.signer()
    endorsement = queries.endorsement_of(certificate)
    words = []
    if endorsement:
        word = credentials.endorsement(certificate, own, endorsement.words)
        words = [signer.sign(credentials.payload(word, certificate))]
    return signer.sign(credentials.payload(credentials.credential(certificate, own, words), certificate))


def file(content: bytes, kind: str, certificate: Certificate, ending: str, *, inline: bool = False) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = f"{slugify(certificate.title) or 'certificate'}.{ending}"
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


# For checking


@require_safe
def issuer(request: HttpRequest) -> HttpResponse:
    """Who issues, with the keys that speak for them."""
    methods = [
        {
            "id": addresses.key(row.kid), "type": "JsonWebKey", "controller": addresses.issuer(),
            "publicKeyJwk": key_pairs.public_key(addresses.key(row.kid), row.public),
        }
        for row in served_keys()
    ]  # fmt: skip
    body = {
        "@context": [*credentials.CONTEXT[:2], "https://w3id.org/security/jwk/v1"], **credentials.profile(brand()),
        "verificationMethod": methods, "assertionMethod": [method["id"] for method in methods],
    }  # fmt: skip
    return open_json(body, minutes=5)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys, that of today and retired ones; made at first use."""
    if not IssuerKey.objects.filter(retired_at=None).exists():
        issuer_keys.first_key()
    found = [key_pairs.public_key(addresses.key(row.kid), row.public) for row in served_keys()]
    return open_json({"keys": found}, "application/jwk-set+json", minutes=5)


@require_safe
def key(request: HttpRequest, kid: str) -> HttpResponse:
    """The one key that a signature names."""
    row = get_object_or_404(served_keys(), kid=kid)
    return open_json(key_pairs.public_key(addresses.key(row.kid), row.public), "application/jwk+json", minutes=5)


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """A list of revoked certificates as a VC-JWT."""
    try:
        found = revocations.signed_list(number)
    except Refused as refusal:
        return render(request, "certificates/no_key.html", {"reason": refusal.message}, status=503)
    if found is None:
        return render(request, "errors/404.html", status=404)
    return opened(HttpResponse(found, content_type="application/vc+jwt"), int(FRESH.total_seconds() // 60))


@require_safe
def criteria_png(request: HttpRequest, number: int) -> HttpResponse:
    return opened(HttpResponse(badges.png(pdf.sign(a_criteria(number))), content_type="image/png"), 60)


@require_safe
def criteria_svg(request: HttpRequest, number: int) -> HttpResponse:
    one = a_criteria(number)
    picture = badges.svg(pdf.sign(one), f"Badge: {one.subject.title}")
    return opened(HttpResponse(picture, content_type="image/svg+xml"), 60)


def a_criteria(number: int) -> CertificateCriteria:
    found = CertificateCriteria.objects.select_related("module", "path")
    return get_object_or_404(found, pk=min(number, 2**63 - 1))


def served_keys() -> Any:
    return IssuerKey.objects.filter(withdrawn_at=None)


def open_json(body: dict[str, Any], kind: str = "application/json", minutes: int = 0) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, indent=2)
    return opened(HttpResponse(text, content_type=kind), minutes)


def opened(answer: HttpResponse, minutes: int) -> HttpResponse:
    """For every program, and for caches that long."""
    answer["Access-Control-Allow-Origin"] = FOR_ALL
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = f"public, max-age={60 * minutes}" if minutes else "private, no-store"
    return answer
