"""Uses of one's data: everything but the directory begins with no, and a no holds at once."""

from __future__ import annotations

import pytest

from cop.lib.errors import Refused
from members.models import Consent, Member
from members.operations import consents
from members.queries.consents import consenting, has_given
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("purpose", Consent.Purpose.values)
def test_a_new_member_has_agreed_to_nothing(purpose):
    assert has_given(MemberFactory(), purpose) is False


def test_a_yes_and_a_no_hold_at_once():
    member = MemberFactory(in_directory=False)

    consents.decide(member, {"matching": True, "directory": True}, by=member)

    assert has_given(member, "matching")
    assert Member.objects.get(pk=member.pk).in_directory
    consents.decide(member, {"matching": False}, by=member)
    assert list(consenting("matching")) == []


def test_saying_the_same_again_keeps_the_day_of_the_decision():
    member = MemberFactory()
    consents.decide(member, {"network": True}, by=member)
    said = Consent.objects.get().at

    assert consents.decide(member, {"network": True, "matching": False}, by=member) == 0
    assert Consent.objects.get().at == said


def test_only_the_owner_decides():
    with pytest.raises(Refused, match="Only you"):
        consents.decide(MemberFactory(), {"matching": True}, by=MemberFactory(is_superuser=True))


def test_an_unknown_use_is_refused():
    member = MemberFactory()

    with pytest.raises(Refused, match="sale"):
        consents.decide(member, {"sale": True}, by=member)
