import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cop.lib.errors import Refused
from members.models import Kudos, Notice
from members.operations import erasure, kudos
from tests.factories.members import ActFactory, MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


def thank(by, number, now=None):
    return [kudos.give(MemberFactory(), by=by, reason="You helped me.", now=now) for _ in range(number)]


def test_thanks_reach_the_person_with_the_reason():
    giver, to = MemberFactory(name="Kim Vermeer"), MemberFactory()

    kudos.give(to, by=giver, reason="  You read my\n draft. ")

    notice = Notice.objects.get(member=to)
    assert (notice.kind, notice.title, notice.text) == (
        "kudos-received",
        "Kim Vermeer thanks you",
        "You read my draft.",
    )


def test_somebody_who_is_not_in_the_directory_thanks_without_a_name():
    to, by = MemberFactory(), MemberFactory(name="Ines Roth", in_directory=False)

    kudos.give(to, by=by, reason="For the lab.")

    assert Notice.objects.get(member=to).title == "A member who is not in the directory thanks you"


def test_the_sixth_thanks_within_a_week_is_refused(member):
    thank(member, 5)

    with pytest.raises(Refused, match="5 times within a week"):
        thank(member, 1)


def test_a_week_later_there_is_room_again(member):
    thank(member, 5, now=timezone.now() - timedelta(days=7, minutes=1))

    thank(member, 1)

    assert Kudos.objects.filter(by=member).count() == 6


@pytest.mark.parametrize(("reason", "why"), [("", "Write what"), ("  \n", "Write what"), ("x" * 301, "300 characters")])
def test_thanks_need_a_reason_of_a_sentence(member, reason, why):
    with pytest.raises(Refused, match=why):
        kudos.give(MemberFactory(), by=member, reason=reason)


def test_nobody_thanks_themselves(member):
    with pytest.raises(Refused, match="somebody else"):
        kudos.give(member, by=member, reason="Well done, me.")


def test_the_same_act_is_thanked_for_once_and_another_one_again(member):
    to = MemberFactory()
    act, other = ActFactory(actor=to), ActFactory(actor=to)
    kudos.give(to, by=member, reason="For this.", act=act)

    with pytest.raises(Refused, match="already"):
        kudos.give(to, by=member, reason="Once more.", act=act)
    kudos.give(to, by=member, reason="For that.", act=other)

    assert Kudos.objects.filter(to=to).count() == 2


def test_thanks_in_general_are_said_once_a_month(member):
    to = MemberFactory()
    kudos.give(to, by=member, reason="For all you do.")

    with pytest.raises(Refused, match="this month already"):
        kudos.give(to, by=member, reason="For all you do, again.")


def test_thanks_for_an_act_of_somebody_else_are_refused(member):
    with pytest.raises(Refused, match="somebody else"):
        kudos.give(MemberFactory(), by=member, reason="Thanks.", act=ActFactory())


@pytest.mark.django_db(transaction=True)
def test_of_many_thanks_at_once_five_are_kept():
    giver, people, gate = MemberFactory(), MemberFactory.create_batch(24), threading.Barrier(24)

    def give(to):
        gate.wait()
        try:
            return bool(kudos.give(to, by=giver, reason="Thanks."))
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(24) as pool:
        kept = sum(pool.map(give, people))

    assert (kept, Kudos.objects.count()) == (5, 5)


def test_the_button_on_a_profile_leads_to_the_form_and_back(member_client):
    to = MemberFactory(handle="ines", name="Ines Ferreira")

    profile = member_client.get("/members/ines/")
    ActFactory(actor=to, verb=VerbFactory(slug="fix-accepted", kind="contribution", points=5))
    profile = member_client.get("/members/ines/")
    answer = member_client.post("/members/ines/kudos/", {"reason": "You found it."}, follow=True)

    assert "/members/ines/kudos/" in profile.content.decode()
    assert "You found it." in answer.content.decode()
    assert Kudos.objects.get().to == to


def test_an_act_of_the_portfolio_is_thanked_for_by_its_number(member_client):
    to = MemberFactory(handle="ines")
    verb = VerbFactory(slug="fix-accepted", kind="contribution", points=5)
    act, review = ActFactory(actor=to, verb=verb, object_title="A clearer step"), ActFactory(actor=to)

    member_client.post(f"/members/ines/kudos/?act={act.pk}", {"reason": "It is clear now."})

    assert Kudos.objects.get().object_title == "A clearer step"
    for wrong in (review.pk, 10**6, "x"):
        assert member_client.get(f"/members/ines/kudos/?act={wrong}").status_code == 404


def test_an_empty_reason_keeps_the_form_with_the_fault(member_client):
    MemberFactory(handle="ines")

    answer = member_client.post("/members/ines/kudos/", {"reason": ""})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["reason"])


def test_who_has_left_or_is_hidden_cannot_be_thanked(member_client):
    gone = MemberFactory()
    erasure.erase(gone)
    gone.refresh_from_db()
    hidden, off = MemberFactory(in_directory=False), MemberFactory(is_active=False)

    for person in (gone, hidden, off):
        assert member_client.get(f"/members/{person.handle}/kudos/").status_code == 404
        assert member_client.post(f"/members/{person.handle}/kudos/", {"reason": "Thanks."}).status_code == 404


def test_after_five_thanks_the_page_says_so(member, member_client):
    thank(member, 5)

    page = member_client.get(f"/members/{MemberFactory().handle}/kudos/")

    assert "You have thanked five times this week" in page.content.decode()


def test_who_was_thanked_takes_it_off_the_page_and_nobody_else(member, member_client):
    mine = Kudos.objects.create(by=MemberFactory(), to=member, reason="Thanks.")
    others = Kudos.objects.create(by=member, to=MemberFactory(), reason="Thanks.", object_key="1")

    assert member_client.post(f"/me/kudos/{others.pk}/remove/").status_code == 404
    member_client.post(f"/me/kudos/{mine.pk}/remove/")

    assert list(Kudos.objects.all()) == [others]
