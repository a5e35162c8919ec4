"""Certificates as people see them: a page for each, and one for what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cop.site.context import brand
from labs.credentials import addresses
from labs.models import Certificate, CertificateCriteria
from labs.queries import certificates as queries

LINKEDIN = "https://www.linkedin.com/profile/add"
CONFIRMS = 60  # signs of a code that are looked at, spaces and dashes among them


def unlisted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For what is open to everybody who has its address, and no matter of search engines."""

    @wraps(view)
    def told(*args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(*args, **kwargs)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return told


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Where somebody with a code in hand types it in, and what a certificate of ours is."""
    typed = request.GET.get("code", "").strip()[:CONFIRMS]
    if typed:
        return redirect("certificates:detail", typed.replace(" ", "").replace("-", "").replace("/", "").lower() or "-")
    return render(request, "certificates/check.html", {"criteria": queries.in_force(), "section": "learn"})


@require_safe
@unlisted
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate, for everybody who has its address: whether it counts, whose it is and what it rests on."""
    certificate = queries.by_code(code)
    return page(request, certificate) if certificate else not_ours(request)


def page(request: HttpRequest, certificate: Certificate, status: int = 200) -> HttpResponse:
    is_own = request.user.pk is not None and request.user.pk == certificate.member_id
    replaced_by = getattr(certificate, "renewed_by", None)
    context = {
        "certificate": certificate, "criteria": certificate.criteria, "state": certificate.state,
        "address": addresses.certificate(certificate.code), "replaced_by": replaced_by, "is_own": is_own,
        "evidence": [one | {"date": date.fromisoformat(one["date"])} for one in certificate.evidence],
        "endorsement": queries.endorsement_of(certificate), "key_set": addresses.key_set(),
        "issuer_address": addresses.issuer(), "now": timezone.now(), "section": "learn",
        "add_to_profile": linkedin(certificate) if is_own and certificate.state == "valid" else "",
        "has_new_name": is_own and not replaced_by and certificate.state == "valid"
        and certificate.name != certificate.member.name,
    }  # fmt: skip
    return render(request, "certificates/detail.html", context, status=status)


def not_ours(request: HttpRequest) -> HttpResponse:
    return render(request, "certificates/not_ours.html", {"section": "learn"}, status=404)


@require_safe
def criteria(request: HttpRequest, number: int) -> HttpResponse:
    """What a certificate asks for, in one version; earlier versions stay readable."""
    found = CertificateCriteria.objects.select_related("module", "path")
    one = get_object_or_404(found, pk=number) if number < 2**63 else None
    if one is None:
        return render(request, "errors/404.html", status=404)
    context = {
        "criteria": one, "in_force": queries.criteria_of(one.subject) if one.ended_at else one,
        "labs": queries.labs_to_hand_in(one), "section": "learn",
    }  # fmt: skip
    return render(request, "certificates/criteria.html", context)


def linkedin(certificate: Certificate) -> str:
    """A plain link that opens LinkedIn's own form, filled in; nothing is sent before its owner follows it."""
    issued, until = timezone.localtime(certificate.issued_at), timezone.localtime(certificate.expires_at)
    fields = {
        "startTask": "CERTIFICATION_NAME", "name": certificate.title, "organizationName": brand().name,
        "issueYear": issued.year, "issueMonth": issued.month, "expirationYear": until.year,
        "expirationMonth": until.month, "certUrl": addresses.certificate(certificate.code),
        "certId": certificate.code,
    }  # fmt: skip
    return f"{LINKEDIN}?{urlencode(fields)}"
