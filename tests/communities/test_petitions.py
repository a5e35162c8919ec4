import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from communities.models import Channel, Community, GroupRules, LaunchStep, Membership, Motion, Petition, Signature
from communities.operations import petitions
from communities.operations.founding import first_sentence
from communities.operations.petitions import NameIsNear
from communities.queries.founding import launch_of
from communities.queries.petitions import free_slug
from cop.lib.errors import Refused
from members.models import Activity, Notice
from tests.factories.communities import CommunityFactory
from tests.factories.founding import FoundingStepFactory, PetitionFactory, SignatureFactory
from tests.factories.members import MemberFactory, add_verbs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WISH = {
    "name": "Models at home",
    "kind": "interest-group",
    "purpose": "For people who run small models at home. We compare what runs on plain laptops.",
}
STUDY = {"place": "Utrecht", "language": "nl", "rhythm": "every second Tuesday"}


@pytest.fixture(autouse=True)
def acts_count(db):
    slugs = ("petition-started", "petition-signed", "group-founded", "community-joined", "motion-proposed")
    add_verbs(dict.fromkeys(slugs, 0))


def signed_by(petition, number):
    return [SignatureFactory(petition=petition).member for _ in range(number)]


def told(member):
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", "title"))


def test_a_member_starts_a_petition_and_is_the_first_to_sign(member):
    petition = petitions.start(**WISH, by=member, now=NOW)

    assert (petition.slug, petition.needed, petition.closes_at) == ("models-at-home", 5, NOW + timedelta(days=30))
    assert [one.member for one in petition.signatures.all()] == [member]
    assert list(Activity.objects.order_by("pk").values_list("verb", "object_key")) == [
        ("petition-started", "models-at-home"), ("petition-signed", "models-at-home"),
    ]  # fmt: skip


def test_the_numbers_of_a_petition_come_from_the_rules_and_stay_when_these_change(member):
    GroupRules.objects.create(pk=1, signatures=3, petition_days=10)
    petition = petitions.start(**WISH, by=member, now=NOW)
    GroupRules.objects.update(signatures=9)

    petition.refresh_from_db()
    assert (petition.needed, petition.closes_at) == (3, NOW + timedelta(days=10))


def test_a_study_group_without_place_language_or_rhythm_is_refused(member):
    with pytest.raises(Refused, match="where it meets, in which language and how often"):
        petitions.start(**WISH | {"kind": "study-group"}, **STUDY | {"language": ""}, by=member)

    assert not Petition.objects.exists()


def test_a_fourth_open_petition_of_one_member_is_refused(member):
    PetitionFactory.create_batch(3, by=member)
    PetitionFactory(by=member, closes_at=NOW - timedelta(days=400), opened_at=NOW - timedelta(days=430))

    with pytest.raises(Refused, match="You have 3 petitions open already"):
        petitions.start(**WISH, by=member)


@pytest.mark.parametrize("name", ["Startup Spark", "startup sparks", "STARTPU SPARK", "Start-up-Spark"])
def test_a_name_within_two_edits_of_a_live_group_is_shown_that_group_first(member, name):
    CommunityFactory(slug="startup-spark", name="Startup Spark", kind="interest-group")

    with pytest.raises(NameIsNear) as refusal:
        petitions.start(**WISH | {"name": name}, by=member)

    assert [(near.name, near.address) for near in refusal.value.found] == [
        ("Startup Spark", "/communities/startup-spark/")
    ]
    assert not Petition.objects.exists()


def test_a_near_name_is_started_anyway_with_an_address_of_its_own(member):
    CommunityFactory(slug="models-at-home", name="Models at home")

    petition = petitions.start(**WISH, by=member, anyway=True)

    assert petition.slug == "models-at-home-2"


def test_three_edits_an_archived_group_and_a_hidden_group_are_not_near(member):
    CommunityFactory(slug="one", name="Models at homeland")
    CommunityFactory(slug="two", name="Models at home", is_archived=True)
    CommunityFactory(slug="three", name="Models at home", visibility="own")

    assert petitions.start(**WISH, by=member).slug == "models-at-home"


def test_an_open_petition_with_a_near_name_is_shown_after_the_groups(member):
    PetitionFactory(name="Models at home", slug="first-wish")
    CommunityFactory(slug="home", name="Model at home")

    with pytest.raises(NameIsNear) as refusal:
        petitions.start(**WISH, by=member)

    assert [(near.name, near.is_petition) for near in refusal.value.found] == [
        ("Model at home", False), ("Models at home", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "slug"), [("Petitions", "petitions-2"), ("New", "new-2"), ("日本語", "group")])
def test_addresses_of_the_site_itself_and_names_without_latin_letters_get_a_free_slug(name, slug):
    assert free_slug(name) == slug


def test_signing_twice_counts_once(member):
    petition = PetitionFactory()
    petitions.sign(petition, by=member)

    petitions.sign(petition, by=member)

    assert Signature.objects.count() == 1
    assert Activity.objects.count() == 1


def test_a_signature_is_taken_back_and_given_again(member):
    petition = PetitionFactory()
    petitions.sign(petition, by=member)
    petitions.withdraw_signature(petition, by=member)
    assert not Signature.objects.exists()

    petitions.sign(petition, by=member)

    assert Signature.objects.count() == 1


def test_who_started_a_petition_withdraws_it_instead_of_the_signature(member):
    petition = petitions.start(**WISH, by=member)
    other = SignatureFactory(petition=petition).member

    with pytest.raises(Refused, match="Withdraw the petition itself"):
        petitions.withdraw_signature(petition, by=member)
    petitions.withdraw(petition, by=member)

    petition.refresh_from_db()
    assert petition.state == "withdrawn"
    assert told(other) == [("petition", "The petition “Models at home” was withdrawn")]
    assert told(member) == []


def test_somebody_else_cannot_withdraw_a_petition(member):
    with pytest.raises(Refused, match="Only who started"):
        petitions.withdraw(PetitionFactory(), by=member)


def test_the_fifth_signature_makes_a_forming_group_with_charter_boundary_places_and_checklist(member):
    FoundingStepFactory(slug="purpose", title="Agree on the purpose")
    petition = petitions.start(**WISH | {"kind": "study-group"}, **STUDY, by=member)
    signed_by(petition, 3)

    petitions.sign(petition, by=MemberFactory())

    group = Community.objects.get()
    assert (group.slug, group.kind, group.stage, group.place) == ("models-at-home", "study-group", "forming", "Utrecht")
    assert group.why == "For people who run small models at home"
    assert "We compare what runs on plain laptops." in group.charter.text
    assert "We meet: every second Tuesday, Utrecht, in Dutch." in group.charter.text
    assert (group.boundary.door, group.description) == ("open", "We compare what runs on plain laptops.")
    assert list(Channel.objects.values_list("platform", "status")) == [
        ("Website", "active"), ("Local meetups", "planned"),
    ]  # fmt: skip
    assert list(LaunchStep.objects.values_list("key", "title")) == [("purpose", "Agree on the purpose")]
    assert Petition.objects.get().community == group


def test_those_who_signed_are_members_and_who_asked_leads_until_the_vote(member):
    petition = petitions.start(**WISH, by=member)
    others = signed_by(petition, 3)
    last = MemberFactory()

    petitions.sign(petition, by=last)

    roles = dict(Membership.objects.values_list("member", "role"))
    assert roles == {member.pk: "lead"} | {one.pk: "member" for one in [*others, last]}
    vote = Motion.objects.get()
    assert (vote.kind, vote.state, vote.candidate) == ("lead", "open", member)
    assert not Membership.objects.filter(joined_at__gt=vote.opened_at).exists()
    assert told(last) == [("petition", "Models at home has begun, and you are in")]


def test_a_group_whose_founder_is_gone_begins_without_a_lead_and_organizers_are_told():
    organizer = MemberFactory(is_staff=True)
    petition = PetitionFactory(name="Models at home", by=None)
    signed_by(petition, 4)

    petitions.sign(petition, by=MemberFactory())

    assert launch_of(Community.objects.get()).lead is None
    assert told(organizer) == [("group-watch", "Models at home has begun without a lead")]


def test_signatures_of_people_who_are_gone_do_not_count(member):
    petition = PetitionFactory()
    signed_by(petition, 3)
    SignatureFactory(petition=petition, member__is_active=False)

    petitions.sign(petition, by=member)

    petition.refresh_from_db()
    assert petition.state == "open"


def test_signing_after_the_end_is_refused_as_a_lost_race(member):
    petition = PetitionFactory(closes_at=NOW)

    with pytest.raises(Refused, match="has ended") as refusal:
        petitions.sign(petition, by=member, now=NOW)

    assert refusal.value.lost_race


def test_a_petition_without_enough_signatures_ends_once_and_tells_those_who_signed():
    with time_machine.travel(NOW, tick=False):
        petition = PetitionFactory(name="Models at home", closes_at=NOW + timedelta(days=1))
        signer = SignatureFactory(petition=petition).member
    later = NOW + timedelta(days=1)

    first, second = petitions.close_due(now=later), petitions.close_due(now=later)

    assert (first, second) == ({"expired": 1, "founded": 0}, {"expired": 0, "founded": 0})
    petition.refresh_from_db()
    assert (petition.state, petition.closed_at) == ("expired", later)
    assert told(signer) == [("petition", "Not enough signed “Models at home” this time")]


def test_a_petition_that_is_full_at_its_end_becomes_a_group():
    petition = PetitionFactory(closes_at=NOW)
    signed_by(petition, 5)

    assert petitions.close_due(now=NOW + timedelta(days=400)) == {"expired": 0, "founded": 1}
    assert Community.objects.count() == 1


def test_a_group_gets_another_address_when_its_own_was_taken_meanwhile(member):
    petition = petitions.start(**WISH, by=member)
    CommunityFactory(slug="models-at-home")
    signed_by(petition, 3)

    petitions.sign(petition, by=MemberFactory())

    assert Petition.objects.get().community.slug == "models-at-home-2"


@pytest.mark.parametrize(
    ("purpose", "why"),
    [
        ("For us. And more.", "For us"),
        ("Why not? Because.", "Why not"),
        ("One line", "One line"),
        ("Two\nlines.", "Two lines"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_the_first_sentence_of_the_purpose_stands_in_the_list(purpose, why):
    assert first_sentence(purpose) == why


@pytest.mark.django_db(transaction=True)
def test_of_24_who_sign_at_once_the_fifth_makes_exactly_one_group():
    petition = petitions.start(**WISH, by=MemberFactory())
    signed_by(petition, 3)
    crowd = MemberFactory.create_batch(24)
    outcomes = race([lambda one=one: petitions.sign(petition, by=one) for one in crowd])

    assert Community.objects.count() == 1
    assert Signature.objects.count() == Membership.objects.count() == 5
    assert outcomes == ["“Models at home” has become a group. Join it on its page."] * 23 + ["done"]


@pytest.mark.django_db(transaction=True)
def test_24_who_start_the_same_name_at_once_get_one_petition_and_the_others_see_it():
    outcomes = race([lambda one=one: petitions.start(**WISH, by=one) for one in MemberFactory.create_batch(24)])

    assert Petition.objects.count() == 1
    assert outcomes[-1] == "done"
    assert len([said for said in outcomes if said.startswith("There is “Models at home” already")]) == 23


def race(acts):
    barrier = threading.Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            act()
        except Refused as refusal:
            return refusal.message
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts), key=lambda said: said == "done")
