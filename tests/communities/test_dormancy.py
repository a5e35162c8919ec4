"""Resting and waking, leads who leave, and what the apps above add to the page."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from communities import jobs
from communities.models import Membership, VolunteerHours
from communities.operations import membership
from communities.operations.dormancy import rest_silent
from communities.operations.groups import archive
from communities.queries.people import sole_lead_of
from cop.lib.errors import Refused
from members.models import Activity, Member, Notice
from members.operations import ledger
from members.operations.erasure import reasons_to_stay
from tests.communities.test_membership import at_once
from tests.communities.test_pages import text_of
from tests.factories.communities import (
    CharterFactory,
    CommunityFactory,
    JoinRequestFactory,
    MembershipFactory,
    MotionFactory,
)
from tests.factories.events import EventFactory
from tests.factories.members import MemberFactory, add_verbs

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def verbs(db):
    add_verbs(dict.fromkeys(("community-joined", "community-woken", "motion-voted", "lab-completed"), 0))


def silent(community, days=200, **fields):
    return MembershipFactory(community=community, joined_at=NOW - timedelta(days=days), **fields)


def act(member, community="", *, days=1, verb="motion-voted"):
    at = NOW - timedelta(days=days)
    return ledger.record(verb, by=member, kind="motion", key=f"{days}", title="A vote", community=community, at=at)


def test_180_silent_days_make_a_membership_rest_and_never_end():
    community = CommunityFactory(name="Circle")
    mine, newer = silent(community, 181), silent(community, 179)

    assert rest_silent(now=NOW) == {"rested": 1, "woken": 0}

    mine.refresh_from_db()
    newer.refresh_from_db()
    assert (mine.status, mine.dormant_since, mine.role, newer.status) == ("dormant", NOW, "member", "active")
    assert Notice.objects.get(kind="community-rest").title == "Your membership in Circle rests"
    assert rest_silent(now=NOW) == {"rested": 0, "woken": 0}


def test_the_charter_says_after_how_many_days():
    silent(CharterFactory(dormant_days=30).community, 31)

    assert rest_silent(now=NOW)["rested"] == 1


def test_an_act_in_the_community_keeps_awake_and_one_elsewhere_does_not():
    community = CommunityFactory(slug="circle")
    here, elsewhere = silent(community), silent(community)
    act(here.member, "circle")
    act(elsewhere.member, "another")

    assert rest_silent(now=NOW)["rested"] == 1
    assert Membership.objects.get(status="dormant") == elsewhere


def test_where_a_community_has_no_acts_on_record_any_act_on_the_site_counts():
    community = CommunityFactory(slug="circle")
    active, quiet = silent(community), silent(community)
    act(active.member, verb="lab-completed")

    rest_silent(now=NOW)

    assert Membership.objects.get(status="dormant") == quiet


def test_logged_hours_keep_awake():
    mine = silent(CommunityFactory())
    VolunteerHours.objects.create(
        community=mine.community, member=mine.member, day=NOW.date() - timedelta(days=10), hours=1, task="Reviews"
    )

    assert rest_silent(now=NOW)["rested"] == 0


def test_the_next_act_wakes_a_resting_membership():
    mine = silent(CommunityFactory(slug="circle"), status="dormant", dormant_since=NOW - timedelta(days=3))
    assert rest_silent(now=NOW) == {"rested": 0, "woken": 0}
    act(mine.member, "circle", days=1)

    assert rest_silent(now=NOW) == {"rested": 0, "woken": 1}

    mine.refresh_from_db()
    assert (mine.status, mine.dormant_since) == ("active", None)


def test_a_button_wakes_a_resting_membership_and_it_does_not_fall_asleep_the_next_night(member, member_client):
    community = CommunityFactory(slug="circle")
    MembershipFactory(
        community=community, member=member, joined_at=NOW - timedelta(days=300), status="dormant",
        dormant_since=NOW - timedelta(days=3),
    )  # fmt: skip
    assert "I am still here" in text_of(member_client.get("/communities/circle/"))

    member_client.post("/communities/circle/wake/")

    assert Membership.objects.get().status == "active"
    assert rest_silent(now=timezone.now())["rested"] == 0


def test_nobody_rests_in_a_closed_community():
    silent(CommunityFactory(is_archived=True))

    assert rest_silent(now=NOW)["rested"] == 0


def test_the_command_says_what_it_would_do_and_does_it_once():
    silent(CommunityFactory())
    said = [StringIO() for _ in range(3)]

    call_command("rest_silent_members", "--dry-run", "--json", stdout=said[0])
    assert not Membership.objects.filter(status="dormant").exists()
    call_command("rest_silent_members", "--json", stdout=said[1])
    call_command("rest_silent_members", stdout=said[2])

    assert [json.loads(text.getvalue()) for text in said[:2]] == [{"rested": 1, "woken": 0}] * 2
    assert said[2].getvalue() == "0 memberships rest now; 0 have woken\n"


def test_the_job_reports_its_counts():
    silent(CommunityFactory())

    assert jobs.rest_silent() == {"rested": 1, "woken": 0}


@pytest.mark.parametrize("rows", [1, 3])
def test_resting_takes_the_same_queries_for_any_number_of_members(rows, django_assert_num_queries):
    community = CommunityFactory()
    for _ in range(rows):
        silent(community)

    with django_assert_num_queries(13):
        assert rest_silent(now=NOW)["rested"] == rows


# Leads who leave


def test_when_the_only_lead_leaves_deputies_and_organizers_hear_of_it():
    lead = MembershipFactory(role="lead", community__name="Circle", member__name="Hanna")
    MembershipFactory(community=lead.community, role="deputy", member__name="Ines")
    MembershipFactory(community=lead.community)
    MemberFactory(name="Bart", is_staff=True)

    membership.leave(lead.community, by=lead.member)

    told = Notice.objects.filter(kind="community-without-lead").order_by("member__name")
    assert [(one.member.name, one.title) for one in told] == [
        ("Bart", "Circle has no lead any more"), ("Ines", "Circle has no lead any more"),
    ]  # fmt: skip


def test_when_one_of_two_leads_leaves_nobody_is_alarmed():
    lead = MembershipFactory(role="lead")
    MembershipFactory(community=lead.community, role="lead")

    membership.leave(lead.community, by=lead.member)

    assert not Notice.objects.filter(kind="community-without-lead").exists()


def test_a_lone_lead_is_told_before_leaving(member, member_client):
    mine = MembershipFactory(member=member, role="lead", community__slug="circle")
    assert "You alone lead it." in text_of(member_client.get("/communities/circle/"))

    MembershipFactory(community=mine.community, role="deputy")

    assert "You alone lead it." not in text_of(member_client.get("/communities/circle/"))


def test_a_sole_lead_is_asked_to_hand_over_before_deleting_the_account(member):
    mine = MembershipFactory(member=member, role="lead", community__name="Circle")
    MembershipFactory(member=member, role="lead", community__is_archived=True)

    assert sole_lead_of(member) == [mine.community]
    assert reasons_to_stay(member) == [
        "You alone lead “Circle”. Make somebody a deputy there first, or step down as its lead."
    ]


@pytest.mark.parametrize(("role", "active"), [("deputy", True), ("lead", True), ("deputy", False), ("core", True)])
def test_a_lead_is_sole_unless_an_active_lead_or_deputy_stays(member, role, active):
    mine = MembershipFactory(member=member, role="lead")
    MembershipFactory(community=mine.community, role=role, member__is_active=active)

    assert bool(sole_lead_of(member)) == (role == "core" or not active)


# Closing


def test_closing_ends_what_is_open():
    motion = MotionFactory()
    asked = JoinRequestFactory(community=motion.community)

    archive(motion.community)

    asked.refresh_from_db()
    motion.refresh_from_db()
    assert (asked.state, asked.note) == ("declined", "The community was closed.")
    assert (motion.state, motion.community.is_archived) == ("withdrawn", True)


@pytest.mark.django_db(transaction=True)
def test_who_joins_in_the_moment_of_closing_is_in_before_it_or_refused():
    community = CommunityFactory()
    members, refused = [MemberFactory() for _ in range(24)], []

    def act_at_once(thing):
        if thing is None:
            archive(community)
            return
        try:
            membership.join(community, by=thing)
        except Refused:
            refused.append(thing.pk)

    at_once(act_at_once, [*members[:12], None, *members[12:]])

    inside = set(Membership.objects.values_list("member", flat=True))
    assert inside | set(refused) == {one.pk for one in members}
    assert inside & set(refused) == set()
    assert Activity.objects.count() == len(inside)
    with pytest.raises(Refused):
        membership.join(community, by=MemberFactory())


# The page, as the apps above fill it


def test_a_community_page_shows_its_coming_events_and_what_was_recorded(client):
    community = CommunityFactory(slug="circle")
    day = timedelta(days=1)
    EventFactory(community=community, title="Next call", starts_at=NOW + day, ends_at=NOW + day * 1.1)
    EventFactory(title="Of somebody else", starts_at=NOW + day, ends_at=NOW + day * 1.1)
    EventFactory(
        community=community, title="Last call", starts_at=NOW - day, ends_at=NOW - day * 0.9,
        recording_url="https://youtu.be/x", recording_published_at=NOW - day * 0.5,
    )  # fmt: skip

    page = text_of(client.get("/communities/circle/"))

    assert page.index("Coming events") < page.index("Next call") < page.index("What it has worked out")
    assert "Last call" in page
    assert "Of somebody else" not in page


def test_a_part_without_content_is_left_out(client):
    CommunityFactory(slug="circle")

    assert "Coming events" not in text_of(client.get("/communities/circle/"))


def test_the_page_says_what_the_community_does_formally_and_how_far_data_may_go(client):
    CommunityFactory(
        slug="circle", has_budget=True, has_objectives=True, exposure_ceiling="on-premises", checklists=["Privacy"]
    )

    page = text_of(client.get("/communities/circle/"))

    assert "A budget, Objectives" in page
    assert "Your own organisation" in page
    assert "Elections" not in page
    assert "Privacy" in page


def test_health_says_nothing_about_fewer_than_five_people(client):
    community = CommunityFactory(slug="circle")
    members = [silent(community, 300).member for _ in range(6)]
    for one in members[:4]:
        act(one, "circle")
    assert "took part in the last 90 days" not in text_of(client.get("/communities/circle/"))

    act(members[4], "circle")

    assert "<dd>5<small>took part in the last 90 days</small>" in text_of(client.get("/communities/circle/"))


def test_a_member_who_left_the_site_is_no_lead(client):
    lead = MembershipFactory(role="lead", member__is_active=False)

    assert sole_lead_of(Member.objects.get(pk=lead.member_id)) == [lead.community]
