from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Community, Petition, Signature
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.founding import LaunchStepFactory, PetitionFactory, SignatureFactory
from tests.factories.members import VerbFactory

pytestmark = pytest.mark.django_db
WISH = {"kind": "interest-group", "name": "Models at home", "purpose": "For people who run small models at home."}


@pytest.fixture(autouse=True)
def acts_count(db):
    for verb in (
        "petition-started", "petition-signed", "group-founded", "community-joined", "motion-proposed",
        "launch-step-done",
    ):  # fmt: skip
        VerbFactory(slug=verb, points=0)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_list_shows_open_petitions_first_and_what_became_of_others(client):
    soon = PetitionFactory(name="Soon", closes_at=timezone.now() + timedelta(days=2))
    SignatureFactory.create_batch(4, petition=soon)
    PetitionFactory(name="Later")
    PetitionFactory(name="Ended", state="expired", closed_at=timezone.now())
    PetitionFactory(name="Taken back", state="withdrawn", closed_at=timezone.now())

    page = text_of(client.get("/communities/petitions/"))

    assert page.index("Soon") < page.index("Later") < page.index("Ended")
    assert "Taken back" not in page
    assert "One is missing" in page
    assert "4 of 5" in page
    assert "Every member can start a petition." in page


def test_without_petitions_the_list_says_how_one_gets_there(client):
    page = text_of(client.get("/communities/petitions/"))

    assert "No petition is open" in page
    assert 'href="/communities/petitions/new/"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(member_client, rows, django_assert_num_queries):
    for _ in range(rows):
        SignatureFactory.create_batch(2)
        SignatureFactory(petition__state="expired", petition__closed_at=timezone.now())
    member_client.get("/communities/petitions/")

    with django_assert_num_queries(6):
        member_client.get("/communities/petitions/")


@pytest.mark.parametrize("signers", [1, 3])
def test_the_page_of_a_petition_costs_the_same_whatever_the_signatures(
    member_client, signers, django_assert_num_queries
):
    petition = PetitionFactory()
    SignatureFactory.create_batch(signers, petition=petition)
    member_client.get(petition.get_absolute_url())

    with django_assert_num_queries(4):
        member_client.get(petition.get_absolute_url())


def test_the_page_says_how_many_signed_until_when_and_names_them_to_members_only(client, member_client):
    petition = PetitionFactory(closes_at=timezone.now().replace(year=2027, month=12, day=20))
    SignatureFactory(petition=petition, member__name="Ines Carvalho")
    SignatureFactory(petition=petition, member__name="Secret Person", member__in_directory=False)

    visitor = text_of(client.get(petition.get_absolute_url()))
    inside = text_of(member_client.get(petition.get_absolute_url()))

    assert "2 of 5, until 20 December" in visitor
    assert "Log in to sign" in visitor
    assert ["Ines" in page for page in (visitor, inside)] == [False, True]
    assert ["Secret" in page for page in (visitor, inside)] == [False, False]
    assert "And 1 member who does not show their name in the directory." in inside


def test_a_member_starts_a_petition_in_the_form(member_client):
    answer = member_client.post("/communities/petitions/new/", WISH, follow=True)

    assert answer.redirect_chain == [("/communities/petitions/models-at-home/", 302)]
    assert "1 of 5" in text_of(answer)


def test_what_a_study_group_lacks_is_asked_for_and_the_words_stay(member_client):
    answer = member_client.post("/communities/petitions/new/", WISH | {"kind": "study-group", "place": "Utrecht"})

    page = text_of(answer)
    assert answer.status_code == 200
    assert "Choose the language in which you meet." in page
    assert "Write how often you would meet" in page
    assert 'value="Models at home"' in page
    assert not Petition.objects.exists()


def test_a_near_name_shows_the_live_group_first_and_starts_anyway_by_a_button(member_client):
    CommunityFactory(slug="models-at-home", name="Models at home", why="What runs at home", kind="interest-group")

    first = text_of(member_client.post("/communities/petitions/new/", WISH | {"name": "Model at home"}))
    assert "Is it one of these?" in first
    assert 'href="/communities/models-at-home/">Models at home</a>' in first
    assert "Start it anyway" in first
    assert not Petition.objects.exists()

    member_client.post("/communities/petitions/new/", WISH | {"name": "Model at home", "anyway": "1"})
    assert Petition.objects.get().slug == "model-at-home"


def test_signing_and_taking_back_by_button(member_client, member):
    petition = PetitionFactory()

    signed = text_of(member_client.post(f"{petition.get_absolute_url()}sign/", follow=True))
    assert "Your name stands below it." in signed
    assert Signature.objects.get().member == member

    back = text_of(member_client.post(f"{petition.get_absolute_url()}take-back/", follow=True))
    assert "Your signature is taken back." in back
    assert not Signature.objects.exists()


def test_the_fifth_signature_leads_to_the_new_group_with_its_checklist(member_client):
    petition = PetitionFactory(slug="models-at-home")
    SignatureFactory.create_batch(4, petition=petition)

    answer = member_client.post(f"{petition.get_absolute_url()}sign/", follow=True)

    assert answer.redirect_chain == [("/communities/models-at-home/", 302)]
    assert "On the way to a group" in text_of(answer)


def test_who_comes_too_late_gets_a_page_with_409(member_client):
    petition = PetitionFactory(state="succeeded", closed_at=timezone.now(), community=CommunityFactory(name="Home"))

    answer = member_client.post(f"{petition.get_absolute_url()}sign/")

    assert answer.status_code == 409
    assert "has become a group. Join it on its page." in text_of(answer)
    assert "Go to the group" in text_of(answer)


def test_a_visit_of_a_buttons_address_changes_nothing(member_client):
    petition = PetitionFactory()

    assert member_client.get(f"{petition.get_absolute_url()}sign/").status_code == 405
    assert not Signature.objects.exists()


def test_a_visitor_who_signs_logs_in_first_and_comes_back(client):
    petition = PetitionFactory()

    answer = client.post(f"{petition.get_absolute_url()}sign/")

    assert answer.url == f"/accounts/login/?next={petition.get_absolute_url()}"


def test_an_unknown_petition_answers_404(client):
    assert client.get("/communities/petitions/nothing/").status_code == 404


def test_members_of_a_forming_group_tick_and_open_steps_others_only_see_how_far_it_is(client, member_client, member):
    step = LaunchStepFactory(key="purpose", title="Agree on the purpose")
    group = step.community
    tick = f"{group.get_absolute_url()}launch/purpose/"
    assert "Agree on the purpose" not in text_of(member_client.get(group.get_absolute_url()))
    assert "The members of" in text_of(member_client.post(tick, follow=True))
    MembershipFactory(community=group, member=member)

    assert "1 of 1 step done" in text_of(member_client.post(tick, follow=True))
    assert "1 of 1 step done" in text_of(client.get(group.get_absolute_url()))
    assert "0 of 1 step done" in text_of(member_client.post(tick, {"undo": "1"}, follow=True))


def test_the_page_says_so_when_nobody_was_confirmed_in_time(client):
    group = CommunityFactory(stage="forming", kind="interest-group", created_at=timezone.now() - timedelta(days=61))

    assert "nobody was confirmed until" in text_of(client.get(group.get_absolute_url()))
    assert Community.objects.get().stage == "forming"


def test_who_started_it_withdraws_it_by_button(member_client, member):
    petition = PetitionFactory(by=member)

    answer = text_of(member_client.post(f"{petition.get_absolute_url()}withdraw/", follow=True))

    assert "The petition is withdrawn." in answer
    assert Petition.objects.get().state == "withdrawn"
