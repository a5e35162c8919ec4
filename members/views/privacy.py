"""What a member decides about their data: uses, a copy of everything, leaving for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cop.lib.errors import Refused
from cop.lib.http import posts_only
from cop.lib.words import count
from members.guards import MemberRequest, fresh_log_in_required, member_required
from members.holdings import holdings
from members.models import Consent
from members.operations import bringing_in, consents, erasure
from members.privacy_forms import BringInForm, ConsentForm, LeaveForm
from members.queries.export import archive
from members.queries.rules import member_rules


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def privacy(request: MemberRequest) -> HttpResponse:
    """The page Privacy; posting it keeps the yes or no to each use of one's data."""
    said = dict(Consent.objects.filter(member=request.user).values_list("purpose", "given"))
    form = ConsentForm(request.POST or None, initial={**said, "directory": request.user.in_directory})
    if request.method == "POST" and form.is_valid():
        consents.decide(request.user, form.cleaned_data, by=request.user)
        messages.success(request, "Your choices are saved. They hold from now on.")
        return redirect("members:privacy")
    return _page(request, form=form)


def _page(request: MemberRequest, **forms: object) -> HttpResponse:
    said = dict(Consent.objects.filter(member=request.user).values_list("purpose", "given"))
    context = {
        "form": ConsentForm(initial={**said, "directory": request.user.in_directory}), "bring_in": BringInForm(),
        "leaving": erasure.pending(request.user), "holdings": [one for one in holdings() if one.people],
        "days": member_rules().erasure_days, "section": "me", **forms,
    }  # fmt: skip
    return render(request, "members/privacy.html", context)


@posts_only("members:privacy", with_arguments=False)
@member_required
@fresh_log_in_required
def export(request: MemberRequest) -> HttpResponse:
    """The ZIP with everything; asks for a fresh log-in first, because it holds everything."""
    answer = HttpResponse(archive(request.user), content_type="application/zip")
    name = f"{request.user.handle}-{timezone.localdate():%Y-%m-%d}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@posts_only("members:privacy", with_arguments=False)
@member_required
def bring_in(request: MemberRequest) -> HttpResponse:
    form = BringInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, bring_in=form)
    try:
        done = bringing_in.bring_in(
            bringing_in.read(form.cleaned_data["file"].read(bringing_in.LARGEST + 1)), by=request.user
        )
    except Refused as refusal:
        form.add_error("file", refusal.message)
        return _page(request, bring_in=form)
    said = f"{count(done.fields, 'field')}, {count(done.links, 'link')} and {count(done.skills, 'skill')} came in."
    unknown = f" Not known here: {', '.join(done.unknown_skills)}." if done.unknown_skills else ""
    messages.success(request, said + unknown)
    return redirect("members:edit_profile")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def leave(request: MemberRequest) -> HttpResponse:
    """Deleting the account: what it means, what must be settled first, and the password once more."""
    if erasure.pending(request.user):
        return redirect("members:privacy")
    by_password = request.user.has_usable_password() or request.method != "POST"
    return _leave(request) if by_password else _leave_freshly(request)


@fresh_log_in_required
def _leave_freshly(request: MemberRequest) -> HttpResponse:
    """For accounts without a password: a fresh log-in by passkey, or by the other site, instead."""
    return _leave(request)


def _leave(request: MemberRequest) -> HttpResponse:
    form = LeaveForm(request.POST or None, member=request.user)
    refusals = erasure.reasons_to_stay(request.user)
    if request.method == "POST" and form.is_valid() and not refusals:
        try:
            due = erasure.ask_to_leave(request.user, by=request.user).due_at
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            day = timezone.localdate(due)
            messages.success(request, f"Your account is deleted on {day:%-d %B %Y}. Until then you can keep it.")
            return redirect("members:privacy")
    return render(
        request,
        "members/leave.html",
        {"form": form, "refusals": refusals, "days": member_rules().erasure_days, "section": "me"},
    )


@posts_only("members:privacy", with_arguments=False)
@member_required
def stay(request: MemberRequest) -> HttpResponse:
    if erasure.stay(request.user, by=request.user):
        messages.success(request, "Good to have you. Your account stays as it is.")
    return redirect("members:privacy")
