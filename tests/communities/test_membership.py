import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from communities.models import Membership
from communities.operations.membership import choose_primary, join, leave
from communities.queries.people import own_memberships, primary_of
from cop.lib.errors import Refused
from members.models import Activity
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def joining_counts(db):
    VerbFactory(slug="community-joined", points=0)


def acts():
    return list(Activity.objects.values_list("verb", "object_key", "address", "community"))


def test_joining_makes_a_member_and_writes_the_ledger(member):
    community = CommunityFactory(slug="sre")

    mine = join(community, by=member)

    assert (mine.role, mine.status, mine.is_primary) == ("member", "active", False)
    assert acts() == [("community-joined", "sre", "/communities/sre/", "sre")]


def test_joining_twice_changes_nothing(member):
    community = CommunityFactory()
    first = join(community, by=member)

    second = join(community, by=member)

    assert (second.pk, second.joined_at) == (first.pk, first.joined_at)
    assert (Membership.objects.count(), Activity.objects.count()) == (1, 1)


def test_joining_again_as_a_lead_keeps_the_role(member):
    mine = MembershipFactory(member=member, role="lead")

    assert join(mine.community, by=member).role == "lead"


def test_an_archived_community_cannot_be_joined(member):
    with pytest.raises(Refused, match="is closed"):
        join(CommunityFactory(is_archived=True), by=member)

    assert not Membership.objects.exists()


def test_leaving_ends_membership_role_and_primary_mark(member):
    mine = MembershipFactory(member=member, role="lead", is_primary=True)

    leave(mine.community, by=member)

    mine.refresh_from_db()
    assert (mine.status, mine.role, mine.is_primary) == ("left", "member", False)
    assert mine.left_at
    assert (own_memberships(member), primary_of(member)) == ({}, None)


def test_leaving_twice_keeps_the_first_date(member):
    mine = MembershipFactory(member=member)
    leave(mine.community, by=member)
    mine.refresh_from_db()
    first = mine.left_at

    leave(mine.community, by=member)

    mine.refresh_from_db()
    assert mine.left_at == first


def test_an_archived_community_can_be_left(member):
    mine = MembershipFactory(member=member, community__is_archived=True)

    leave(mine.community, by=member)

    assert own_memberships(member) == {}


def test_coming_back_wakes_the_old_membership_and_is_counted_once(member):
    community = CommunityFactory()
    first = join(community, by=member)
    leave(community, by=member)

    again = join(community, by=member)

    assert (again.pk, again.status, again.left_at) == (first.pk, "active", None)
    assert Activity.objects.count() == 1


def test_choosing_a_primary_community_joins_it_and_moves_the_mark(member):
    old, new = CommunityFactory(), CommunityFactory()
    choose_primary(old, by=member)

    choose_primary(new, by=member)

    assert {pk: one.is_primary for pk, one in own_memberships(member).items()} == {new.pk: True, old.pk: False}
    assert primary_of(member) == new


def test_an_interest_group_cannot_be_the_primary_community(member):
    with pytest.raises(Refused, match="not one of the target communities"):
        choose_primary(CommunityFactory(kind="interest-group"), by=member)

    assert not Membership.objects.exists()


def test_a_closed_community_cannot_become_the_primary_one(member):
    mine = MembershipFactory(member=member, community__is_archived=True)

    with pytest.raises(Refused, match="is closed"):
        choose_primary(mine.community, by=member)


def test_the_database_refuses_a_second_primary_community(member):
    MembershipFactory(member=member, is_primary=True)

    with pytest.raises(IntegrityError, match="one_primary_community_per_member"), transaction.atomic():
        MembershipFactory(member=member, is_primary=True)


def at_once(act, things):
    """Call act(thing) for all things at the same moment, each in an own thread and connection."""
    barrier = threading.Barrier(len(things))

    def run(thing):
        try:
            barrier.wait()
            act(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        list(pool.map(run, things))


@pytest.mark.django_db(transaction=True)
def test_one_primary_community_is_left_when_24_are_chosen_at_once():
    member = MemberFactory()
    communities = [CommunityFactory() for _ in range(24)]

    at_once(lambda community: choose_primary(community, by=member), communities)

    assert Membership.objects.filter(member=member).count() == 24
    assert Membership.objects.filter(member=member, is_primary=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_joining_24_times_at_once_makes_one_membership_and_one_act():
    member, community = MemberFactory(), CommunityFactory()

    at_once(lambda _: join(community, by=member), range(24))

    assert (Membership.objects.count(), Activity.objects.count()) == (1, 1)
