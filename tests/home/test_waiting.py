"""What waits for a member's word stands on their start page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import CommunityInvitation
from cop.home.queries.dashboard import dashboard
from cop.home.queries.waiting import waiting_on
from labs.models import LabRun
from members.models import Claim
from tests.factories.communities import CommunityFactory, JoinRequestFactory, MembershipFactory, MotionFactory
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.reviews import handed_in, mentor, review_verbs, reviewed
from tests.factories.skills import make_mentor

pytestmark = pytest.mark.django_db


def told(member):
    return [(one.title, one.address) for one in waiting_on(member)]


def claim(witness, number=1):
    return Claim.objects.create(
        member=MemberFactory(), kind="code", title="Code", evidence=f"https://code.example.org/{number}",
        happened_on=timezone.localdate(), witness=witness,
    )  # fmt: skip


def a_bit_of_everything(member, number):
    for turn in range(number):
        lead = MembershipFactory(member=member, role="lead", community__slug=f"group-{turn}")
        JoinRequestFactory.create_batch(2, community=lead.community)
        claim(member, turn)
        CommunityInvitation.objects.create(community=CommunityFactory(slug=f"house-{turn}"), member=member)
        voter = MembershipFactory(member=member, joined_at=timezone.now() - timedelta(days=9))
        MotionFactory(community=voter.community)


def test_requests_claims_invitations_and_votes_wait_for_a_member(member):
    lead = MembershipFactory(member=member, role="deputy", community__slug="sre")
    JoinRequestFactory.create_batch(2, community=lead.community)
    claim(member)
    CommunityInvitation.objects.create(community=CommunityFactory(slug="cloud", name="Cloud"), member=member)
    voter = MembershipFactory(member=member, joined_at=timezone.now() - timedelta(days=9))
    motion = MotionFactory(community=voter.community, title="Quorum")

    assert told(member) == [
        ("Answer 2 requests to join", "/communities/sre/requests/"), ("Look at 1 claim", "/claims/"),
        ("You are invited to Cloud", "/communities/cloud/"), ("Vote: Quorum", motion.get_absolute_url()),
    ]  # fmt: skip


def test_what_others_answer_waits_for_nobody_else(member):
    community = MembershipFactory(member=member).community
    JoinRequestFactory(community=community)
    claim(MemberFactory())
    MotionFactory()

    assert told(member) == []


def test_the_start_page_shows_it_and_leaves_the_part_out_where_nothing_waits(member, member_client):
    assert "Waits for you" not in member_client.get("/dashboard/").content.decode()

    claim(member)

    page = member_client.get("/dashboard/").content.decode()
    assert "Waits for you" in page
    assert '<a class="link-title" href="/claims/">Look at 1 claim</a>' in page


@pytest.mark.parametrize("number", [1, 3])
def test_asking_costs_the_same_whatever_waits(member, number, django_assert_num_queries):
    a_bit_of_everything(member, number)

    with django_assert_num_queries(1):
        assert len(waiting_on(member)) == min(4 * number, 6)


def test_work_to_review_and_own_work_with_changes_asked_wait_for_a_member(member):
    review_verbs()
    make_mentor(member)
    other = lab("other")
    for author in MemberFactory.create_batch(2):
        handed_in(other, author)
    own = handed_in(lab("own", title="Redact before you send"), member)

    assert told(member) == [("2 pieces of work wait for your review", "/labs/reviews/")]

    reviewed(own, mentor(), decision="changes-asked")

    assert told(member)[1] == ("Changes asked on your work", f"/labs/submissions/{own.pk}/")


def test_changes_asked_are_the_next_step_before_the_next_item_and_stand_once_on_the_start_page(member):
    review_verbs()
    made = lab(title="Redact before you send")
    lab("after", module=made.module, order=9)
    work = handed_in(made, member)
    assert dashboard(member).step.why == "In your modules"

    reviewed(work, mentor(), decision="changes-asked")

    shown = dashboard(member)
    assert (shown.step.title, shown.step.address) == ("Changes asked on your work", f"/labs/submissions/{work.pk}/")
    assert shown.waiting == []


def test_a_lab_in_the_middle_comes_before_changes_asked(member):
    review_verbs()
    made = lab()
    reviewed(handed_in(made, member), mentor(), decision="changes-asked")
    LabRun.objects.create(lab=lab("after", module=made.module, title="After"), member=member)

    assert dashboard(member).step.title == "Finish “After”"
