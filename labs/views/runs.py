from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from cop.lib.errors import Refused
from labs.forms.feedback import FeedbackForm, StepReportForm
from labs.forms.labs import NotesForm
from labs.models import LabFeedback, LabRun
from labs.operations import running
from labs.queries import feedback as said
from labs.queries import runs as queries
from labs.queries.reviews import hand_in_of
from labs.queries.runs import RunStanding, StepStanding
from labs.views.catalogue import visible_lab
from labs.views.exposure import RUN, START, warning_before
from members.guards import MemberRequest, member_post, member_required
from members.models import Member
from modules.operations.reading import prefer
from modules.queries.versions import versions_line

END = "end"  # in the address: what stands behind the last step


@member_post("labs:detail")
def start(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin the lab; where it is above the member's ceiling, the page that warns comes first."""
    lab = visible_lab(request, slug)
    if warning := warning_before(request, lab, START):
        return warning
    try:
        found = running.start(lab, by=request.user, above_ceiling_is_fine=True)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("labs:detail", slug=slug)
    return redirect(found)


@require_safe
@member_required
def run(request: MemberRequest, slug: str) -> HttpResponse:
    """The member's own run: steps to tick, one at a time or all, notes, and the one thing to do now."""
    if (found := runs_of(request.user).filter(lab__slug=slug).first()) is None:
        return start_first(request, slug)
    return warning_before(request, found.lab, RUN) or show_run(request, found)


@member_post("labs:detail")
def tick(request: MemberRequest, slug: str) -> HttpResponse:
    """Tick one step or take its tick away. In a page of all steps the member comes back to it, else to the next."""
    found = own_run(request.user, slug)
    key, done = request.POST.get("step", ""), request.POST.get("done") == "1"
    try:
        running.tick(found, key, done=done, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(found)
    if request.POST.get("way") != "one":
        return redirect(f"{found.get_absolute_url()}#step-{key}")
    following = queries.run_standing(found).open_after(key) if done else None
    return redirect(step_address(found, (following.step.key if following else END) if done else key))


@member_post("labs:detail")
def one_step(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose to see one step at a time, or all of them."""
    found = own_run(request.user, slug)
    wanted = request.POST.get("one_step") == "1"
    prefer(by=request.user, one_step=wanted)
    key = request.POST.get("step", "")
    if wanted:
        return redirect(step_address(found, key) if key else found)
    return redirect(f"{found.get_absolute_url()}#step-{key}" if key else found)


@member_post("labs:detail")
def finish(request: MemberRequest, slug: str) -> HttpResponse:
    """Finish the run. Where something before the lab is open, the member is asked first."""
    found = own_run(request.user, slug)
    try:
        running.finish(found, by=request.user, out_of_order_is_fine=bool(request.POST.get("anyway")))
    except running.OutOfOrder as refusal:
        messages.error(request, f"{refusal.message} Tick the box to finish this lab before it.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(found)


def own_run(member: Member, slug: str) -> LabRun:
    """The member's own run, also of a lab that has become a draft again; 404 where there is none."""
    return get_object_or_404(runs_of(member), lab__slug=slug)


def runs_of(member: Member) -> QuerySet[LabRun]:
    return LabRun.objects.filter(member=member).select_related("lab__module", "member__reading")


def start_first(request: MemberRequest, slug: str) -> HttpResponse:
    """Lead who opens a page of a run that is not there to the lab, where it begins; 404 where there is no lab."""
    lab = visible_lab(request, slug)
    messages.info(request, "Start the lab first.")
    return redirect(lab)


def step_address(found: LabRun, key: str) -> str:
    return f"{reverse('labs:run', args=[found.lab.slug])}?{urlencode({'step': key})}"


def show_run(
    request: MemberRequest, found: LabRun, form: NotesForm | None = None, *, meanwhile: str = "", status: int = 200
) -> HttpResponse:
    """meanwhile: the notes that another device saved, where those in the form were refused for it."""
    one = queries.run_standing(found)
    around = queries.surroundings(found.lab, request.user)
    done_at = found.finished_at
    last = "" if done_at else queries.last_section(request.user, found.lab)
    feedback = said.feedback_of(found) if done_at else None
    context: dict[str, Any] = {
        "section": "learn", "one": one, "lab": found.lab, "run": found, "around": around, "meanwhile": meanwhile,
        "form": form or NotesForm(initial={"notes": found.notes}), "seen": queries.stamp(found),
        "troubles": queries.troubles(found.lab), "before": [] if done_at else around.open_before,
        "resume": one.resume(last), "feedback": feedback, "feedback_form": feedback_form(found, feedback),
        "hand_in": hand_in_of(found.lab, request.user),
        "versions": versions_line("lab", found.lab.slug, request.user, done_at) if done_at else None,
        "report_form": StepReportForm(), "broken": said.broken_steps([found.lab]).get(found.lab_id, []),
    }  # fmt: skip
    return render(request, "labs/run.html", context | shown_steps(request, one, last), status=status)


def shown_steps(request: MemberRequest, one: RunStanding, last: str) -> dict[str, Any]:
    """All steps, or the wanted one with its neighbours; behind the last one stands the end of the lab."""
    wanted = request.GET.get("step", request.POST.get("step", ""))
    reading = getattr(one.run.member, "reading", None)
    if not wanted and not (reading and reading.one_step):
        return {
            "alone": False,
            "current": None,
            "shown": one.steps,
            "at_end": True,
            "previous": None,
            "following": None,
        }
    current = one.step(wanted)
    if current is None and wanted != END:
        current = one.resume(last)
    shown: list[StepStanding] = [current] if current else []
    return {
        "alone": True, "current": current, "shown": shown, "at_end": current is None,
        "previous": one.before(current) if current else next(reversed(one.steps), None),
        "following": one.after(current) if current else None,
    }  # fmt: skip


def feedback_form(found: LabRun, feedback: LabFeedback | None) -> FeedbackForm:
    if feedback is None:
        return FeedbackForm()
    return FeedbackForm(
        initial={
            "clarity": feedback.clarity, "usefulness": feedback.usefulness, "minutes": found.minutes,
            "comment": feedback.comment,
        }
    )  # fmt: skip
