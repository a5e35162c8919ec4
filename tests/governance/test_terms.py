import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from cop.lib.errors import Refused
from governance.models import Term
from governance.operations.terms import appoint, end_early
from governance.rules import RuleBroken
from tests.factories.governance import SeatFactory, TermFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

NOW = {"starts": date(2026, 11, 1), "ends": date(2027, 11, 1)}


def earlier(years):
    return {"starts": date(2026 - years, 11, 1), "ends": date(2027 - years, 11, 1)}


def test_an_appointment_fills_the_seat():
    seat, holder, organizer = SeatFactory(), MemberFactory(), MemberFactory()

    term = appoint(seat, holder=holder, **NOW, how="elected", by=organizer)

    assert list(Term.objects.values_list("seat", "holder", "how", "appointed_by", "override_reason")) == [
        (seat.pk, holder.pk, "elected", organizer.pk, "")
    ]
    assert term.runs_on(date(2026, 11, 1))
    assert not term.runs_on(date(2027, 11, 1))


def test_a_third_consecutive_term_is_refused_with_the_rules_name():
    ana = MemberFactory(name="Ana")
    TermFactory(holder=ana, **earlier(2))
    TermFactory(holder=ana, **earlier(1))

    with pytest.raises(RuleBroken) as refusal:
        appoint(SeatFactory(), holder=ana, **NOW)

    assert refusal.value.message == (
        "Rule “max consecutive terms”: this would be term 3 in a row for Ana; 2 are allowed, then a pause of 12 months."
    )


def test_a_third_term_after_a_pause_of_one_term_is_fine():
    ana = MemberFactory()
    TermFactory(holder=ana, **earlier(3))
    TermFactory(holder=ana, **earlier(2))

    assert appoint(SeatFactory(), holder=ana, **NOW).override_reason == ""


def test_a_third_seat_of_one_organisation_is_refused_with_the_rules_name():
    TermFactory(holder__organisation="Acme")
    TermFactory(holder__organisation="ACME")

    with pytest.raises(RuleBroken) as refusal:
        appoint(SeatFactory(), holder=MemberFactory(organisation="Acme "), **NOW)

    assert refusal.value.message == (
        "Rule “per organisation”: this would be seat 3 of Acme; 2 are allowed at the same time."
    )


def test_seats_of_one_organisation_in_another_time_do_not_count():
    TermFactory(holder__organisation="Acme")
    TermFactory(holder__organisation="Acme", **earlier(1))

    appoint(SeatFactory(), holder=MemberFactory(organisation="Acme"), **NOW)

    assert Term.objects.count() == 3


def test_people_without_an_organisation_are_not_one_organisation():
    TermFactory.create_batch(3)

    appoint(SeatFactory(), holder=MemberFactory(), **NOW)

    assert Term.objects.count() == 4


def test_a_taken_seat_is_refused_even_with_a_reason():
    held = TermFactory(seat__title="Chair", holder__name="Ana")

    with pytest.raises(RuleBroken) as refusal:
        appoint(held.seat, holder=MemberFactory(), **NOW, override_reason="We want to")

    assert refusal.value.message == (
        "Rule “seat taken”: Ana holds “Chair” until 1 November 2027. Start then, or end that term first."
    )


def test_the_next_holder_can_start_on_the_day_on_which_the_term_ends():
    held = TermFactory()

    appoint(held.seat, holder=MemberFactory(), starts=held.ends, ends=date(2028, 11, 1))

    assert held.seat.terms.count() == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_override_needs_a_reason(reason):
    TermFactory.create_batch(2, holder__organisation="Acme")

    with pytest.raises(RuleBroken, match="per organisation"):
        appoint(SeatFactory(), holder=MemberFactory(organisation="Acme"), **NOW, override_reason=reason)


def test_an_override_keeps_rule_reason_and_actor():
    TermFactory.create_batch(2, holder__organisation="Acme")
    organizer = MemberFactory()

    term = appoint(
        SeatFactory(),
        holder=MemberFactory(organisation="Acme"),
        **NOW,
        by=organizer,
        override_reason="Nobody else stood",
    )

    assert (term.override_reason, term.appointed_by) == ("per organisation: Nobody else stood", organizer)


def test_a_reason_without_a_broken_rule_is_not_kept():
    assert appoint(SeatFactory(), holder=MemberFactory(), **NOW, override_reason="To be safe").override_reason == ""


def test_a_term_that_ends_before_it_starts_is_refused():
    with pytest.raises(Refused, match="A term ends after it starts"):
        appoint(SeatFactory(), holder=MemberFactory(), starts=NOW["ends"], ends=NOW["starts"])


def test_the_database_refuses_overlapping_terms_of_a_seat():
    held = TermFactory()

    with pytest.raises(IntegrityError, match="one_holder_per_seat_at_a_time"), transaction.atomic():
        TermFactory(seat=held.seat, starts=date(2027, 10, 31), ends=date(2028, 10, 31))


def test_a_term_cut_short_frees_the_seat():
    held = TermFactory()

    end_early(held, on=date(2027, 3, 1), reason="Changed jobs")

    appoint(held.seat, holder=MemberFactory(), starts=date(2027, 3, 1), ends=date(2028, 3, 1))
    assert list(Term.objects.order_by("starts").values_list("ended_early_at", "reason")) == [
        (date(2027, 3, 1), "Changed jobs"),
        (None, ""),
    ]


@pytest.mark.parametrize(
    ("on", "reason", "fault"),
    [
        (date(2027, 3, 1), " ", "Write why"),
        (date(2027, 11, 1), "x", "Choose a day from 1 November 2026 on and before 1 November 2027"),
        (date(2026, 10, 31), "x", "Choose a day"),
    ],
)
def test_cutting_short_is_refused_without_reason_or_outside_the_term(on, reason, fault):
    with pytest.raises(Refused, match=fault):
        end_early(TermFactory(), on=on, reason=reason)


def test_a_term_is_cut_short_once_only():
    held = TermFactory()
    end_early(held, on=date(2027, 3, 1), reason="Changed jobs")

    with pytest.raises(Refused, match="ended early already, on 1 March 2027"):
        end_early(held, on=date(2027, 2, 1), reason="Again")


@pytest.mark.django_db(transaction=True)
def test_24_appointments_at_once_give_the_third_seat_of_one_organisation_to_nobody():
    pairs = [(SeatFactory(), MemberFactory(organisation="Acme")) for _ in range(24)]
    barrier = threading.Barrier(24)

    def run(pair):
        try:
            barrier.wait()
            appoint(pair[0], holder=pair[1], **NOW)
        except RuleBroken as broken:
            return broken.rule
        finally:
            connection.close()
        return "appointed"

    with ThreadPoolExecutor(24) as pool:
        said = list(pool.map(run, pairs))

    assert sorted(said) == ["appointed"] * 2 + ["per organisation"] * 22
    assert Term.objects.count() == 2
