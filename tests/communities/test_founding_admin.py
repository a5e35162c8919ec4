import pytest
from django.utils import timezone

from communities import jobs
from communities.models import GroupRules, Petition
from tests.factories.communities import CommunityFactory
from tests.factories.founding import (
    CampaignFactory,
    DutyTurnFactory,
    FirstPostFactory,
    FoundingStepFactory,
    LaunchStepFactory,
    PetitionFactory,
    SignatureFactory,
)

pytestmark = pytest.mark.django_db
RULES = {
    "signatures": 4, "petition_days": 20, "petitions_each": 2, "name_distance": 2, "weeks_to_answer": 4,
    "newcomer_days": 30, "promise_days": 90, "failed_checks": 2,
}  # fmt: skip


def test_organizers_change_the_one_row_of_rules(organizer_client):
    opened = organizer_client.get("/admin/communities/grouprules/")
    assert opened.url == "/admin/communities/grouprules/1/change/"

    organizer_client.post(opened.url, RULES)

    assert GroupRules.objects.get().signatures == 4


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("petition", SignatureFactory), ("foundingstep", FoundingStepFactory), ("launchstep", LaunchStepFactory),
        ("firstpost", FirstPostFactory), ("recruitmentcampaign", CampaignFactory),
    ],
)  # fmt: skip
def test_organizers_read_what_is_kept(organizer_client, name, factory):
    row = factory()
    pk = row.petition_id if name == "petition" else row.pk

    assert organizer_client.get(f"/admin/communities/{name}/").status_code == 200
    assert organizer_client.get(f"/admin/communities/{name}/{pk}/change/").status_code == 200


def test_organizers_read_the_turns_of_duty(organizer_client):
    DutyTurnFactory(first_day=timezone.localdate(), last_day=timezone.localdate())

    assert organizer_client.get("/admin/communities/dutyturn/").status_code == 200


def test_an_organizer_withdraws_open_petitions_and_hears_of_those_that_have_ended(organizer_client):
    chosen = [PetitionFactory(), PetitionFactory(state="expired", closed_at=timezone.now())]

    answer = organizer_client.post(
        "/admin/communities/petition/",
        {"action": "withdraw", "_selected_action": [one.pk for one in chosen]},
        follow=True,
    )

    page = answer.content.decode()
    assert "1 petition was withdrawn." in page
    assert "has ended" in page
    assert list(Petition.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "expired"]


@pytest.mark.django_db(transaction=True)
def test_the_jobs_count_what_they_did(settings):
    settings.DEMO = True
    PetitionFactory(closes_at=timezone.now())
    CommunityFactory(kind="interest-group", stage="forming")

    assert jobs.close_petitions() == {"expired": 1, "founded": 0}
    assert jobs.watch_launches() == {"active": 0, "late": 0}
    assert jobs.ask_silent() == {"asked": 0, "organizers told": 0, "woken": 0}
    assert jobs.escalate_first_posts() == {"reminded": 0, "escalated": 0}
    assert jobs.tell_of_turns() == {"told": 0}
    assert jobs.check_links() == {"checked": 0}
