"""The rules for seats: which of them an appointment would break."""

from __future__ import annotations

from cop.lib.errors import Refused
from governance.models import Term
from governance.rotation import Span, most_at_once, terms_in_a_row

DUE_DAYS = 45  # elections open this long before terms end


class RuleBroken(Refused):
    """An appointment breaks a rule of the committee; `rule` is its name, `may_be_overridden` whether a reason helps."""

    def __init__(self, rule: str, why: str, *, may_be_overridden: bool = True) -> None:
        super().__init__(f"Rule “{rule}”: {why}")
        self.rule = rule
        self.may_be_overridden = may_be_overridden


def check(term: Term) -> None:
    """Raise RuleBroken for the first rule that a new term would break; nothing else happens."""
    check_seat_is_free(term)
    check_terms_in_a_row(term)
    check_organisation(term)


def check_seat_is_free(term: Term) -> None:
    taken = Term.objects.filter(seat=term.seat).select_related("holder")
    for other in taken:
        if max(other.starts, term.starts) < min(other.last, term.ends):
            why = (
                f"{other.holder} holds “{term.seat}” until {other.last:%-d %B %Y}. Start then, or end that term first."
            )
            raise RuleBroken("seat taken", why, may_be_overridden=False)


def check_terms_in_a_row(term: Term) -> None:
    committee = term.seat.committee
    served = Term.objects.filter(seat__committee=committee, holder=term.holder)
    row = terms_in_a_row(map(span, served), span(term), pause_months=committee.term_months)
    if row > committee.max_consecutive:
        why = (
            f"this would be term {row} in a row for {term.holder}; {committee.max_consecutive} are allowed, "
            f"then a pause of {committee.term_months} months."
        )
        raise RuleBroken("max consecutive terms", why)


def check_organisation(term: Term) -> None:
    committee = term.seat.committee
    organisation = " ".join(term.holder.organisation.split())
    if not organisation:
        return
    colleagues = Term.objects.filter(
        seat__committee=committee, holder__organisation__iexact=organisation, ends__gt=term.starts, starts__lt=term.ends
    )
    seats = most_at_once(map(span, colleagues), span(term))
    if seats > committee.per_organisation:
        why = (
            f"this would be seat {seats} of {organisation}; {committee.per_organisation} are allowed at the same time."
        )
        raise RuleBroken("per organisation", why)


def span(term: Term) -> Span:
    return Span(term.starts, term.last)
