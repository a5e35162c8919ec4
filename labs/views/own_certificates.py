"""What members do with their own certificates."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from cop.lib.words import count
from labs.models import Certificate
from labs.operations import certificates as operations
from labs.queries import certificates as queries
from labs.views.certificates import not_ours
from members.guards import MemberRequest, member_post, member_required


@require_safe
@member_required
def mine(request: MemberRequest) -> HttpResponse:
    """One's own certificates, and what is missing for the others."""
    held = queries.own(request.user)
    have = {queries.key_of(one.criteria) for one in held}
    ways = [one for one in queries.progress_of(request.user) if queries.key_of(one.criteria) not in have]
    context = {
        "held": held, "begun": [one for one in ways if one.is_near],
        "others": [one for one in ways if not one.is_near],
        "due": any(one.is_met for one in ways), "section": "me",
    }  # fmt: skip
    return render(request, "certificates/mine.html", context)


@member_post("certificates:mine", with_arguments=False)
def look(request: MemberRequest) -> HttpResponse:
    """Issue what is due, for whoever does not want to wait for the next occasion."""
    made = operations.award_due(request.user)
    if made:
        messages.success(request, f"{count(len(made), 'certificate').capitalize()} issued.")
    else:
        messages.info(request, "Nothing is due. What is missing stands below.")
    return redirect("certificates:mine")


@member_post("certificates:detail")
def renew(request: MemberRequest, code: str) -> HttpResponse:
    return _replace(request, code, operations.renew, "Renewed. This is the new one.")


@member_post("certificates:detail")
def new_name(request: MemberRequest, code: str) -> HttpResponse:
    return _replace(request, code, operations.print_with_new_name, "This is the certificate with your new name.")


def _replace(request: MemberRequest, code: str, operation: operations.Replacing, said: str) -> HttpResponse:
    """Lead to the new one; or back, with the reason why there is none. To others there is no such button."""
    certificate = queries.by_code(code)
    if certificate is None or certificate.member_id != request.user.pk:
        return not_ours(request)
    shown: Certificate = certificate
    try:
        shown = operation(certificate, by=request.user)
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(shown)
