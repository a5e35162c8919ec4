"""The first charter and boundary in the admin, closing, roles, and the export of members."""

import csv
import io

import pytest

from communities.models import Boundary, Charter, Community, Criterion
from tests.communities.test_admin import form_of
from tests.factories.communities import (
    BoundaryFactory,
    CharterFactory,
    CommunityFactory,
    CriterionFactory,
    JoinRequestFactory,
    MembershipFactory,
    MotionFactory,
)
from tests.factories.modules import PublishedModuleFactory

pytestmark = pytest.mark.django_db

CHARTER = {
    "quorum_percent": "25", "voting_days": "7", "lead_term_months": "12", "confirm_lead_days": "60",
    "dormant_days": "180", "silent_weeks": "10", "newcomer_hours": "", "most_hours_a_week": "8", "lead_level": "",
    "text": "We measure.",
}  # fmt: skip


def inline(prefix, fields, *, pk=""):
    return {f"{prefix}-0-{name}": value for name, value in fields.items()} | {
        f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "1" if pk else "0", f"{prefix}-0-id": str(pk),
    }  # fmt: skip


def test_organizers_write_the_first_charter_and_boundary(organizer_client):
    community = CommunityFactory()
    form = form_of(community) | inline("charter", CHARTER) | inline("boundary", {"door": "ask", "in_scope": "Models"})

    answer = organizer_client.post(f"/admin/communities/community/{community.pk}/change/", form)

    assert answer.status_code == 302
    assert (Charter.objects.get().quorum_percent, Boundary.objects.get().door) == (25, "ask")


def test_an_organizer_corrects_a_first_charter_and_leaves_alone_what_they_did_not_change(organizer_client):
    charter = CharterFactory(quorum_percent=20, text="Old")
    form = form_of(charter.community) | inline("charter", CHARTER | {"text": "Old"}, pk=charter.pk)

    organizer_client.post(f"/admin/communities/community/{charter.community_id}/change/", form)

    charter.refresh_from_db()
    assert (charter.quorum_percent, charter.text) == (25, "Old")


def test_once_there_is_a_lead_the_charter_changes_by_a_motion_only(organizer_client):
    charter = CharterFactory(quorum_percent=20)
    boundary = BoundaryFactory(community=charter.community)
    MembershipFactory(community=charter.community, role="lead")
    form = form_of(charter.community) | inline("charter", CHARTER, pk=charter.pk)
    form |= inline("boundary", {"door": "invite"}, pk=boundary.pk)

    organizer_client.post(f"/admin/communities/community/{charter.community_id}/change/", form)
    refused = organizer_client.post(f"/admin/communities/boundary/{boundary.pk}/change/", {"door": "invite"})

    charter.refresh_from_db()
    boundary.refresh_from_db()
    assert (charter.quorum_percent, boundary.door, refused.status_code) == (20, "open", 403)


def test_an_organizer_chooses_a_criterion_from_what_the_site_knows(organizer_client):
    PublishedModuleFactory(slug="ai-foundations", title="AI Foundations")
    boundary = BoundaryFactory()
    address = f"/admin/communities/boundary/{boundary.pk}/change/"
    assert "AI Foundations" in organizer_client.get(address).content.decode()
    row = {"what": "module:ai-foundations", "words": "", "at_least": "1", "order": "0", "boundary": boundary.pk}

    answer = organizer_client.post(address, {"door": "ask"} | inline("criteria", row))

    assert answer.status_code == 302
    assert list(Criterion.objects.values_list("kind", "value")) == [("module", "ai-foundations")]


def test_an_organizer_turns_a_module_into_a_question(organizer_client):
    criterion = CriterionFactory()
    row = {"what": "question", "words": "Why?", "at_least": "1", "order": "0", "boundary": criterion.boundary_id}

    organizer_client.post(
        f"/admin/communities/boundary/{criterion.boundary_id}/change/",
        {"door": "ask"} | inline("criteria", row, pk=criterion.pk),
    )

    criterion.refresh_from_db()
    assert (criterion.kind, criterion.value) == ("question", "Why?")


def test_closing_in_the_admin_ends_open_requests_and_opening_keeps_them_ended(organizer_client):
    asked = JoinRequestFactory()
    address = f"/admin/communities/community/{asked.community_id}/change/"

    organizer_client.post(address, form_of(asked.community, is_archived="on"))
    asked.refresh_from_db()
    assert (asked.state, Community.objects.get(pk=asked.community_id).is_archived) == ("declined", True)
    organizer_client.post(address, form_of(asked.community))

    asked.refresh_from_db()
    assert (asked.state, Community.objects.get(pk=asked.community_id).is_archived) == ("declined", False)


def test_a_lead_below_the_level_of_the_charter_is_refused_with_the_reason(organizer_client):
    from members.models import Level

    Level.objects.create(slug="builder", order=2, title="Builder")
    mine = MembershipFactory(member__name="Kim")
    CharterFactory(community=mine.community, lead_level="builder")

    answer = organizer_client.post(
        f"/admin/communities/membership/{mine.pk}/change/", {"role": "lead"}, follow=True
    )  # fmt: skip

    mine.refresh_from_db()
    assert mine.role == "member"
    assert "The charter asks that a lead holds the level “builder”, and Kim does not yet." in answer.content.decode()


def test_the_export_holds_nobody_hidden_and_no_field_kept_back(organizer_client):
    community = CommunityFactory(name="Circle")
    for fields in (
        {"name": "Ines Carvalho", "handle": "ines", "town": "Porto", "headline": "=HYPERLINK()"},
        {"name": "Kim Vermeer", "handle": "kim", "town": "Utrecht", "audiences": {"town": "me"}},
        {"name": "Secret Person", "in_directory": False},
        {"name": "Gone Person", "is_active": False},
    ):
        MembershipFactory(community=community, **{f"member__{name}": value for name, value in fields.items()})

    answer = organizer_client.post(
        "/admin/communities/community/", {"action": "export_members", "_selected_action": [community.pk]}
    )

    head, *rows = csv.reader(io.StringIO(answer.content.decode()))
    today = f"{community.memberships.first().joined_at:%Y-%m-%d}"
    assert head == ["Community", "Name", "Handle", "Task", "Status", "Joined", "Headline", "Organisation", "Town"]
    assert rows == [
        ["Circle", "Ines Carvalho", "ines", "member", "active", today, "'=HYPERLINK()", "", "Porto"],
        ["Circle", "Kim Vermeer", "kim", "member", "active", today, "", "", ""],
    ]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("model", ["boundary", "motion", "joinrequest", "communityinvitation"])
def test_lists_of_the_boundary_open_with_any_number_of_rows(organizer_client, model, rows):
    BoundaryFactory.create_batch(rows)
    MotionFactory.create_batch(rows)
    JoinRequestFactory.create_batch(rows)

    answer = organizer_client.get(f"/admin/communities/{model}/")

    assert answer.status_code == 200
    assert answer.context["cl"].result_count == (0 if model == "communityinvitation" else rows)
