"""Who holds which seat, and for how long."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cop.lib.errors import Refused
from governance import rules
from governance.models import Committee, Seat, Term
from members.models import Member


@transaction.atomic
def appoint(
    seat: Seat, *, holder: Member, starts: date, ends: date, how: str = Term.How.APPOINTED,
    by: Member | None = None, override_reason: str = "",
) -> Term:  # fmt: skip
    """Give a seat to somebody for a time.

    ends: the day on which the next holder can start. by: who decided it; None where the starter content did.
    Refuses with the rule's name what breaks a rule of the committee, unless a reason sets the rule aside; a seat that
    is taken stays taken, whatever the reason. A reason is kept only where a rule was broken.
    """
    Committee.objects.select_for_update().get(pk=seat.committee_id)  # appointments wait for each other
    term = Term(seat=seat, holder=holder, starts=starts, ends=ends, how=how, appointed_by=by)
    refuse_wrong_dates(term)
    try:
        rules.check(term)
    except rules.RuleBroken as broken:
        if not broken.may_be_overridden or not override_reason.strip():
            raise
        term.override_reason = f"{broken.rule}: {override_reason.strip()}"[:300]
    try:
        with transaction.atomic():
            term.save()
    except IntegrityError as error:
        raise Refused(
            f"Somebody else was given “{seat}” a moment ago. Look at the seat again.", lost_race=True
        ) from error
    return term


def refuse_wrong_dates(term: Term) -> None:
    try:
        term.clean_fields(exclude=["appointed_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    if term.ends <= term.starts:
        raise Refused("A term ends after it starts. Choose a later end.")


@transaction.atomic
def end_early(term: Term, *, on: date, reason: str) -> Term:
    """Cut a term short, so that the seat is free from that day on. Refuses a second time and an empty reason."""
    held = Term.objects.select_for_update(of=["self"]).select_related("seat", "holder").get(pk=term.pk)
    if held.ended_early_at:
        raise Refused(f"This term ended early already, on {held.ended_early_at:%-d %B %Y}.")
    if not reason.strip():
        raise Refused("Write why the term ends early.")
    if not held.starts <= on < held.ends:
        raise Refused(f"Choose a day from {held.starts:%-d %B %Y} on and before {held.ends:%-d %B %Y}.")
    held.ended_early_at, held.reason = on, reason.strip()[:300]
    held.save(update_fields=["ended_early_at", "reason"])
    return held
