"""A buddy for each newcomer: willing, of the same community, with the fewest newcomers."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from communities.operations import buddies
from communities.operations.membership import choose_primary
from members.models import Buddy, Member, Notice
from members.queries.welcome import buddy_of
from tests.factories.communities import CommunityFactory, MembershipFactory
from tests.factories.members import MemberFactory, VerbFactory


@pytest.fixture
def community(db):
    VerbFactory(slug="community-joined")
    return CommunityFactory(kind="target")


def willing(community, **fields):
    member = MemberFactory(open_to_buddy=True, **fields)
    MembershipFactory(community=community, member=member)
    return member


def test_a_newcomer_who_chooses_a_community_gets_a_buddy_and_both_are_told(community):
    ada, newcomer = willing(community, name="Ada Bos"), MemberFactory(name="Lee Roth")

    choose_primary(community, by=newcomer)

    assert Buddy.objects.get().buddy == ada
    told = Notice.objects.filter(kind="buddy-assigned").values_list("member__name", "title")
    assert sorted(told) == [
        ("Ada Bos", "Lee Roth is new, and you are the buddy"), ("Lee Roth", "Ada Bos is your buddy"),
    ]  # fmt: skip


def test_a_newcomer_who_is_not_in_the_directory_is_not_named_to_the_buddy(community):
    ada, newcomer = willing(community, name="Ada Bos"), MemberFactory(name="Lee Roth", in_directory=False)

    choose_primary(community, by=newcomer)

    told = Notice.objects.get(member=ada)
    assert (told.title, told.address) == ("Somebody is new, and you are the buddy", "/dashboard/")
    assert "Lee" not in told.text
    client = Client()
    client.force_login(ada)
    page = client.get("/dashboard/").content.decode()
    assert "Somebody who is not in the directory yet" in page
    assert "Lee Roth" not in page


def test_a_buddy_who_leaves_the_directory_is_named_no_more(community):
    ada, newcomer = willing(community), MemberFactory()
    choose_primary(community, by=newcomer)
    assert buddy_of(newcomer) == ada

    Member.objects.filter(pk=ada.pk).update(in_directory=False)

    assert buddy_of(newcomer) is None


def test_who_looks_after_the_fewest_is_asked(community):
    busy, free = willing(community), willing(community)
    Buddy.objects.create(newcomer=MemberFactory(), buddy=busy)

    assert buddies.assign(MemberFactory(), community).buddy == free


@pytest.mark.parametrize(
    "fields",
    [
        {"open_to_buddy": False},
        {"is_active": False},
        {"in_directory": False},
        {"paused_until": timezone.localdate()},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_who_is_not_willing_or_rests_is_never_asked(community, fields):
    member = willing(community)
    Member.objects.filter(pk=member.pk).update(**fields)

    assert buddies.assign(MemberFactory(), community) is None


def test_nobody_becomes_their_own_buddy(community):
    assert buddies.assign(willing(community), community) is None


def test_somebody_of_another_community_is_not_asked(community):
    willing(CommunityFactory())

    assert buddies.assign(MemberFactory(), community) is None


def test_an_old_hand_gets_no_buddy(community):
    willing(community)

    assert buddies.assign(MemberFactory(joined_at=timezone.now() - timedelta(days=31)), community) is None


def test_nobody_looks_after_more_than_five(community):
    ada = willing(community)
    for _ in range(5):
        Buddy.objects.create(newcomer=MemberFactory(), buddy=ada)

    assert buddies.assign(MemberFactory(), community) is None


def test_choosing_again_keeps_the_buddy(community):
    willing(community)
    newcomer = MemberFactory()
    choose_primary(community, by=newcomer)
    willing(community)

    choose_primary(community, by=newcomer)

    assert Buddy.objects.count() == 1


def test_looking_after_somebody_ends_after_60_days(community):
    willing(community)
    pair = buddies.assign(MemberFactory(), community)

    assert buddies.end_old(pair.at + timedelta(days=59)) == 0
    assert buddies.end_old(pair.at + timedelta(days=61)) == 1
    assert buddies.end_old(pair.at + timedelta(days=62)) == 0


@pytest.mark.django_db(transaction=True)
def test_newcomers_of_the_same_moment_are_shared_out_evenly():
    community = CommunityFactory()
    for _ in range(6):
        willing(community)
    newcomers = [MemberFactory() for _ in range(24)]
    start = Barrier(len(newcomers))

    def arrive(newcomer):
        start.wait()
        buddies.assign(newcomer, community)
        connection.close()

    threads = [Thread(target=arrive, args=[one]) for one in newcomers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    shares = [member.newcomers.count() for member in Member.objects.filter(open_to_buddy=True)]
    assert shares == [4] * 6
