from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar

from cop.site import delivery
from cop.site.models import Mail
from events.models import Event, Registration, ReminderSent
from events.operations import publishing, reminders
from events.operations.registration import cancel, register
from members.models import AttentionBudget, Notice, NoticePreference
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
START = datetime(2027, 3, 24, 13, 0, tzinfo=UTC)
LINK = "https://meet.example.org/room-7"


@pytest.fixture
def event():
    with time_machine.travel(START - timedelta(days=30), tick=False):
        yield EventFactory(slug="circle", title="Circle", starts_at=START, capacity=1, join_url=LINK)


def calendar_of(letter):
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    return part.get_params(header="content-type"), Calendar.from_ical(part.get_content())


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def test_the_confirmation_arrives_with_text_html_and_a_calendar_request(event, mail_server):
    member = MemberFactory(time_zone="America/Bogota")
    register(event, member=member, by=member)

    delivery.send_due()

    [letter] = mail_server.to(member.email)
    parameters, calendar = calendar_of(letter)
    [entry] = calendar.events
    assert letter["Subject"] == "Registered: Circle, Wed 24 March, 08:00"
    assert "Wed 24 March, 08:00 to 09:00 (Bogota, -05); at the event: Wed 24 March, 14:00 to 15:00" in text_of(letter)
    assert letter.get_body(("html",)) is not None
    assert ("method", "REQUEST") in parameters
    assert (entry["UID"], entry["SEQUENCE"], entry.start) == (f"event-{event.pk}@127.0.0.1", 0, START)
    assert LINK not in letter.as_string()


def test_the_waiting_mail_names_the_position_and_has_no_calendar_file(event):
    for member in MemberFactory.create_batch(3):
        register(event, member=member, by=member)

    mail = Mail.objects.get(to=member.email)
    assert mail.subject == "Waiting list: Circle, you are number 2"
    assert "number 2 in the waiting list" in mail.text
    assert mail.calendar == ""


def test_moving_up_and_giving_back_each_send_one_mail_with_their_calendar_file(event):
    leaving, waiting = MemberFactory.create_batch(2)
    register(event, member=leaving, by=leaving)
    register(event, member=waiting, by=waiting)

    cancel(event, member=leaving, by=leaving)

    mails = Mail.objects.filter(kind__in=["event-moved-up", "event-cancelled"]).order_by("kind")
    assert [(mail.to, mail.calendar_method, mail.subject) for mail in mails] == [
        (leaving.email, "CANCEL", "Place given back: Circle"),
        (waiting.email, "REQUEST", "You have a place: Circle, Wed 24 March, 14:00"),
    ]
    assert Calendar.from_ical(mails[0].calendar).events[0]["STATUS"] == "CANCELLED"


def test_a_moved_event_raises_the_sequence_and_tells_those_registered_and_waiting(event):
    seated, waiting, gone = MemberFactory.create_batch(3)
    for member in (seated, waiting, gone):
        register(event, member=member, by=member)
    cancel(event, member=gone, by=gone)
    later = START + timedelta(days=1)

    publishing.change(event, by=MemberFactory(), starts_at=later, ends_at=later + timedelta(hours=1))

    mails = Mail.objects.filter(kind="event-moved").order_by("pk")
    assert [(mail.to, mail.calendar_method) for mail in mails] == [(seated.email, "REQUEST"), (waiting.email, "")]
    assert mails[0].subject == "Changed: Circle, now Thu 25 March, 14:00"
    [entry] = Calendar.from_ical(mails[0].calendar).events
    assert (entry["SEQUENCE"], entry.start, entry["UID"]) == (1, later, f"event-{event.pk}@127.0.0.1")


def test_a_change_of_words_alone_sends_no_mail(event):
    member = MemberFactory()
    register(event, member=member, by=member)

    publishing.change(event, by=member, description="New words", title="Circle of ethics")

    assert list(Mail.objects.values_list("kind", flat=True)) == ["event-confirmed"]
    assert Event.objects.get().sequence == 1


def test_a_cancelled_event_tells_everybody_once_with_the_reason(event):
    seated, waiting = MemberFactory.create_batch(2)
    for member in (seated, waiting):
        register(event, member=member, by=member)

    publishing.cancel_event(event, by=seated, reason="The host is ill.")
    publishing.cancel_event(event, by=seated, reason="Again.")

    mails = Mail.objects.filter(kind="event-event-cancelled").order_by("pk")
    assert [(mail.to, mail.calendar_method) for mail in mails] == [(seated.email, "CANCEL"), (waiting.email, "")]
    assert "The host is ill." in mails[0].text


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        (timedelta(days=7, minutes=1), []),
        (timedelta(days=7), ["7d"]),
        (timedelta(days=1, minutes=1), ["7d"]),
        (timedelta(days=1), ["1d"]),
        (timedelta(hours=1), ["1h"]),
        (timedelta(minutes=1), ["1h"]),
        (timedelta(0), []),
    ],
)
def test_each_reminder_has_its_time(event, before, kinds):
    RegistrationFactory(event=event)

    with time_machine.travel(START - before, tick=False):
        reminders.send_due()

    assert list(ReminderSent.objects.values_list("kind", flat=True)) == kinds
    assert Mail.objects.count() == len(kinds)


def test_running_the_reminders_twice_sends_each_once_and_only_the_last_has_the_link(event):
    RegistrationFactory(event=event)

    for before in (timedelta(days=6), timedelta(days=5), timedelta(hours=23), timedelta(minutes=50)):
        with time_machine.travel(START - before, tick=False):
            reminders.send_due()
            reminders.send_due()

    mails = Mail.objects.order_by("pk")
    assert [mail.subject for mail in mails] == [
        "Coming up: Circle, Wed 24 March, 14:00",
        "Coming up: Circle, Wed 24 March, 14:00",
        "Begins soon: Circle, Wed 24 March, 14:00",
    ]
    assert [LINK in mail.text for mail in mails] == [False, False, True]


def test_reminders_go_neither_to_those_waiting_nor_to_those_who_registered_just_now(event):
    RegistrationFactory(event=event, status="waiting", waiting_number=1)
    RegistrationFactory(event=event, status="cancelled")
    RegistrationFactory(event=event, changed_at=START - timedelta(days=3))

    with time_machine.travel(START - timedelta(days=2), tick=False):
        assert reminders.send_due() == {"7d": 0, "1d": 0, "1h": 0}


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_no_reminder_leaves_for_what_does_not_take_place(event, status):
    RegistrationFactory(event=event)
    Event.objects.update(status=status)

    with time_machine.travel(START - timedelta(hours=1), tick=False):
        reminders.send_due()

    assert not Mail.objects.exists()


def test_a_moved_event_reminds_again_only_of_what_is_still_to_come(event):
    RegistrationFactory(event=event)
    with time_machine.travel(START - timedelta(hours=20), tick=False):
        reminders.send_due()
        publishing.change(
            event, by=MemberFactory(), starts_at=START + timedelta(days=3), ends_at=START + timedelta(days=3, hours=1)
        )
        reminders.send_due()

    with time_machine.travel(START + timedelta(days=2), tick=False):
        counts = reminders.send_due()

    assert counts == {"7d": 0, "1d": 1, "1h": 0}
    assert Mail.objects.filter(kind="event-reminder").count() == 2 + 1


def test_registration_and_reminder_stand_in_the_inbox_and_only_the_reminder_can_be_switched_off(event):
    member = MemberFactory(time_zone="UTC")
    NoticePreference.objects.create(member=member, kind="event-reminder", way="site")
    register(event, member=member, by=member)
    Registration.objects.update(changed_at=START - timedelta(days=30))

    with time_machine.travel(START - timedelta(hours=20), tick=False):
        reminders.send_due()

    assert list(Notice.objects.order_by("pk").values_list("kind", "title", "address")) == [
        ("event-registration", "Registered: Circle, Wed 24 March, 13:00", "/events/circle/"),
        ("event-reminder", "Coming up: Circle, Wed 24 March, 13:00", "/events/circle/"),
    ]
    assert list(Mail.objects.values_list("kind", "unsubscribe")) == [("event-confirmed", "")]


def test_a_reminder_can_be_stopped_from_the_mail_itself(event):
    RegistrationFactory(event=event)

    with time_machine.travel(START - timedelta(hours=20), tick=False):
        reminders.send_due()

    mail = Mail.objects.get(kind="event-reminder")
    assert "/notices/off/" in mail.unsubscribe
    assert mail.unsubscribe in mail.text
    assert mail.unsubscribe in mail.html


def test_the_last_reminder_does_not_come_after_quiet_hours_when_the_event_has_begun(event):
    member = RegistrationFactory(event=event, member__time_zone="UTC").member
    AttentionBudget.objects.create(member=member, quiet_from=time(12), quiet_until=time(14))

    with time_machine.travel(START - timedelta(minutes=50), tick=False):
        reminders.send_due()

    assert Notice.objects.get().title.startswith("Begins soon: Circle")
    assert not Mail.objects.exists()
