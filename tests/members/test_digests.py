from datetime import UTC, datetime, time, timedelta

import pytest

from cop.site.models import Mail
from members import emails
from members.models import AttentionBudget, AttentionSpent, Notice, NoticePreference
from members.operations import attention, digests, notices
from members.operations.notices import notify
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
YESTERDAY = datetime(2027, 3, 9, 15, 0, tzinfo=UTC)
NOBODY = {"digests": 0, "week_is_full": 0}
ONE = {"digests": 1, "week_is_full": 0}


def thanked(member, by="Bart", at=YESTERDAY):
    """A kind that comes in the digest, while the member has chosen nothing else."""
    return notify(member, "kudos-received", title=f"{by} thanks you", text="For *the* lab.", address="/me/", now=at)


def run(hour, minute=0, day=10, month=3):
    return digests.send_due(datetime(2027, month, day, hour, minute, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "before", "at"),
    [
        ("Europe/Amsterdam", (6, 59, 10, 3), (7, 0, 10, 3)),
        ("America/Bogota", (12, 59, 10, 3), (13, 0, 10, 3)),
        ("Asia/Kathmandu", (2, 14, 10, 3), (2, 15, 10, 3)),
        ("Europe/Amsterdam", (5, 59, 28, 3), (6, 0, 28, 3)),  # the day on which the clock goes forward
        ("Europe/Amsterdam", (6, 59, 31, 10), (7, 0, 31, 10)),  # and the one on which it goes back
    ],
)
def test_the_digest_leaves_at_eight_in_the_members_own_time(zone, before, at):
    member = MemberFactory(time_zone=zone)
    thanked(member, at=datetime(2027, at[3], at[2], tzinfo=UTC) - timedelta(hours=9))

    assert [run(*before), run(*at)] == [NOBODY, ONE]
    assert Mail.objects.get().to == member.email


def test_a_digest_holds_everything_that_waited_in_order_and_can_be_stopped():
    member = MemberFactory(name="Kim Vermeer", time_zone="UTC")
    thanked(member, by="Bart")
    thanked(member, by="Bart", at=YESTERDAY + timedelta(minutes=1))
    thanked(member, by="[Zoë](x)", at=YESTERDAY + timedelta(minutes=2))

    run(8)

    mail = Mail.objects.get()
    assert (mail.kind, mail.subject) == ("daily-digest", "2 pieces of news for you · CoP-AI")
    assert "Hello Kim," in mail.text
    assert "- Bart thanks you: http://127.0.0.1:8000/me/ (2 times)\n  For *the* lab." in mail.text
    assert mail.text.index("Bart thanks") < mail.text.index("[Zoë](x) thanks you")
    assert emails.read_token(mail.unsubscribe.rstrip("/").rsplit("/", 1)[1])[1].slug == "daily-digest"
    assert set(Notice.objects.values_list("digest", flat=True)) == {"sent"}


def test_repeating_sends_nothing_twice_and_what_comes_later_waits_for_the_next_day():
    member = MemberFactory(time_zone="UTC")
    thanked(member)
    assert [run(8), run(8), run(8, 15)] == [ONE, NOBODY, NOBODY]

    thanked(member, by="Maria", at=datetime(2027, 3, 10, 9, 0, tzinfo=UTC))

    assert [run(9, 15), run(23), run(7, 59, day=11), run(8, day=11)] == [NOBODY, NOBODY, NOBODY, ONE]


def test_a_later_hour_on_the_same_day_brings_no_second_digest():
    member = MemberFactory(time_zone="UTC")
    thanked(member)
    run(8)
    thanked(member, by="Maria", at=datetime(2027, 3, 10, 8, 30, tzinfo=UTC))
    attention.choose(member, {}, by=member, digest_hour=10)

    assert [run(10), run(10, day=11)] == [NOBODY, ONE]


def test_a_worker_that_was_away_at_eight_sends_later():
    thanked(MemberFactory(time_zone="UTC"))

    assert run(14) == ONE


def test_what_was_read_on_the_site_is_not_mailed():
    member = MemberFactory(time_zone="UTC")
    notices.mark_read(member, thanked(member).pk)

    assert run(8) == NOBODY


def test_a_digest_counts_as_one_mail_and_waits_while_the_week_is_full():
    member = MemberFactory(time_zone="UTC")
    AttentionBudget.objects.create(member=member, most_a_week=1)
    AttentionSpent.objects.create(member=member, kind="duty", key="before", at=YESTERDAY - timedelta(days=3, hours=8))
    thanked(member)

    outcomes = [run(8, day=day) for day in (10, 11, 12, 13, 14)]

    assert [one["digests"] for one in outcomes] == [0, 0, 0, 1, 0]
    assert outcomes[0] == {"digests": 0, "week_is_full": 1}
    assert AttentionSpent.objects.filter(kind="daily-digest").count() == 1


def test_a_digest_in_quiet_hours_waits_until_they_end():
    member = MemberFactory(time_zone="UTC")
    AttentionBudget.objects.create(member=member, quiet_from=time(22), quiet_until=time(9, 30))
    thanked(member)

    run(8)

    assert Mail.objects.get().next_try_at == datetime(2027, 3, 10, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("change", ["off", "left"])
def test_nobody_gets_a_digest_who_switched_it_off_or_left(change):
    member = MemberFactory(time_zone="UTC")
    thanked(member)
    if change == "off":
        attention.prefer(member, "daily-digest", "site")
    else:
        member.is_active = False
        member.save(update_fields=["is_active"])

    assert run(8) == NOBODY
    assert NoticePreference.objects.count() == (change == "off")


@pytest.mark.parametrize("number", [1, 3])
def test_the_statements_grow_only_with_the_mails(number, django_assert_num_queries):
    for member in MemberFactory.create_batch(number, time_zone="UTC"):
        thanked(member)

    with django_assert_num_queries(9 + number):  # two for the savepoint, one for the name of the site
        assert run(8)["digests"] == number
