"""What members type into the forms of a community reaches nobody's name and stops nobody else's vote."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from communities.models import JoinRequest, Membership, Motion
from communities.operations import charter, motions
from cop.lib.errors import Refused
from tests.factories.communities import (
    BoundaryFactory,
    CharterFactory,
    CommunityFactory,
    JoinRequestFactory,
    MembershipFactory,
    MotionFactory,
)
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db
TWICE = [{"kind": "question", "value": "Why?", "at_least": 1, "text": ""}] * 2


@pytest.fixture
def circle():
    for slug in ("community-joined", "motion-voted", "motion-proposed"):
        VerbFactory(slug=slug, points=0)
    return CharterFactory(community__slug="circle", community__name="Circle", quorum_percent=1).community


def inside(community, role="member", **fields):
    long_ago = timezone.now() - timedelta(days=100)
    return MembershipFactory(community=community, role=role, joined_at=long_ago, member=MemberFactory(**fields))


def browser_of(member):
    client = Client()
    client.force_login(member)
    return client


def test_a_charter_that_asks_the_same_twice_is_not_put_to_the_vote(circle):
    with pytest.raises(Refused, match="asked twice"):
        motions.propose_change(circle, {"criteria": TWICE}, reason="Both", by=inside(circle, "lead").member)

    assert not Motion.objects.exists()


def test_criteria_that_stand_twice_in_an_accepted_motion_are_kept_once(circle):
    boundary = BoundaryFactory(community=circle)

    charter.apply(circle, {"criteria": TWICE})

    assert boundary.criteria.values_list("value", flat=True).get() == "Why?"


def test_a_motion_that_cannot_be_carried_out_keeps_no_other_from_being_decided(circle):
    voter, now = inside(circle).member, timezone.now()
    broken = MotionFactory(community=circle, closes_at=now, changes={"quorum_percent": {"from": 1, "to": -1}})
    sound = MotionFactory(closes_at=now)
    broken.votes.create(member=voter, yes=True)

    counts = motions.close_due(now=now)

    assert counts == {"accepted": 0, "refused": 0, "no-quorum": 1, "failed": 1}
    sound.refresh_from_db()
    assert sound.state == "no-quorum"


@pytest.mark.parametrize("belongs", [True, False])
def test_proposing_a_lead_names_nobody_who_is_not_in_the_directory(circle, belongs):
    hidden = MemberFactory(name="Zelda Verborgen", handle="zelda", in_directory=False)
    if belongs:
        MembershipFactory(community=circle, member=hidden)
    browser = browser_of(inside(circle, "core").member)

    for_hidden = browser.post("/communities/circle/charter/propose-lead/", {"handle": "zelda", "reason": "Why not"})
    for_unknown = browser.post("/communities/circle/charter/propose-lead/", {"handle": "nobody", "reason": "Why not"})

    said = for_hidden.context["form"].errors["handle"][0]
    assert said == for_unknown.context["form"].errors["handle"][0].replace("nobody", "zelda")
    assert "Zelda" not in for_hidden.content.decode()
    assert not Motion.objects.exists()


def test_a_hidden_lead_can_be_proposed_again(circle):
    inside(circle, "lead", handle="zelda", in_directory=False)
    browser = browser_of(inside(circle, "core").member)

    browser.post("/communities/circle/charter/propose-lead/", {"handle": "zelda", "reason": "Knows it"})

    assert Motion.objects.get().candidate.handle == "zelda"


def test_who_asked_for_a_pause_is_not_proposed_as_lead_by_others(circle):
    paused = inside(circle, paused_until=timezone.localdate() + timedelta(days=3)).member

    with pytest.raises(Refused, match="cannot be asked at the moment"):
        motions.open_lead_confirmation(circle, paused, inside(circle, "core").member)

    assert motions.open_lead_confirmation(circle, paused, paused).candidate == paused


def test_a_task_by_number_names_nobody_who_is_not_in_the_directory(circle):
    hidden = inside(circle, name="Zelda Verborgen", in_directory=False)
    browser = browser_of(inside(circle, "lead").member)

    answer = browser.post(f"/communities/circle/members/{hidden.pk}/role/", {"role": "core"}, follow=True)

    assert answer.status_code == 404
    assert Membership.objects.get(pk=hidden.pk).role == "member"


def test_leads_open_the_hours_of_a_hidden_member_only_where_they_gave_some(circle):
    hidden = inside(circle, handle="zelda", in_directory=False).member
    browser = browser_of(inside(circle, "lead").member)

    before = browser.get("/communities/circle/hours/of/zelda/").status_code
    circle.volunteer_hours.create(member=hidden, day=timezone.localdate(), hours=2, task="Tea")
    after = browser.get("/communities/circle/hours/of/zelda/").status_code

    assert (before, after) == (404, 200)


def test_a_request_of_somebody_who_is_gone_lets_nobody_in(circle):
    gone = JoinRequestFactory(community=circle, member__is_active=False)
    browser = browser_of(inside(circle, "lead").member)

    browser.post(f"/communities/circle/requests/{gone.pk}/", {"accept": "yes"})

    assert JoinRequest.objects.get(pk=gone.pk).state == "open"
    assert not gone.member.memberships.exists()


def subpages():
    """Every address below the page of a community, with made-up numbers and names."""
    found = (str(part.pattern) for part in get_resolver("communities.urls").url_patterns)
    below = (
        one.removeprefix("communities/<slug:slug>/") for one in found if one.startswith("communities/<slug:slug>/")
    )
    return [one.replace("<int:pk>", "1").replace("<slug:key>", "x").replace("<str:handle>", "kim") for one in below]


@pytest.mark.parametrize("page", subpages())
def test_no_address_tells_a_stranger_that_a_hidden_community_is_there(member_client, page):
    hidden = CommunityFactory(slug="hidden", name="Hidden circle", visibility="own")
    MotionFactory(pk=1, community=hidden)
    JoinRequestFactory(pk=1, community=hidden)

    for way in (member_client.get, member_client.post, Client().get, Client().post):
        known, unknown = way(f"/communities/hidden/{page}"), way(f"/communities/no-such/{page}")

        assert known.status_code == unknown.status_code
        assert known.get("Location", "").replace("hidden", "no-such") == unknown.get("Location", "")
        assert b"Hidden circle" not in known.content


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "0"])
def test_numbers_that_no_row_has_are_not_found(circle, number):
    browser = browser_of(inside(circle, "lead").member)

    for page in ("requests/{}/", "members/{}/role/", "invite/{}/take-back/", "motions/{}/vote/", "hours/{}/remove/"):
        assert browser.post(f"/communities/circle/{page.format(number)}").status_code == 404
