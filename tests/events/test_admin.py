import csv
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from cop.site.models import Mail
from events.models import Event
from members.models import Activity, Member
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
ADD = "/admin/events/event/add/"
LIST = "/admin/events/event/"


def day(number, hour=18):
    return (timezone.localtime() + timedelta(days=number)).strftime(f"%Y-%m-%dT{hour:02}:00")


def filled(**more):
    values = {
        "title": "Small workshop", "slug": "", "kind": "workshop", "summary": "Three people", "starts_at": day(7),
        "ends_at": day(7, 20), "time_zone": "America/Bogota", "capacity": "3", "topics": "privacy, redaction",
    }  # fmt: skip
    return values | more


def errors(answer):
    return answer.context["adminform"].form.errors.get_json_data()


def messages(answer):
    return [str(message) for message in answer.context["messages"]]


def act(client, action, *things, address=LIST, **more):
    return client.post(
        address, {"action": action, "_selected_action": [thing.pk for thing in things], **more}, follow=True
    )


def test_an_organizer_makes_and_publishes_an_event_in_one_form(organizer_client):
    answer = organizer_client.post(ADD, filled(_publish="1"), follow=True)

    event = Event.objects.get()
    assert (event.slug, event.status, event.capacity) == ("small-workshop", "published", 3)
    assert event.starts_at.astimezone(ZoneInfo("America/Bogota")).strftime("%Y-%m-%dT%H:%M") == day(7)
    assert sorted(event.topics.names()) == ["privacy", "redaction"]
    assert messages(answer) == ["“Small workshop” is announced at <a href='/events/small-workshop/'>its page</a>."]


def test_a_saved_draft_stays_a_draft_and_may_have_no_end(organizer_client):
    organizer_client.post(ADD, filled(_save="1", ends_at=""))

    assert Event.objects.get().status == "draft"


def test_the_second_event_of_a_title_gets_a_free_address(organizer_client):
    EventFactory(slug="small-workshop")

    organizer_client.post(ADD, filled(_save="1"))

    assert Event.objects.filter(slug="small-workshop-2").exists()


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"ends_at": day(7, 17)}, "ends_at", "The end must come after the beginning."),
        ({"ends_at": ""}, "ends_at", "An announced event needs an end."),
        (
            {"starts_at": day(-2), "ends_at": day(-2, 20)}, "starts_at",
            "The beginning lies in the past. Choose a time to come."
        ),
        ({"starts_at": "soon"}, "starts_at", "Write day and time like 2027-03-24 14:00."),
        ({"starts_at": "2027-99-99T99:99"}, "starts_at", "Write day and time like 2027-03-24 14:00."),
        ({"time_zone": "Mars"}, "time_zone", "“Mars” is not a time zone; write one such as Europe/Lisbon."),
        (
            {"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T05:00", "time_zone": "Europe/Amsterdam"},
            "starts_at", "The clocks change on that day and skip this time. Choose another one.",
        ),
        ({"capacity": "0"}, "capacity", "Give at least one place, or leave it empty for no limit."),
        ({"slug": "recordings"}, "slug", "This address is a page of its own already. Choose another one."),
        ({"title": "日本", "slug": ""}, "slug", "Write an address with small letters, digits and hyphens."),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_field_and_nothing_is_saved(organizer_client, values, field, message):
    answer = organizer_client.post(ADD, filled(_publish="1", **values))

    assert [error["message"] for error in errors(answer)[field]] == [message]
    assert not Event.objects.exists()


def test_a_new_event_starts_with_sensible_values(organizer_client):
    page = organizer_client.get(ADD)

    initial = page.context["adminform"].form.initial
    assert initial["ends_at"] - initial["starts_at"] == timedelta(hours=1)
    assert (initial["starts_at"].hour, initial["time_zone"]) == (18, "Europe/Amsterdam")
    assert initial["host"] == Member.objects.get(is_superuser=True).pk
    assert "Save and publish" in page.content.decode()


def change_page(event):
    return reverse("admin:events_event_change", args=[event.pk])


def test_the_form_shows_the_clock_of_the_events_own_zone(organizer_client):
    start = datetime(2027, 3, 24, 8, 0, tzinfo=ZoneInfo("America/Bogota"))
    event = EventFactory(starts_at=start, time_zone="America/Bogota")

    assert 'value="2027-03-24T08:00"' in organizer_client.get(change_page(event)).content.decode()


def test_saving_without_a_change_tells_nobody_and_a_moved_event_tells_everybody(organizer_client):
    event = EventFactory(
        time_zone="Europe/Amsterdam", starts_at=timezone.now().replace(second=0, microsecond=0) + timedelta(9)
    )
    RegistrationFactory(event=event)
    local = timezone.localtime(event.starts_at, ZoneInfo("Europe/Amsterdam"))
    same = {
        "title": event.title, "kind": event.kind, "time_zone": event.time_zone, "starts_at": f"{local:%Y-%m-%dT%H:%M}",
        "ends_at": f"{local + timedelta(hours=1):%Y-%m-%dT%H:%M}",
    }  # fmt: skip

    organizer_client.post(change_page(event), same)
    assert (Mail.objects.count(), Event.objects.get().sequence) == (0, 0)

    organizer_client.post(change_page(event), same | {"place": "Room 3"})
    assert (Mail.objects.get().kind, Event.objects.get().place) == ("event-moved", "Room 3")


def test_fewer_places_than_taken_is_told_at_the_field(organizer_client):
    event = EventFactory(capacity=3, seats_taken=2)

    answer = organizer_client.post(change_page(event), filled(capacity="1", time_zone="Europe/Amsterdam"))

    assert errors(answer)["capacity"][0]["message"] == "2 places are taken already. Give at least that many."


def test_a_recording_is_shown_from_the_moment_it_is_saved(organizer_client):
    event = EventFactory(starts_at=timezone.now() - timedelta(days=1))
    values = filled(starts_at=day(-1), ends_at=day(-1, 20), recording_url="video.example.org/1")

    organizer_client.post(change_page(event), values)

    event.refresh_from_db()
    assert event.recording_url == "https://video.example.org/1"
    assert event.shows_recording(timezone.now() + timedelta(days=1))


def test_the_event_page_shows_its_registrations_to_read_with_a_link_to_their_list(organizer_client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event, member=MemberFactory(name="Ann Seated"))
    RegistrationFactory(event=event, member=MemberFactory(name="Bob Waits"), status="waiting", waiting_number=4)

    page = " ".join(organizer_client.get(change_page(event)).content.decode().split())

    assert "1 registered, 1 waiting, 0 cancelled." in page
    assert "<td>Bob Waits</td><td>Waiting, 1 in line</td>" in page
    listed = organizer_client.get(f"/admin/events/registration/?event__id__exact={event.pk}")
    assert len(listed.context["cl"].result_list) == 2


def test_publishing_by_the_list_says_what_worked_and_what_did_not(organizer_client):
    good, bad = EventFactory(status="draft", title="Good"), EventFactory(status="draft", title="Bad", ends_at=None)

    answer = act(organizer_client, "publish", good, bad)

    assert sorted(Event.objects.values_list("title", "status")) == [("Bad", "draft"), ("Good", "published")]
    assert "“Bad” was not published: Give the end of the event first." in messages(answer)


def test_cancelling_asks_on_a_page_of_its_own_first(organizer_client):
    event = RegistrationFactory(event__title="Circle").event

    asked = act(organizer_client, "cancel_events", event)
    assert "1 person registered or waiting" in asked.content.decode()
    assert Event.objects.get().status == "published"

    answer = act(organizer_client, "cancel_events", event, confirmed="1", reason="The host is ill.")
    assert messages(answer) == ["“Circle” is cancelled. A mail that says so goes to 1 person."]
    assert (Event.objects.get().status, Mail.objects.count()) == ("cancelled", 1)


def test_registrations_are_exported_as_csv_that_runs_nothing(organizer_client):
    event = EventFactory(title="=Circle", capacity=1)
    RegistrationFactory(event=event, member=MemberFactory(name="=1+1", handle="ann", email="ann@example.org"))
    RegistrationFactory(event=event, member__name="Bob", status="waiting", waiting_number=9)

    answer = act(organizer_client, "export_registrations", event)

    head, first, second = csv.reader(StringIO(answer.content.decode()))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert head == ["Event", "Name", "Handle", "E-mail", "Status", "Position", "Registered at", "Attended"]
    assert first[:6] == ["'=Circle", "'=1+1", "ann", "ann@example.org", "Registered", ""]
    assert (second[1], second[4], second[5]) == ("Bob", "Waiting", "1")


def test_the_export_names_nobody_who_is_not_in_the_directory(organizer_client):
    hidden = MemberFactory(name="Ada Bos", handle="ada", email="ada@example.org", in_directory=False)
    event = RegistrationFactory(member=hidden).event

    answer = act(organizer_client, "export_registrations", event)

    _, row = csv.reader(StringIO(answer.content.decode()))
    assert row[1:5] == ["A member who is not in the directory", "", "", "Registered"]


def test_attendance_is_marked_in_the_list_of_registrations(organizer_client):
    past = EventFactory(starts_at=timezone.now() - timedelta(days=1))
    came = RegistrationFactory(event=past)
    early = RegistrationFactory(event__title="Later")

    answer = act(organizer_client, "mark_attended", came, early, address="/admin/events/registration/")

    assert messages(answer) == [
        "1 person marked as attended.",
        "Attendance at “Later” can be marked once it has begun.",
    ]
    assert list(Activity.objects.values_list("actor", "points")) == [(came.member_id, 2)]


def test_only_drafts_can_be_deleted(organizer_client):
    draft, published = EventFactory(status="draft"), EventFactory()

    assert organizer_client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 302
    assert organizer_client.post(f"{LIST}{published.pk}/delete/", {"post": "yes"}).status_code == 403
    assert list(Event.objects.all()) == [published]


def test_members_do_not_enter(member_client):
    assert member_client.get(LIST).status_code in (302, 403)


def test_the_page_of_an_announced_event_leads_to_its_export_and_to_cancelling(organizer_client):
    event = RegistrationFactory(event__title="Circle", member__name="Ann").event
    page = organizer_client.get(change_page(event)).content.decode()

    assert f'href="{LIST}{event.pk}/registrations.csv"' in page
    assert f'href="{LIST}{event.pk}/cancel/"' in page
    assert b"Circle,Ann," in organizer_client.get(f"{LIST}{event.pk}/registrations.csv").content
    assert b"1 person registered or waiting" in organizer_client.get(f"{LIST}{event.pk}/cancel/").content
    assert Event.objects.get().status == "published"


def test_an_organizer_without_rights_on_events_neither_exports_nor_cancels(client):
    client.force_login(MemberFactory(is_staff=True))
    event = EventFactory()

    answers = [client.get(f"{LIST}{event.pk}/{page}") for page in ("registrations.csv", "cancel/")]

    assert [answer.status_code for answer in answers] == [403, 403]
