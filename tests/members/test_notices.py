import logging
import threading
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection, transaction

from cop.site import letters
from cop.site.models import Mail
from members import emails
from members.models import AttentionBudget, AttentionSpent, Member, Notice, NoticePreference
from members.operations import attention
from members.operations.notices import notify, notify_many
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


def ask(member, key="kim", **more):
    """By mail, while the member has chosen nothing else."""
    return notify(member, "community-request", title="Kim wants to join", address="/communities/sre/", key=key, **more)


def prefers(member, kind, way):
    NoticePreference.objects.create(member=member, kind=kind, way=way)


def test_a_notice_stands_in_the_inbox_and_goes_out_by_mail_with_its_address():
    member = MemberFactory(name="Zoë Ray", email="zoe@example.org")

    ask(member, text="She writes: **hello**.")

    notice, mail = Notice.objects.get(), Mail.objects.get()
    assert (notice.title, notice.times, notice.read_at, notice.digest) == ("Kim wants to join", 1, None, "no")
    assert (mail.to, mail.kind, mail.subject) == ("zoe@example.org", "community-request", "Kim wants to join · CoP-AI")
    assert "Hello Zoë," in mail.text
    assert "She writes: **hello**." in mail.text
    assert "/communities/sre/" in mail.text
    assert "She writes: **hello**." in mail.html
    assert "READER" not in mail.text + mail.html


def test_two_equal_notices_within_ten_minutes_are_one_with_one_mail(member):
    for minutes in (0, 5, 9):
        ask(member, now=NOON + timedelta(minutes=minutes))

    assert list(Notice.objects.values_list("times", "created_at")) == [(3, NOON)]
    assert Mail.objects.count() == 1


def test_after_ten_minutes_an_equal_notice_is_a_new_one_and_takes_the_next_repeats(member):
    for minutes in (0, 10, 11):
        ask(member, now=NOON + timedelta(minutes=minutes))

    assert list(Notice.objects.order_by("pk").values_list("times", flat=True)) == [1, 2]
    assert Mail.objects.count() == 2


def test_a_repeat_makes_a_read_notice_unread_and_shows_the_newest_words(member):
    ask(member, now=NOON)
    Notice.objects.update(read_at=NOON)

    notify(
        member, "community-request", title="Kim and Leo want to join", key="kim", now=NOON + timedelta(minutes=1)
    )  # fmt: skip

    assert list(Notice.objects.values_list("title", "read_at", "times")) == [("Kim and Leo want to join", None, 2)]


def test_notices_with_another_key_kind_or_member_stay_apart(member):
    ask(member)
    ask(member, key="leo")
    ask(MemberFactory())
    notify(member, "community-answered", title="Kim wants to join", key="kim")

    assert list(Notice.objects.values_list("times", flat=True)) == [1, 1, 1, 1]


def test_without_a_key_title_and_address_tell_what_is_equal(member):
    for title in ("One", "Two", "One"):
        notify(member, "petition", title=title, address="/petitions/1/")

    assert sorted(Notice.objects.values_list("title", "times")) == [("One", 2), ("Two", 1)]


@pytest.mark.django_db(transaction=True)
def test_of_24_equal_notices_at_once_one_row_and_one_mail_remain():
    member, barrier = MemberFactory(), threading.Barrier(24)

    def say():
        try:
            barrier.wait()
            ask(member)
        finally:
            connection.close()

    threads = [threading.Thread(target=say) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Notice.objects.values_list("times", flat=True)) == [24]
    assert Mail.objects.count() == AttentionSpent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_neither_notice_nor_mail():
    member = MemberFactory()

    def change():
        with transaction.atomic():
            ask(member)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()

    assert not Notice.objects.exists()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("way", "mails", "digest"), [("mail", 1, "no"), ("digest", 0, "waiting"), ("site", 0, "no")]
)  # fmt: skip
def test_each_kind_comes_the_way_the_member_chose(member, way, mails, digest):
    prefers(member, "community-request", way)

    ask(member)

    assert Mail.objects.count() == mails
    assert Notice.objects.get().digest == digest


def test_who_switched_the_digest_off_has_its_kinds_on_the_site_only(member):
    prefers(member, "daily-digest", "site")

    notify(member, "kudos-received", title="Bart thanks you")

    assert Notice.objects.get().digest == "no"
    assert not Mail.objects.exists()


def test_security_and_registration_mail_ignores_off_quiet_hours_and_budget(member):
    AttentionBudget.objects.create(member=member, quiet_from=time(0), quiet_until=time(23, 59), most_a_week=1)
    AttentionSpent.objects.create(member=member, kind="petition", key="before")
    for kind in ("account-security", "event-registration"):
        prefers(member, kind, "site")
        notify(member, kind, title="Something happened")

    assert list(Mail.objects.order_by("pk").values_list("kind", "unsubscribe")) == [
        ("account-security", ""), ("event-registration", ""),
    ]  # fmt: skip
    assert all(mail.next_try_at <= mail.created_at for mail in Mail.objects.all())
    assert AttentionSpent.objects.count() == 1


def test_nobody_is_told_anything_who_has_left_but_what_is_fixed():
    gone = MemberFactory(is_active=False)
    erased = MemberFactory(is_active=False, erased_at=NOON)

    told = [notify(who, kind, title="Hello") for who in (gone, erased) for kind in ("petition", "erasure")]

    assert [bool(notice) for notice in told] == [False, True, False, False]
    assert list(Mail.objects.values_list("to", flat=True)) == [gone.email]


def test_in_quiet_hours_a_mail_waits_until_they_end_over_midnight():
    member = MemberFactory(time_zone="Europe/Amsterdam")
    AttentionBudget.objects.create(member=member, quiet_from=time(22), quiet_until=time(7))

    ask(member, now=datetime(2027, 3, 10, 22, 30, tzinfo=UTC))

    assert Mail.objects.get().next_try_at == datetime(2027, 3, 11, 6, 0, tzinfo=UTC)


def test_what_is_of_no_use_after_the_quiet_hours_stays_on_the_site():
    member = MemberFactory(time_zone="UTC")
    AttentionBudget.objects.create(member=member, quiet_from=time(11), quiet_until=time(13))

    ask(member, now=NOON, until=NOON + timedelta(minutes=59))

    assert Notice.objects.get().digest == "no"
    assert not Mail.objects.exists()


def test_over_the_weekly_budget_mails_become_part_of_the_digest(member):
    AttentionBudget.objects.create(member=member, most_a_week=2)

    for n in range(4):
        ask(member, key=f"n{n}", now=NOON + timedelta(hours=n))

    assert Mail.objects.count() == 2
    assert list(Notice.objects.order_by("pk").values_list("digest", flat=True)) == ["no", "no", "waiting", "waiting"]


def test_after_a_week_there_is_room_again_but_one_place_is_kept_for_what_waits(member):
    AttentionBudget.objects.create(member=member, most_a_week=1)
    ask(member, key="first", now=NOON)
    ask(member, key="second", now=NOON)

    ask(member, key="third", now=NOON + timedelta(days=7))

    assert list(Notice.objects.order_by("pk").values_list("digest", flat=True)) == ["no", "waiting", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_24_notices_at_once_never_mail_more_than_the_budget_allows():
    member, barrier = MemberFactory(), threading.Barrier(24)
    AttentionBudget.objects.create(member=member, most_a_week=3)

    def say(n):
        try:
            barrier.wait()
            ask(member, key=f"n{n}")
        finally:
            connection.close()

    threads = [threading.Thread(target=say, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Notice.objects.count() == 24
    assert 1 <= Mail.objects.count() <= 3
    assert Mail.objects.count() + Notice.objects.filter(digest="waiting").count() == 24


def test_mail_is_counted_once_and_forgotten_after_eight_days(member):
    for _ in range(2):
        attention.spend([(member.pk, "issue:1")], kind="newsletter", at=NOON)

    with time_machine.travel(NOON + timedelta(days=8, minutes=1)):
        forgotten = attention.forget_old()

    assert (forgotten, AttentionSpent.objects.count()) == (1, 0)


def test_a_switchable_mail_carries_the_one_click_headers_and_a_link(member):
    ask(member)

    mail = Mail.objects.get()
    assert emails.read_token(mail.unsubscribe.rstrip("/").rsplit("/", 1)[1])[0] == member.pk
    assert mail.unsubscribe in mail.text
    assert mail.unsubscribe in mail.html


def test_words_of_people_show_as_typed_and_make_no_links_in_mails(member):
    title = "**Bold** [click](https://evil.example) <b>x</b>"

    notify(member, "community-request", title=title, text=f"First.\n\n{title} https://evil.example/2")

    mail = Mail.objects.get()
    assert mail.subject == f"{title} · CoP-AI"
    assert f"\n{title}\n" in mail.text
    assert "**Bold** [click](https://evil.example) &lt;b&gt;x&lt;/b&gt;" in mail.html
    assert f"First.\n\n{title} https://evil.example/2\n" in mail.text
    assert 'href="https://evil.example' not in mail.html


def test_words_of_people_show_as_typed_and_make_no_links_in_the_inbox(member, member_client):
    notify(member, "community-request", title="A", text="[click](https://evil.example) <b>x</b>\n\n# Two")

    page = member_client.get("/me/notices/").content.decode()

    assert "<p>[click](https://evil.example) &lt;b&gt;x&lt;/b&gt;</p>" in page
    assert "<p># Two</p>" in page
    assert 'href="https://evil.example' not in page


def test_a_letter_whose_template_lacks_a_value_is_sent_plainly_and_logged(member, settings, caplog):
    settings.TEMPLATES[0]["OPTIONS"].pop("string_if_invalid", None)  # as at run time; while testing a gap fails
    letters._strict_engine.cache_clear()
    try:
        with caplog.at_level(logging.ERROR):
            letter = emails.letter(
                member, "welcome-letter", "email/events/cancelled.md", {}, title="Day three", text="Read <one> thing.",
                address="/welcome/",
            )  # fmt: skip
    finally:
        letters._strict_engine.cache_clear()

    assert letter.subject == "Day three"
    assert "Read <one> thing." in letter.text
    assert "http://127.0.0.1" in letter.text
    assert "/welcome/" in letter.text
    assert "Read &lt;one&gt; thing." in letter.html
    assert "/notices/off/" in letter.text
    assert "cannot be filled" in caplog.text


@pytest.mark.parametrize("number", [3, 1_000])
def test_telling_a_thousand_members_takes_as_many_statements_as_telling_three(number, django_assert_num_queries):
    members = Member.objects.bulk_create(MemberFactory.build_batch(number))

    with django_assert_num_queries(5):  # one of them asks for the name of the site, which is kept for a minute
        told = notify_many([member.pk for member in members], "duty", title="Your turn comes", address="/communities/")

    assert told == Notice.objects.count() == Mail.objects.count() == AttentionSpent.objects.count() == number
    assert Mail.objects.values("unsubscribe").distinct().count() == number


def test_telling_many_twice_tells_nobody_twice():
    members = MemberFactory.create_batch(2)
    numbers = [member.pk for member in members]
    notify_many(numbers[:1], "duty", title="Your turn comes")

    again = notify_many(numbers, "duty", title="Your turn comes")

    assert again == 1
    assert Mail.objects.count() == 2
