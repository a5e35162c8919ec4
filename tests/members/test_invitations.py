"""Inviting people: a token that works once, one reminder, no address twice, and never again for who asks so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from cop.lib.errors import Refused
from cop.site.models import Mail
from members.models import Invitation, Member, NoInvitations, Notice
from members.operations import invitations
from tests.factories.communities import CommunityFactory
from tests.factories.members import MemberFactory, PersonaFactory

pytestmark = pytest.mark.django_db
FRIEND = "friend@example.org"


def invite(*addresses, by=None, **fields):
    by = by or MemberFactory(name="Ada Bos")
    return invitations.invite(
        addresses or (FRIEND,), by=by, sentence=fields.pop("sentence", "You know backups."), **fields
    )


def token_in(mail: Mail) -> str:
    found = re.search(r"/join/([\w-]{20,})/", mail.text)
    assert found
    return found[1]


def test_the_letter_has_the_inviters_sentence_and_the_value_for_the_persona():
    invite(persona=PersonaFactory(value="Labs that never leave your machine."))

    mail = Mail.objects.get(to=FRIEND)
    assert "You know backups." in mail.text
    assert "Labs that never leave your machine." in mail.text
    assert "Ada Bos invites you" in mail.subject


def test_the_letter_shows_words_as_typed_and_no_headline_that_is_for_members():
    by = MemberFactory(name="Ada Bos", headline="headline-text")
    invite(by=by, sentence="**Look** [here](https://evil.example)")

    mail = Mail.objects.get(to=FRIEND)
    assert "> **Look** [here](https://evil.example)" in mail.text
    assert 'href="https://evil.example' not in mail.html
    assert "headline-text" not in mail.text + mail.html


def test_who_came_is_named_to_the_inviter_once_they_are_in_the_directory(member_client, member):
    fred = MemberFactory(name="Fred Oak", handle="fred", in_directory=False)
    Invitation.objects.create(
        by=member, sentence="Come.", token="x", expires_at=timezone.now(), accepted_at=timezone.now(), accepted_by=fred
    )

    assert "A member who is not in the directory joined on" in member_client.get("/me/invitations/").text
    Member.objects.filter(pk=fred.pk).update(in_directory=True)
    assert '<a class="link-title" href="/members/fred/">Fred Oak</a>' in member_client.get("/me/invitations/").text


def test_the_token_itself_is_not_kept():
    invite()

    assert token_in(Mail.objects.get()) not in Invitation.objects.get().token


def test_signing_up_from_an_invitation_counts_once_and_tells_who_invited():
    persona, community = PersonaFactory(), CommunityFactory()
    ada = MemberFactory(name="Ada Bos")
    invite(by=ada, persona=persona, community=community.slug)
    client, token = Client(), token_in(Mail.objects.get())

    page = client.get(f"/join/{token}/")
    client.post(
        "/accounts/signup/", {"name": "Fred Oak", "email": "fred@example.org", "password1": "a long and good one"}
    )

    assert "You know backups." in page.text
    fred, invitation = Member.objects.get(email="fred@example.org"), Invitation.objects.get()
    assert (invitation.accepted_by, invitation.email, fred.persona) == (fred, "", persona)
    assert Notice.objects.get(member=ada).title == "Somebody whom you invited has joined"
    assert Client().get(f"/join/{token}/")["Location"] == "/accounts/signup/"


@pytest.mark.parametrize("change", ["old", "unknown", "inviter gone"])
def test_a_token_that_no_longer_works_leads_to_the_ordinary_sign_up(change):
    invite()
    token = token_in(Mail.objects.get())
    if change == "old":
        Invitation.objects.update(expires_at=timezone.now())
    elif change == "inviter gone":
        Member.objects.update(is_active=False)

    answer = Client().get(f"/join/{'x' * 43 if change == 'unknown' else token}/", follow=True)

    assert answer.redirect_chain == [("/accounts/signup/", 302)]
    assert "You can join all the same." in answer.text


def test_members_and_those_who_want_none_get_no_letter_and_are_counted():
    ada, member = MemberFactory(), MemberFactory(email="member@example.org")
    EmailAddress.objects.create(user=member, email="second@example.org", verified=True)
    NoInvitations.objects.create(digest=invitations.digest("never@example.org"))
    invite(by=ada)

    done = invite("MEMBER@example.org", "second@example.org", "never@example.org", FRIEND, "new@example.org", by=ada)

    assert (done.sent, done.skipped, done.repeated) == (1, 3, 1)
    assert set(Mail.objects.values_list("to", flat=True)) == {FRIEND, "new@example.org"}


def test_twenty_in_seven_days_and_no_more():
    ada = MemberFactory()
    invite(*[f"friend-{number}@example.org" for number in range(20)], by=ada)

    with pytest.raises(Refused, match="0 are left"):
        invite("one-more@example.org", by=ada)

    later = timezone.now() + timedelta(days=7, minutes=1)
    assert invite("one-more@example.org", by=ada, now=later).sent == 1


def test_too_many_at_once_send_none():
    with pytest.raises(Refused):
        invite(*[f"friend-{number}@example.org" for number in range(21)])

    assert not Mail.objects.exists()


def test_one_reminder_and_then_never_again():
    invite()
    now = timezone.now()

    counts = [invitations.remind_and_forget(now + timedelta(days=day))["reminded"] for day in (5, 7, 8, 20)]

    assert counts == [0, 1, 0, 0]
    assert Mail.objects.filter(kind="invitation-reminder").count() == 1
    assert Client().get(f"/join/{token_in(Mail.objects.get(kind='invitation-reminder'))}/").status_code == 200


def test_who_has_opened_it_is_not_reminded():
    invite()
    invitations.open_invitation(token_in(Mail.objects.get()))

    assert invitations.remind_and_forget(timezone.now() + timedelta(days=7))["reminded"] == 0


def test_the_address_is_forgotten_when_the_invitation_has_run_out():
    invite()

    assert invitations.remind_and_forget(timezone.now() + timedelta(days=31))["forgotten"] == 1
    assert Invitation.objects.get().email == ""


def test_one_click_keeps_an_address_from_all_invitations():
    invite()
    path = f"/join/no/{invitations.no_token(FRIEND)}/"

    assert Client().get(path).status_code == 200
    assert not NoInvitations.objects.exists()
    assert "No more invitations" in Client().post(path).text
    assert Invitation.objects.get().email == ""
    assert invite(by=MemberFactory()).skipped == 1
    assert Mail.objects.filter(to=FRIEND).count() == 1


def test_a_broken_link_decides_nothing():
    answer = Client().post("/join/no/broken/")

    assert "This link is not complete" in answer.text
    assert not NoInvitations.objects.exists()


def test_the_page_sends_and_says_how_many(member_client):
    answer = member_client.post(
        "/me/invitations/", {"addresses": f"{FRIEND}\nother@example.org", "sentence": "Come."}, follow=True
    )

    assert "2 invitations on the way." in answer.text


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"addresses": "no address"}, "is not an e-mail address"),
        ({"addresses": f"{FRIEND}\nevil@example.org\r\nBcc: x"}, "is not an e-mail address"),
        ({"addresses": "\n".join(f"f{n}@example.org" for n in range(21))}, "These are 21 addresses"),
        ({"sentence": "Look at https://evil.example"}, "without links"),
        ({"sentence": "Look at www.evil.example"}, "without links"),
        ({"sentence": ""}, "This field is required"),
        ({"community": "none"}, "Select a valid choice"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_input_gets_an_error_by_the_field_and_nothing_is_sent(member_client, fields, error):
    answer = member_client.post("/me/invitations/", {"addresses": FRIEND, "sentence": "Come.", **fields})

    assert answer.status_code == 200
    assert error in answer.text
    assert not Mail.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(member, member_client, number, django_assert_num_queries):
    for one in range(number):
        Invitation.objects.create(
            by=member, email="", sentence="x", token=str(one), expires_at=timezone.now(), accepted_by=MemberFactory(),
            accepted_at=timezone.now(),
        )  # fmt: skip

    with django_assert_num_queries(6):
        member_client.get("/me/invitations/")
