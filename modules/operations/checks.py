"""Knowledge checks: writing, publishing and taking them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from cop.lib import words
from cop.lib.errors import Refused
from cop.lib.lists import write_list
from members.models import Member
from members.operations import ledger
from members.quiet_hours import zone_of
from modules import checks
from modules.models import Article, Check, CheckAttempt, Module, Question, SyllabusItem
from modules.operations import progress, syllabus
from modules.queries.checks import tries_of
from modules.queries.rules import learning_rules
from modules.rules import in_words, missing_to_publish_check

KIND = SyllabusItem.Kind.CHECK


class CheckFields(TypedDict, total=False):
    article: Article | None
    title: str
    stage: str
    before: Check | None
    minutes: int
    required: bool


class QuestionFields(TypedDict, total=False):
    key: str
    kind: str
    text: str
    options: Sequence[Mapping[str, str]]
    answer: Any
    explanation: str


@transaction.atomic
def save_check(
    *, module: Module, slug: str, questions: Sequence[QuestionFields], publish: bool = False,
    **fields: Unpack[CheckFields],
) -> Check:  # fmt: skip
    """Write a check with its questions in their order; what was there under the same keys is brought up to date."""
    values = {**fields, "module": module, "updated_at": timezone.now()}
    check, _ = Check.objects.update_or_create(slug=slug, defaults=values)
    wanted = {
        question["key"]: {name: value for name, value in question.items() if name != "key"} | {"order": order}
        for order, question in enumerate(questions, start=1)
    }
    write_list(Question, {"check_in": check}, "key", wanted)
    if publish or check.is_published:
        publish_check(check)
    return check


@transaction.atomic
def publish_check(check: Check) -> Check:
    """Open the check to everybody. Refused with what is missing, naming each question without a right answer.

    It takes its place in the module behind the Concept, unless it is one for before the reading: that one is never
    asked for, so it stands in no list of things to do. Repeating brings the place up to date."""
    missing = missing_to_publish_check(check.questions.all())
    if missing:
        raise Refused(f"“{check.title}” cannot be published yet: {in_words(missing)}.")
    check.status, check.updated_at = Check.Status.PUBLISHED, timezone.now()
    check.save(update_fields=["status", "updated_at"])
    if check.stage == Check.Stage.BEFORE:
        syllabus.remove(kind=KIND, key=check.slug)
    else:
        syllabus.place(
            check.module, kind=KIND, key=check.slug, title=check.title, minutes=check.minutes, required=check.required,
            address=check.get_absolute_url(), order=check.article.order if check.article else 0,
        )  # fmt: skip
    return check


@transaction.atomic
def take_back_check(check: Check) -> Check:
    """Make the check a draft again; attempts, and its place in the module, are kept for its return."""
    check.status = Check.Status.DRAFT
    check.save(update_fields=["status"])
    syllabus.remove(kind=KIND, key=check.slug)
    return check


@transaction.atomic
def take(
    check: Check, *, by: Member, answers: Mapping[str, Any], seed: int, now: datetime | None = None
) -> CheckAttempt:  # fmt: skip
    """Mark a try at a check and keep it.

    answers: by key of the question, as `modules.checks.is_right` takes them; a question left out is not right. seed:
    that shuffled the options. With enough right answers the check is passed: once in the ledger, and done in its
    module, unless it is one for before the reading. Refused are a draft, a try without any answer, and more tries
    than the rules allow in a day of the member's own time zone.
    """
    now = now or timezone.now()
    if not check.is_published:
        raise Refused("This check is a draft. It can be taken when it is published.")
    questions = list(check.questions.all())
    given = {one.key: answers[one.key] for one in questions if not checks.is_empty(answers.get(one.key))}
    if not given:
        raise Refused("Answer at least one question. An empty try is not counted.")
    progress.one_at_a_time(by)
    _refuse_too_many(check, by, now)
    right = sum(checks.is_right(one.kind, one.answer, given.get(one.key)) for one in questions)
    attempt = CheckAttempt.objects.create(
        member=by, of=check, at=now, seed=seed, answers=given, right=right, total=len(questions),
        percent=checks.percent(right, len(questions)),
    )  # fmt: skip
    if check.stage != Check.Stage.BEFORE and attempt.percent >= learning_rules().pass_percent:
        _pass(check, by)
    return attempt


def _refuse_too_many(check: Check, by: Member, now: datetime) -> None:
    tries = tries_of(check, by, now=now)
    if not tries.left:
        allowed = words.count(tries.used, "try", "tries")
        with timezone.override(zone_of(by.time_zone)):
            again = words.day_and_clock(tries.again_at)
        raise Refused(f"You have had {allowed} today. The next one is possible from {again}.")


def _pass(check: Check, by: Member) -> None:
    ledger.record(
        "check-passed", by=by, kind="check", key=check.slug, title=check.title, address=check.get_absolute_url(),
        topic=check.module.slug,
    )  # fmt: skip
    item = SyllabusItem.objects.placed().filter(kind=KIND, key=check.slug).select_related("module").first()
    if item is not None:
        progress.complete(item, by=by)
