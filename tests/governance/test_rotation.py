from datetime import date, timedelta

import pytest

from governance.rotation import Span, months_later, most_at_once, terms_in_a_row


def year(number):
    return Span(date(number, 1, 1), date(number + 1, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 20), 12, date(2027, 11, 20)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 1, 31), 11, date(2026, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("former", "new", "row"),
    [
        ([], 2026, 1),
        ([2025], 2026, 2),
        ([2024, 2025], 2026, 3),
        ([2023, 2024], 2026, 1),  # a pause of one whole term
        ([2022, 2024], 2025, 2),
        ([2027], 2026, 2),  # a later term counts too
        ([2025, 2027], 2026, 3),
        ([2020, 2021, 2028, 2029], 2025, 1),
    ],
)
def test_terms_in_a_row_are_counted_across_gaps_shorter_than_a_term(former, new, row):
    assert terms_in_a_row(map(year, former), year(new), pause_months=12) == row


def test_a_pause_one_day_too_short_ends_no_row():
    new = Span(date(2026, 12, 31), date(2027, 12, 31))

    assert terms_in_a_row([year(2025)], new, pause_months=12) == 2


def test_a_term_that_never_began_does_not_count():
    never = Span(date(2025, 1, 1), date(2025, 1, 1))

    assert terms_in_a_row([never], year(2026), pause_months=12) == 1


@pytest.mark.parametrize(
    ("others", "most"),
    [
        ([], 1),
        ([year(2025)], 1),  # ends on the day on which the new one starts
        ([year(2026), year(2026)], 3),
        ([Span(date(2026, 1, 1), date(2026, 6, 1)), Span(date(2026, 6, 1), date(2027, 1, 1))], 2),
        ([Span(date(2026, 1, 1), date(2026, 6, 2)), Span(date(2026, 6, 1), date(2027, 1, 1))], 3),
    ],
)
def test_most_at_once_counts_the_fullest_day(others, most):
    assert most_at_once(others, year(2026)) == most


def test_most_at_once_agrees_with_counting_every_day():
    others = [Span(date(2026, 1, 1) + timedelta(7 * n), date(2026, 1, 1) + timedelta(7 * n + 40)) for n in range(20)]
    new = Span(date(2026, 2, 3), date(2026, 5, 17))
    days = [new.starts + timedelta(number) for number in range((new.ends - new.starts).days)]

    counted = max(1 + sum(span.starts <= day < span.ends for span in others) for day in days)

    assert most_at_once(others, new) == counted
