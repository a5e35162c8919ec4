"""What members say of a lab, and what its stewards answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from cop.lib.errors import Refused
from cop.lib.words import count
from labs.forms.feedback import AnswerForm, FeedbackForm, StepReportForm
from labs.models import Lab, LabRun
from labs.operations import feedback as operations
from labs.queries import feedback as queries
from labs.views.catalogue import visible_lab
from labs.views.runs import feedback_form, step_address
from members.guards import MemberRequest, member_required

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@member_required
def feedback(request: MemberRequest, slug: str) -> HttpResponse:
    """How the lab was, by who finished it; it can be changed later."""
    lab = seen_lab(request, slug)
    run = LabRun.objects.filter(lab=lab, member=request.user).first()
    if run is None or run.finished_at is None:
        messages.error(request, "Finish the lab first. Then you can say how it was.")
        return redirect(lab)
    form = FeedbackForm(request.POST) if request.method == "POST" else feedback_form(run, queries.feedback_of(run))
    if request.method == "POST" and form.is_valid():
        try:
            operations.rate(lab, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Thank you. Those who keep the lab see it, without your name.")
            return redirect("labs:run", slug=slug)
    return render(request, "labs/feedback.html", {"section": "learn", "lab": lab, "run": run, "form": form})


@require_http_methods(PAGE)
@member_required
def report(request: MemberRequest, slug: str, step: str) -> HttpResponse:
    """Say that a step does not work."""
    lab = seen_lab(request, slug)
    found = get_object_or_404(lab.steps, key=step)
    form = StepReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.report_step(lab, step, by=request.user, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Thank you. Those who keep the lab see it; you are told when they answer.")
            return redirect(way_back(request, lab, step))
    own = queries.open_report(lab, step, request.user)
    context = {"section": "learn", "lab": lab, "step": found, "form": form, "own": own}
    return render(request, "labs/report.html", context)


def way_back(request: MemberRequest, lab: Lab, step: str) -> str:
    """To the step in the member's run, or in the lab where they have none."""
    run = LabRun.objects.filter(lab=lab, member=request.user).select_related("lab").first()
    if run is None:
        return f"{lab.get_absolute_url()}?steps=all#step-{step}"
    return step_address(run, step) if request.POST.get("way") == "one" else f"{run.get_absolute_url()}#step-{step}"


@require_http_methods(PAGE)
@member_required
def reports(request: MemberRequest, slug: str) -> HttpResponse:
    """For those who keep the lab: what members reported and said, and the answers to it."""
    lab = get_object_or_404(Lab.objects.select_related("module"), slug=slug)
    if not queries.keeps(request.user, lab.module):
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        wanted = [int(number) for number in request.POST.getlist("report") if number.isdecimal() and len(number) < 15]
        try:
            number = operations.answer_reports(lab, wanted, by=request.user, text=form.cleaned_data["answer"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = 409 if refusal.lost_race else 200
        else:
            messages.success(request, f"{count(number, 'report is', 'reports are')} answered; their members are told.")
            return redirect("labs:reports", slug=slug)
    context = {
        "section": "learn", "lab": lab, "form": form, "steps": queries.reported_steps(lab),
        "closed": queries.closed_reports(lab), "figures": queries.figures(lab), "comments": queries.comments(lab),
        "answered": request.POST.get("step", ""),
    }  # fmt: skip
    return render(request, "labs/reports.html", context, status=status)


def seen_lab(request: MemberRequest, slug: str) -> Lab:
    """A lab that the member sees, or one that they are in although it has become a draft again."""
    if LabRun.objects.filter(lab__slug=slug, member=request.user).exists():
        return Lab.objects.select_related("module").get(slug=slug)
    return visible_lab(request, slug)
