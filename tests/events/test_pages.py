from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from events.models import Event, Registration
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.events import EventFactory, RegistrationFactory
from tests.factories.members import MemberFactory
from tests.factories.modules import ModuleFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
LINK = "https://meet.example.org/room-7"


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture(autouse=True)
def march():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def text(answer):
    return " ".join(answer.content.decode().split())


def titles(answer):
    return [row.event.title for month in answer.context["list"].months for row in month.rows]


def facet(answer, title):
    found = next(facet for facet in answer.context["list"].facets if facet.title == title)
    return [(option.label, option.count, option.address) for option in found.options]


# The list


def test_the_list_groups_coming_events_by_month_and_leaves_drafts_and_past_ones_out(visitor):
    EventFactory(title="April event", starts_at=NOW + timedelta(days=40))
    EventFactory(title="March event", starts_at=NOW + timedelta(days=3))
    EventFactory(title="Draft", status="draft")
    EventFactory(title="Over", starts_at=NOW - timedelta(days=2))

    answer = visitor.get("/events/")

    assert [month.name for month in answer.context["list"].months] == ["March 2027", "April 2027"]
    assert titles(answer) == ["March event", "April event"]


def test_past_events_stand_behind_a_link_newest_first(visitor):
    EventFactory(title="Older", starts_at=NOW - timedelta(days=9))
    EventFactory(title="Newer", starts_at=NOW - timedelta(days=2))

    assert '<a href="/events/?past=1">Past events</a>' in text(visitor.get("/events/"))
    assert titles(visitor.get("/events/?past=1")) == ["Newer", "Older"]


def test_facets_count_what_choosing_them_would_show(visitor):
    devops = CommunityFactory(slug="devops", name="DevOps")
    security = ModuleFactory(slug="security", title="Security")
    EventFactory(kind="sprint", community=devops, module=security)
    EventFactory(kind="sprint", community=devops)
    EventFactory(kind="webinar", module=security)

    answer = visitor.get("/events/?community=devops")

    assert facet(answer, "Kind") == [
        ("All kinds", 2, "?community=devops"),
        ("Sprint", 2, "?type=sprint&community=devops"),
    ]
    assert facet(answer, "Community") == [("DevOps", 2, "?")]
    assert facet(answer, "About") == [("Security", 1, "?community=devops&module=security")]
    assert len(titles(answer)) == 2


def test_mine_shows_where_the_member_is_registered_or_waits(member_client, member):
    RegistrationFactory(member=member, event__title="Seated")
    RegistrationFactory(member=member, event__title="Waiting", status="waiting", waiting_number=1)
    RegistrationFactory(member=member, event__title="Given back", status="cancelled")
    EventFactory(title="Not mine")

    answer = member_client.get("/events/?mine=1")

    assert titles(answer) == ["Seated", "Waiting"]
    assert facet(member_client.get("/events/"), "Mine") == [("Registered or waiting", 2, "?mine=1")]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "The next events will stand here"),
        ("?past=1", "Past events will stand here"),
        ("?type=sprint", "No event matches"),
        ("?module=' OR 1=1", "No event matches"),
        ("?page=zz", "The next events will stand here"),
        ("?mine=1", "The next events will stand here"),
    ],
)
def test_an_empty_list_says_what_will_be_there_and_has_one_action(visitor, query, title):
    page = text(visitor.get(f"/events/{query}"))

    assert f'<h2 class="h3">{title}</h2>' in page


@pytest.mark.parametrize(
    ("event", "registration", "words"),
    [
        ({}, None, "Free to join"),
        ({"capacity": 12}, None, "12 places free"),
        ({"capacity": 1, "seats_taken": 1}, None, "Full"),
        ({"status": "cancelled"}, None, "Cancelled"),
        ({"starts_at": NOW - timedelta(minutes=5)}, None, "Running now"),
        ({"capacity": 3}, {"status": "confirmed"}, "Registered"),
        ({"capacity": 1, "seats_taken": 1}, {"status": "waiting", "waiting_number": 7}, "Waiting, 1 in line"),
    ],
)
def test_each_row_says_its_state_for_the_viewer(member_client, member, event, registration, words):
    event = EventFactory(**event)
    if registration:
        RegistrationFactory(event=event, member=member, **registration)

    answer = member_client.get("/events/")

    assert [row.badge.words for month in answer.context["list"].months for row in month.rows] == [words]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_however_long(member_client, member, number, django_assert_num_queries):
    member_client.get("/events/")
    for event in EventFactory.create_batch(number, community=CommunityFactory(), module=ModuleFactory()):
        RegistrationFactory(event=event, member=member)

    with django_assert_num_queries(6):
        member_client.get("/events/")


def test_25_events_need_two_pages(visitor):
    EventFactory.create_batch(25, kind="sprint")

    answer = visitor.get("/events/?type=sprint&page=2")

    assert len(titles(answer)) == 1
    assert 'href="?type=sprint&amp;page=1"' in text(answer)


# The page of one event


def test_times_are_the_viewers_own_beside_those_of_the_event(member_client, member):
    member.time_zone = "America/Bogota"
    member.save(update_fields=["time_zone"])
    start = datetime(2027, 3, 24, 13, 0, tzinfo=UTC)
    event = EventFactory(starts_at=start, time_zone="Europe/Amsterdam", agenda="14:30 Rules first\nQuestions")

    page = text(member_client.get(event.get_absolute_url()))

    assert "<strong>Wed 24 March, 08:00 to 09:00</strong>, your time (Bogota, -05)" in page
    assert "At the event: Wed 24 March, 14:00 to 15:00 (Amsterdam, CET)" in page
    assert '<span class="when">08:30</span><p>Rules first</p>' in page
    assert '<span class="when"></span><p>Questions</p>' in page


def test_the_description_is_markdown_and_its_scripts_do_nothing(visitor):
    event = EventFactory(description="**Bold** <script>alert(1)</script>")

    page = text(visitor.get(event.get_absolute_url()))

    assert "<strong>Bold</strong>" in page
    assert "<script>alert" not in page


def box(client, event):
    found = client.get(event.get_absolute_url()).context["box"]
    return (found.badge, found.title, found.action)


def test_the_box_offers_free_places_to_members_and_the_log_in_to_visitors(visitor, member_client):
    event = EventFactory(slug="open", capacity=3, seats_taken=1)

    assert box(member_client, event) == ("Places free", "2 places free", "register")
    assert box(visitor, event) == ("Places free", "2 places free", "log-in")
    assert 'href="/accounts/login/?next=/events/open/"' in text(visitor.get("/events/open/"))


def test_the_box_of_a_full_event_names_the_place_in_line(member_client):
    event = EventFactory(capacity=3, seats_taken=3)
    for number in (1, 2):
        RegistrationFactory(event=event, status="waiting", waiting_number=number)

    assert box(member_client, event) == ("Full", "You would be 3rd in line", "wait")
    assert "3 of 3 places taken, 2 people wait" in text(member_client.get(event.get_absolute_url()))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "cancelled"}, ("Cancelled", "This event was cancelled", "")),
        (
            {"starts_at": NOW - timedelta(minutes=5)},
            ("Closed", "Registration closed when the event began.", ""),
        ),
        ({"starts_at": NOW - timedelta(days=1)}, ("Over", "This event is over", "")),
    ],
)
def test_the_box_explains_why_there_is_nothing_to_press(member_client, values, expected):
    assert box(member_client, EventFactory(**values)) == expected


def test_the_box_of_those_who_wait_shows_their_position_and_lets_them_leave(member_client, member):
    event = EventFactory(capacity=1, seats_taken=1)
    RegistrationFactory(event=event, status="waiting", waiting_number=3)
    RegistrationFactory(event=event, member=member, status="waiting", waiting_number=8)

    assert box(member_client, event) == ("Waiting", "You are 2nd in line", "leave")
    assert "Leave the waiting list" in text(member_client.get(event.get_absolute_url()))


@pytest.mark.parametrize(
    ("before", "action", "is_shown"),
    [
        (timedelta(hours=24, minutes=1), "calendar", False),
        (timedelta(hours=24), "join", True),
        (timedelta(minutes=-59), "join", True),
        (timedelta(minutes=-60), "", False),
    ],
)
def test_the_link_to_join_shows_from_24_hours_before_until_the_end(member, before, action, is_shown):
    start = datetime(2027, 3, 24, 13, 0, tzinfo=UTC)
    with time_machine.travel(start - before, tick=False):
        client = Client()
        client.force_login(member)
        event = EventFactory(starts_at=start, join_url=LINK)
        RegistrationFactory(event=event, member=member)

        assert box(client, event)[2] == action
        assert (LINK in text(client.get(event.get_absolute_url()))) is is_shown


@pytest.mark.parametrize("status", [None, "waiting", "cancelled"])
def test_nobody_but_those_registered_sees_the_link_to_join(member_client, member, status):
    event = EventFactory(starts_at=NOW + timedelta(hours=1), join_url=LINK)
    if status:
        RegistrationFactory(
            event=event, member=member, status=status, waiting_number=1 if status == "waiting" else None
        )

    assert LINK not in text(member_client.get(event.get_absolute_url()))


def test_afterwards_the_recording_and_thanks_are_shown(member_client, member):
    event = EventFactory(
        starts_at=NOW - timedelta(days=1), recording_url="https://video.example.org/1", recording_published_at=NOW
    )
    RegistrationFactory(event=event, member=member, attended_at=NOW)

    assert box(member_client, event) == ("Over", "Thank you for being there", "watch")
    assert "Watch the recording of" in text(member_client.get(event.get_absolute_url()))


def test_only_members_in_the_directory_are_named_and_few_others_have_no_number(member_client, visitor):
    event = EventFactory()
    RegistrationFactory(event=event, member=MemberFactory(name="Ann Visible"))
    RegistrationFactory(event=event, member=MemberFactory(name="Bob Hidden", in_directory=False))

    page = text(member_client.get(event.get_absolute_url()))

    assert "Ann Visible</a> and others." in page
    assert "Bob Hidden" not in page
    assert "Ann Visible" not in text(visitor.get(event.get_absolute_url()))


def test_five_or_more_others_are_counted(member_client):
    event = EventFactory()
    RegistrationFactory(event=event, member=MemberFactory(name="Ann Visible"))
    for hidden in MemberFactory.create_batch(5, in_directory=False):
        RegistrationFactory(event=event, member=hidden)

    assert "Ann Visible</a> and 5 others." in text(member_client.get(event.get_absolute_url()))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_many_come(member_client, number, django_assert_num_queries):
    event = EventFactory(host=MemberFactory(), community=CommunityFactory(), module=ModuleFactory())
    event.topics.add("privacy")
    RegistrationFactory.create_batch(number, event=event)
    member_client.get("/events/")

    with django_assert_num_queries(7):
        member_client.get(event.get_absolute_url())


def test_a_draft_is_a_missing_page_to_members_and_a_preview_to_organizers(member_client, organizer_client, visitor):
    event = EventFactory(status="draft", ends_at=None)

    assert [client.get(event.get_absolute_url()).status_code for client in (visitor, member_client)] == [404, 404]
    assert box(organizer_client, event) == ("Draft", "Only organizers see this", "")


# Registering and cancelling in the browser


def post(client, address, **more):
    answer = client.post(address, follow=True, **more)
    return answer, [str(message) for message in answer.context["messages"]]


def test_registering_waiting_and_leaving_by_the_buttons(member_client, member):
    EventFactory(slug="open", capacity=1)

    _, said = post(member_client, "/events/open/register/")
    _, again = post(member_client, "/events/open/register/")
    _, gone = post(member_client, "/events/open/cancel/")

    assert said == [f"You are registered. A mail with the calendar entry goes to {member.email}."]
    assert again == ["You are already registered."]
    assert gone == ["Your place is given back. Register again if plans change."]


def test_a_full_event_puts_on_the_waiting_list_and_says_the_number(member_client):
    RegistrationFactory(event__slug="full", event__capacity=1)

    _, said = post(member_client, "/events/full/register/")
    _, again = post(member_client, "/events/full/register/")
    _, gone = post(member_client, "/events/full/cancel/")

    assert said == ["You are on the waiting list, number 1."]
    assert again == ["You are already on the waiting list, number 1."]
    assert gone == ["You left the waiting list."]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": "cancelled"}, "This event was cancelled."),
        ({"starts_at": NOW - timedelta(minutes=1)}, "Registration closed when the event began."),
        ({"starts_at": NOW - timedelta(days=2)}, "This event is over."),
    ],
)
def test_an_event_that_cannot_be_joined_explains_itself(member_client, values, words):
    EventFactory(slug="closed", **values)

    answer, said = post(member_client, "/events/closed/register/")

    assert (answer.status_code, said) == (200, [words])
    assert not Registration.objects.exists()


@pytest.mark.parametrize("act", ["register", "cancel"])
def test_an_unknown_event_and_a_draft_are_missing_pages(member_client, act):
    EventFactory(slug="draft", status="draft")

    assert member_client.post(f"/events/nothing/{act}/").status_code == 404
    assert member_client.post(f"/events/draft/{act}/").status_code == 404


@pytest.mark.parametrize("act", ["register", "cancel"])
def test_a_visitor_is_led_to_the_log_in_and_back_to_the_event(visitor, act):
    EventFactory(slug="open")

    answer = visitor.post(f"/events/open/{act}/")

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fevents%2Fopen%2F")


@pytest.mark.parametrize("act", ["register", "cancel"])
def test_opening_the_address_of_a_button_changes_nothing(member_client, act):
    EventFactory(slug="open")

    answer = member_client.get(f"/events/open/{act}/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert not Registration.objects.exists()


def test_a_post_without_the_forms_token_is_refused(member):
    EventFactory(slug="open")
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)

    assert client.post("/events/open/register/").status_code == 403
    assert Event.objects.get().seats_taken == 0


# Recordings


def test_recordings_of_past_events_are_listed_newest_first(visitor):
    shown = {"recording_url": "https://video.example.org/1", "recording_published_at": NOW - timedelta(hours=1)}
    EventFactory(title="Older", starts_at=NOW - timedelta(days=9), **shown)
    EventFactory(title="Newer", starts_at=NOW - timedelta(days=2), **shown)
    EventFactory(
        title="Later", starts_at=NOW - timedelta(days=2), **shown | {"recording_published_at": NOW + timedelta(1)}
    )
    EventFactory(title="Without", starts_at=NOW - timedelta(days=2))

    answer = visitor.get("/events/recordings/")

    assert [event.title for event in answer.context["page_obj"]] == ["Newer", "Older"]


def test_without_recordings_the_page_says_how_they_get_there(visitor):
    assert "Recordings will stand here" in text(visitor.get("/events/recordings/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_recordings_take_the_same_queries_however_many(visitor, number, django_assert_num_queries):
    for host in MemberFactory.create_batch(number):
        EventFactory(
            starts_at=NOW - timedelta(days=2), host=host, module=ModuleFactory(),
            recording_url="https://video.example.org/1", recording_published_at=NOW,
        )  # fmt: skip

    visitor.get("/events/")

    with django_assert_num_queries(2):
        visitor.get("/events/recordings/")


# What belongs to a community that not everybody may know of


def shown_to(client, event):
    """On which pages the event stands for this browser."""
    pages = {
        "list": "/events/", "past": "/events/?past=1", "recordings": "/events/recordings/",
        "detail": f"/events/{event.slug}/", "file": f"/events/{event.slug}.ics", "feed": "/events.ics", "home": "/",
    }  # fmt: skip
    return {name for name, address in pages.items() if event.title in client.get(address).content.decode()}


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("days", [3, -3], ids=["coming", "past"])
def test_an_event_of_a_community_of_its_own_members_stands_nowhere_for_others(visitor, days):
    inside = MembershipFactory(community__name="Hidden Circle", community__visibility="own")
    event = EventFactory(
        title="Quiet meeting", community=inside.community, starts_at=NOW + timedelta(days=days),
        recording_url="https://video.example.org/1", recording_published_at=NOW - timedelta(days=1),
    )  # fmt: skip
    stranger, member = signed_in(MemberFactory()), signed_in(inside.member)

    own = {"list", "detail", "file"} if days > 0 else {"past", "recordings", "detail", "file"}
    assert (shown_to(visitor, event), shown_to(stranger, event), shown_to(member, event)) == (set(), set(), own)
    assert "Hidden Circle" not in stranger.get("/events/").content.decode()
    assert stranger.post(f"/events/{event.slug}/register/").status_code == 404
    assert not Registration.objects.exists()


def test_an_event_of_a_community_for_members_is_unknown_to_visitors_alone(visitor):
    event = EventFactory(title="Among us", community=CommunityFactory(visibility="members"))

    assert shown_to(visitor, event) == set()
    assert shown_to(signed_in(MemberFactory()), event) == {"list", "detail", "file"}


def test_who_left_a_hidden_community_still_finds_the_event_they_are_registered_for_and_can_cancel():
    registration = RegistrationFactory(event__community=CommunityFactory(visibility="own"))
    client, address = signed_in(registration.member), f"/events/{registration.event.slug}/"

    assert client.get(address).status_code == 200
    client.post(f"{address}cancel/")
    assert client.get(address).status_code == 404


def test_a_host_who_is_not_in_the_directory_is_not_named(visitor):
    event = EventFactory(
        host=MemberFactory(name="Ada Bos", headline="headline-text", in_directory=False),
        starts_at=NOW - timedelta(days=2), recording_url="https://video.example.org/1",
        recording_published_at=NOW - timedelta(days=1),
    )  # fmt: skip

    for client in (visitor, signed_in(MemberFactory())):
        for address in (f"/events/{event.slug}/", "/events/recordings/"):
            page = client.get(address).content.decode()
            assert not [words for words in ("Ada Bos", "AB</span>", "headline-text") if words in page]
    assert "Ada Bos" in signed_in(event.host).get(f"/events/{event.slug}/").content.decode()
