"""Each part of a page by itself: who sees it, and that it takes no other part along."""

import pytest
from django.test import Client

from members.audience import USUAL
from members.models import Member
from tests.factories.members import MemberFactory
from tests.kept import kept_for_many
from tests.members.open_pages import WORDS, everything, parts_on

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def browsers(django_db_setup, django_db_blocker):
    """Of a visitor, a member and the owner of a page; the page is made once for all tests of this file."""
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            made = {"visitor": Client(), "member": Client(), "owner": Client()}
            made["member"].force_login(MemberFactory())
            made["owner"].force_login(everything("public"))
        yield made


@pytest.fixture
def seen(browsers, db):
    """Which parts somebody sees of the page, when its owner chose these audiences."""

    def look(who: str, audience: str, **more: str) -> set[str]:
        Member.objects.filter(handle="kim").update(audiences=dict.fromkeys(USUAL, audience) | more)
        return parts_on(browsers[who].get("/members/kim/").content.decode())

    return look


@pytest.mark.parametrize("part", WORDS)
def test_a_part_for_members_is_not_on_the_page_of_a_visitor(seen, part):
    assert seen("visitor", "public", **{part: "members"}) == set(WORDS) - {part}


def test_members_see_every_part_that_is_for_them(seen):
    assert seen("member", "members") == set(WORDS)


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize("part", WORDS)
def test_a_part_for_its_owner_alone_is_on_no_other_page(seen, part, who):
    assert seen(who, "public", **{part: "me"}) == set(WORDS) - {part}


def test_owners_see_every_part_that_is_for_them_alone(seen):
    assert seen("owner", "me") == set(WORDS)
