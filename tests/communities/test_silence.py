from datetime import UTC, datetime, timedelta

import pytest

from communities.models import Community, Membership
from communities.operations import launch, motions, silence
from cop.lib.errors import Refused
from members.models import Activity, Notice
from members.operations import ledger
from tests.factories.communities import (
    BoundaryFactory,
    CharterFactory,
    CommunityFactory,
    CriterionFactory,
    JoinRequestFactory,
    MembershipFactory,
)  # fmt: skip
from tests.factories.founding import LaunchStepFactory
from tests.factories.members import MemberFactory, add_verbs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def acts_count(db):
    slugs = ("lab-completed", "group-revived", "community-joined", "launch-step-done", "motion-voted")
    add_verbs(dict.fromkeys(slugs, 0))


def group_of_age(weeks, **fields):
    return CommunityFactory(kind="interest-group", created_at=NOW - weeks * WEEK, **fields)


def asked_group(**fields):
    return CommunityFactory(
        kind="interest-group", created_at=NOW - 20 * WEEK, asked_to_revive_at=NOW - WEEK, stage="quiet", **fields
    )


def lead_of(community, **fields):
    return MembershipFactory(community=community, role="lead", **fields).member


def act(community, at):
    actor = MemberFactory()
    ledger.record(
        "lab-completed", by=actor, kind="lab", key="one", title="One", community=community.slug, at=at
    )  # fmt: skip


def told(member):
    return list(Notice.objects.filter(member=member).values_list("kind", "title"))


def outcome(*counts):
    return dict(zip(("asked", "organizers told", "woken"), counts, strict=True))


def test_ten_silent_weeks_ask_the_lead_once():
    group = group_of_age(10, name="Home")
    lead = lead_of(group)

    assert silence.ask_silent(now=NOW) == outcome(1, 0, 0)
    assert silence.ask_silent(now=NOW) == outcome(0, 0, 0)

    group.refresh_from_db()
    assert (group.stage, group.asked_to_revive_at) == ("quiet", NOW)
    assert told(lead) == [("lead-question", "Home was silent for 10 weeks")]


def test_a_day_less_an_act_in_the_ledger_and_a_longer_charter_keep_a_group_unasked():
    group_of_age(10)
    Community.objects.update(created_at=NOW - 10 * WEEK + timedelta(days=1))
    act(group_of_age(30), NOW - 9 * WEEK)
    CharterFactory(community=group_of_age(11), silent_weeks=12)
    group_of_age(30, is_archived=True)

    assert silence.ask_silent(now=NOW) == outcome(0, 0, 0)


def test_target_communities_are_not_asked():
    CommunityFactory(kind="target", created_at=NOW - 50 * WEEK)

    assert silence.ask_silent(now=NOW) == outcome(0, 0, 0)


def test_organizers_are_told_once_after_four_weeks_without_an_answer():
    group = group_of_age(30, name="Home")
    lead_of(group)
    organizer = MemberFactory(is_staff=True)
    silence.ask_silent(now=NOW)

    assert silence.ask_silent(now=NOW + 4 * WEEK - timedelta(hours=1)) == outcome(0, 0, 0)
    assert silence.ask_silent(now=NOW + 4 * WEEK) == outcome(0, 1, 0)
    assert silence.ask_silent(now=NOW + 5 * WEEK) == outcome(0, 0, 0)
    assert told(organizer) == [("group-watch", "Nobody has said how Home goes on")]


def test_a_group_in_which_something_happens_again_wakes_by_itself():
    group = asked_group()
    act(group, NOW - timedelta(days=1))

    assert silence.ask_silent(now=NOW) == outcome(0, 0, 1)

    group.refresh_from_db()
    assert (group.stage, group.asked_to_revive_at) == ("active", None)


def test_reviving_is_an_act_and_counts_the_weeks_anew():
    group = asked_group(name="Home")
    lead, other = lead_of(group), MembershipFactory(community=group).member

    silence.revive(group, plan="We meet on Monday.", by=lead)

    group.refresh_from_db()
    assert (group.stage, group.asked_to_revive_at) == ("active", None)
    row = Activity.objects.get()
    assert (row.verb_id, row.actor, row.community) == ("group-revived", lead, group.slug)
    assert told(other) == [("community-merged", "Home goes on")]
    assert silence.ask_silent(now=row.occurred_at + 9 * WEEK) == outcome(0, 0, 0)
    assert silence.ask_silent(now=row.occurred_at + 10 * WEEK) == outcome(1, 0, 0)


def test_merging_moves_everybody_and_closes_the_group():
    group, home = asked_group(name="Home"), CommunityFactory(kind="interest-group", name="House")
    lead, other = lead_of(group), MembershipFactory(community=group).member
    MembershipFactory(community=group, status="left", left_at=NOW)
    both = MembershipFactory(community=group).member
    kept = MembershipFactory(community=home, member=both, role="core")
    asker = JoinRequestFactory(community=group)

    silence.merge(group, into=home, by=lead)

    group.refresh_from_db()
    assert group.is_archived
    assert set(home.memberships.values_list("member", flat=True)) == {lead.pk, other.pk, both.pk}
    assert set(group.memberships.values_list("status", flat=True)) == {"left"}
    assert Membership.objects.get(pk=kept.pk).role == "core"
    asker.refresh_from_db()
    assert asker.state == "declined"
    assert told(other) == [("community-merged", "Home is part of House now")]


def test_merging_into_a_closed_or_guarded_group_is_refused_unless_one_leads_it_too():
    group = asked_group()
    lead = lead_of(group)
    guarded = CommunityFactory(kind="interest-group")
    BoundaryFactory(community=guarded, door="ask")
    demanding = CommunityFactory(kind="interest-group")
    CriterionFactory(boundary__community=demanding)

    for home in (guarded, demanding):
        with pytest.raises(Refused, match="does not let everybody in"):
            silence.merge(group, into=home, by=lead)
    with pytest.raises(Refused, match="one that is open"):
        silence.merge(group, into=CommunityFactory(is_archived=True), by=lead)
    with pytest.raises(Refused, match="one that is open"):
        silence.merge(group, into=group, by=lead)
    MembershipFactory(community=guarded, member=lead, role="deputy")

    assert silence.merge(group, into=guarded, by=lead) == guarded


def test_closing_keeps_the_group_readable_and_tells_its_members(client):
    group = asked_group(slug="home", name="Home")
    lead, other = lead_of(group), MembershipFactory(community=group).member

    silence.close(group, by=lead)

    assert "This community is closed." in client.get("/communities/home/").content.decode()
    assert told(other) == [("community-merged", "Home is closed")]
    with pytest.raises(Refused, match="not asked"):
        silence.close(group, by=lead)


@pytest.mark.parametrize("role", ["member", "core"])
def test_only_those_who_lead_decide(role):
    group = asked_group()
    member = MembershipFactory(community=group, role=role).member

    with pytest.raises(Refused, match="Those who lead"):
        silence.close(group, by=member)


def test_the_page_of_a_quiet_group_has_three_buttons_for_those_who_lead(client):
    group = asked_group(slug="home", name="Home")
    home = CommunityFactory(slug="house", kind="interest-group", name="House")
    client.force_login(MembershipFactory(community=group).member)
    assert client.get("/communities/home/quiet/").status_code == 404
    client.force_login(lead_of(group))

    page = client.get("/communities/home/quiet/").content.decode()
    assert [f">{word}</button>" in page for word in ("Revive", "Merge", "Close the group")] == [True] * 3
    assert "Say how it goes on" in client.get("/communities/home/").content.decode()
    assert "Write in a sentence" in client.post("/communities/home/quiet/revive/", {"plan": ""}).content.decode()
    answer = client.post("/communities/home/quiet/merge/", {"into": "house"})
    assert (answer.status_code, answer.url) == (302, home.get_absolute_url())
    assert client.post("/communities/home/quiet/close/").status_code == 404  # moved, and leads it no more


def test_a_group_becomes_active_with_the_last_step_and_a_confirmed_lead():
    step = LaunchStepFactory()
    group = step.community
    lead = MembershipFactory(community=group, role="lead", joined_at=NOW)

    launch.tick(step, by=lead.member)
    assert Community.objects.get().stage == "forming"
    vote = motions.open_lead_confirmation(group, lead.member, None, NOW)
    motions.vote(vote, yes=True, by=lead.member, now=NOW)
    motions.close_due(now=NOW + 10 * WEEK)

    assert Community.objects.get().stage == "active"
    assert ("petition", f"{group.name} is ready") in told(lead.member)


def test_organizers_are_told_once_of_a_group_without_a_confirmed_lead_after_60_days():
    group = CommunityFactory(stage="forming", kind="study-group", name="Home", created_at=NOW)
    lead_of(group)
    organizer = MemberFactory(is_staff=True)

    assert launch.watch(now=NOW + timedelta(days=60)) == {"active": 0, "late": 0}
    assert launch.watch(now=NOW + timedelta(days=61)) == {"active": 0, "late": 1}
    assert launch.watch(now=NOW + timedelta(days=62)) == {"active": 0, "late": 0}
    assert told(organizer) == [("group-watch", "Home has no confirmed lead")]
