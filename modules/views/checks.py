from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cop.lib.errors import Refused
from members.guards import MemberRequest, member_required
from members.models import Member
from modules import checks
from modules.forms.checks import AnswersForm, new_seed, seed_of, sign
from modules.guards import viewer
from modules.models import Check, CheckAttempt, Question
from modules.operations.checks import take
from modules.queries import checks as queries
from modules.queries.rules import learning_rules
from modules.queries.standing import item_after


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, module: str, slug: str) -> HttpResponse:
    """A check: what it is for everybody, its questions for members; a try answers with its own page."""
    found = visible_check(module, slug)
    if request.method == "POST":
        return _taken(request, found)
    member = viewer(request)
    seed = new_seed()
    form = AnswersForm(list(found.questions.all()), seed=seed) if member else None
    return _page(request, found, form, seed)


def visible_check(module: str, slug: str) -> Check:
    found = Check.objects.published().select_related("module", "article", "before")
    return get_object_or_404(found, module__slug=module, slug=slug)


@member_required
def _taken(request: MemberRequest, found: Check) -> HttpResponse:
    """Mark what was sent. Where it cannot be counted, the form comes back with all that was typed."""
    status, questions = 200, list(found.questions.all())
    try:
        seed = seed_of(request.POST.get("seed", ""), found, request.user.pk)
    except Refused as refusal:
        seed = new_seed()
        messages.error(request, refusal.message)
        return _page(request, found, AnswersForm(questions, seed=seed, data=request.POST), seed)
    form = AnswersForm(questions, seed=seed, data=request.POST)
    if form.is_valid():
        try:
            attempt = take(found, by=request.user, answers=form.answers, seed=seed)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            status = 409
        else:
            return redirect("modules:check_result", found.module.slug, found.slug, attempt.pk)
    return _page(request, found, form, seed, status)


def _page(request: HttpRequest, found: Check, form: AnswersForm | None, seed: int, status: int = 200) -> HttpResponse:
    member, rules = viewer(request), learning_rules()
    own = list(queries.attempts_at(found, member)) if member else []
    context: dict[str, Any] = {
        "section": "learn", "check": found, "module": found.module, "form": form, "rules": rules, "own": own,
        "best": max((one.percent for one in own), default=None),
        "tries": queries.tries_of(found, member) if member else None,
        "seed": sign(seed, found, member.pk) if member else "", "mean": _mean(found, member),
        "number": len(form.questions) if form else found.questions.count(),
    }  # fmt: skip
    return render(request, "modules/check.html", context, status=status)


def _mean(found: Check, member: Member | None) -> queries.MeanGain | None:
    """For those who keep the module."""
    if member is None or not found.before_id:
        return None
    keeps = member.is_staff or found.module.stewards.contains(member)
    return queries.mean_gain(found.module) if keeps else None


@require_safe
@member_required
def result(request: MemberRequest, module: str, slug: str, attempt: int) -> HttpResponse:
    """One's own try: the score, and each question with what was answered, what is right and why."""
    found = visible_check(module, slug)
    own = get_object_or_404(queries.attempts_at(found, request.user), pk=attempt)
    item = queries.item_of(found)
    rules = learning_rules()
    best = max(queries.attempts_at(found, request.user).values_list("percent", flat=True))
    context = {
        "section": "learn", "check": found, "module": found.module, "attempt": own, "rules": rules, "best": best,
        "passed_now": own.percent >= rules.pass_percent, "passed": best >= rules.pass_percent,
        "is_before": found.stage == Check.Stage.BEFORE,
        "marked": [marked(question, own) for question in found.questions.all()],
        "gain": queries.gain_of(found, request.user), "tries": queries.tries_of(found, request.user),
        "after": item_after(item) if item else None,
    }  # fmt: skip
    return render(request, "modules/check_result.html", context)


@dataclass(frozen=True)
class Line:
    """An option as the result shows it."""

    text: str
    taken: bool
    right: bool


@dataclass(frozen=True)
class Marked:
    """given, answer: in words, for all kinds but a choice, which shows its lines."""

    question: Question
    right: bool
    lines: list[Line]
    given: list[str]
    answer: list[str]


def marked(question: Question, attempt: CheckAttempt) -> Marked:
    """A question as it was answered in this try, with its options in the order in which they stood."""
    given = attempt.answers.get(question.key) or []
    right = checks.is_right(question.kind, question.answer, given)
    words = {option["key"]: option["text"] for option in question.options}
    if question.kind == Question.Kind.CHOICE:
        mixed = checks.shuffled(question.options, seed=attempt.seed, key=question.key)
        lines = [Line(one["text"], one["key"] in given, one["key"] in question.answer) for one in mixed]
        return Marked(question, right, lines, [], [])
    if question.kind == Question.Kind.ORDER:
        in_words = [[words[key] for key in keys if key in words] for keys in (given, question.answer)]
        return Marked(question, right, [], *in_words)
    typed = [given] if isinstance(given, str) else []
    if question.kind == Question.Kind.NUMBER:
        off = question.answer["tolerance"]
        exact = str(question.answer["value"]) + (f", give or take {off}" if checks.decimal(off) else "")
        return Marked(question, right, [], typed, [exact])
    return Marked(question, right, [], typed, list(question.answer[:1]))
