from datetime import UTC, datetime, time

import pytest

from members.quiet_hours import last_digest, next_digest, quiet_until

AMSTERDAM, BOGOTA = "Europe/Amsterdam", "America/Bogota"


def at(day, hour, minute=0, month=3):
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "zone", "span", "end"),
    [
        (at(10, 20, 59), AMSTERDAM, (22, 7), None),
        (at(10, 21, 0), AMSTERDAM, (22, 7), at(11, 6)),
        (at(11, 5, 59), AMSTERDAM, (22, 7), at(11, 6)),
        (at(11, 6, 0), AMSTERDAM, (22, 7), None),
        (at(11, 12, 0), BOGOTA, (22, 7), None),
        (at(11, 3, 0), BOGOTA, (22, 7), at(11, 12)),
        (at(11, 11, 30), AMSTERDAM, (12, 14), at(11, 13)),
        (at(11, 13, 0), AMSTERDAM, (12, 14), None),
        (at(27, 22, 0), AMSTERDAM, (22, 7), at(28, 5)),  # the clock goes forward in this night
        (at(30, 21, 0, 10), AMSTERDAM, (22, 7), at(31, 6, 0, 10)),  # and back in this one
        (at(10, 12, 0), "Mars/Base", (11, 13), at(10, 13)),
    ],
)
def test_quiet_hours_end_in_the_members_own_time_also_over_midnight(now, zone, span, end):
    assert quiet_until(now, zone, time(span[0]), time(span[1])) == end


def test_quiet_hours_that_end_in_an_hour_shown_twice_end_after_now():
    second_time = at(31, 1, 15, 10)  # 02:15 for the second time

    assert quiet_until(second_time, AMSTERDAM, time(22), time(2, 30)) == at(31, 1, 30, 10)


@pytest.mark.parametrize("span", [(None, None), (time(8), time(8)), (time(8), None)])
def test_without_a_span_no_hour_is_quiet(span):
    assert quiet_until(at(10, 12), AMSTERDAM, *span) is None


@pytest.mark.parametrize(
    ("now", "zone", "hour", "last", "following"),
    [
        (at(10, 6, 59), AMSTERDAM, 8, at(9, 7), at(10, 7)),
        (at(10, 7, 0), AMSTERDAM, 8, at(10, 7), at(11, 7)),
        (at(10, 7, 0), BOGOTA, 8, at(9, 13), at(10, 13)),
        (at(28, 12, 0), AMSTERDAM, 8, at(28, 6), at(29, 6)),  # summer time since this night
        (at(28, 5, 59), AMSTERDAM, 8, at(27, 7), at(28, 6)),
        (at(28, 12, 0), AMSTERDAM, 2, at(28, 1), at(29, 0)),  # 02:00 does not exist, its moment does
        (at(31, 12, 0, 10), AMSTERDAM, 2, at(31, 0, 0, 10), datetime(2027, 11, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_digest_falls_due_once_a_local_day_at_its_hour(now, zone, hour, last, following):
    assert (last_digest(now, zone, hour), next_digest(now, zone, hour)) == (last, following)
