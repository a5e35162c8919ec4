"""What members type about themselves and about people they invite hides nothing and tells nothing about others."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from cop.lib.errors import Refused
from cop.site.models import Mail
from members.invitation_forms import InvitationForm
from members.models import Invitation, Member, NoInvitations
from members.operations import invitations
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
UNSEEN = ["\u200c", "\u3164", "\u2800", "\u00ad", "\U000e0041", "\u115f\u200d"]


@pytest.mark.parametrize("name", UNSEEN, ids=ascii)
def test_a_name_that_nobody_sees_is_refused(member_client, member, name):
    joining = Client().post(
        "/accounts/signup/", {"name": name, "email": "kim@example.org", "password1": "four plain unrelated words"}
    )
    changing = member_client.post("/me/profile/", {"name": name, "handle": member.handle, "time_zone": "UTC"})

    assert "name" in joining.context["form"].errors
    assert "name" in changing.context["form"].errors


@pytest.mark.parametrize("name", ["李小龙", "श्रेया", "محمد", "Ƶ", "😀", "X 1"])
def test_a_name_that_is_seen_is_taken(member_client, member, name):
    member_client.post("/me/profile/", {"name": name, "handle": member.handle, "time_zone": "UTC"})

    assert Member.objects.get(pk=member.pk).name == name


@pytest.mark.parametrize("name", ["\u202egit", "Git\u200b", "G\u2066it", "\u3164"], ids=ascii)
def test_a_skill_with_hidden_signs_is_refused(member_client, member, name):
    answer = member_client.post("/me/skills/", {"name": name, "claimed": "1", "wants": "0"})

    assert "name" in answer.context["form"].errors
    assert not member.skills.exists()


@pytest.mark.parametrize("address", ["https://example.org@evil.example/", "https://a:b@evil.example/"])
def test_a_link_that_hides_where_it_leads_is_refused(member_client, member, address):
    answer = member_client.post(
        "/me/profile/", {"name": "Kim", "handle": member.handle, "time_zone": "UTC", "link_0_url": address}
    )

    assert "link_0_url" in answer.context["form"].errors


def test_a_number_of_an_act_that_no_row_can_have_is_not_found(member_client):
    address = f"/members/{MemberFactory().handle}/kudos/"

    assert member_client.get(f"{address}?act={'9' * 5000}").status_code == 404
    assert member_client.get(f"{address}?act={'9' * 19}").status_code == 404


def invited(client, *addresses):
    answer = client.post("/me/invitations/", {"addresses": "\n".join(addresses), "sentence": "Come."}, follow=True)
    messages = [str(message) for message in answer.context["messages"]]
    return messages or answer.context["form"].errors["addresses"]


@pytest.fixture
def known():
    """An address of a member, another one of theirs, and one that wants no invitations."""
    member = MemberFactory(email="member@example.org")
    EmailAddress.objects.create(user=member, email="second@example.org", verified=True)
    NoInvitations.objects.create(digest=invitations.digest("never@example.org"))
    return ["member@example.org", "second@example.org", "never@example.org"]


def test_who_invites_does_not_learn_who_is_a_member(member_client, known):
    said = [invited(member_client, address) for address in [*known, "new@example.org"]]

    page = member_client.get("/me/invitations/").text
    assert said == [["1 invitation on the way. Who is a member already, or wants no invitations, gets no letter."]] * 4
    assert [address for address in known if address not in page] == []
    assert Mail.objects.get().to == "new@example.org"


def test_the_limit_of_a_week_does_not_tell_who_is_a_member(member_client, known):
    invited(member_client, *(f"friend-{number}@example.org" for number in range(20)))

    said = {str(invited(member_client, address)) for address in [*known, "new@example.org"]}

    assert len(said) == 1
    assert "0 are left" in said.pop()


def test_a_reminder_tells_nothing_and_goes_to_nobody_who_is_here(member, known):
    now = timezone.now()
    invitations.invite([*known, "new@example.org"], by=member, sentence="Come.", now=now - timedelta(days=8))

    counts = invitations.remind_and_forget(now)

    assert counts["reminded"] == 1
    assert Invitation.objects.filter(reminded_at=now).count() == 4
    assert set(Mail.objects.values_list("to", flat=True)) == {"new@example.org"}


@pytest.mark.parametrize(
    "sentence",
    ["see evil.ru/x", "go to evil.co.uk", "ｗｗｗ．evil．com", "[Look](//evil.ru)", "ftp://evil", "mailto:a@b.ru",
     "t.me/evil", "evil。com"],
)  # fmt: skip
def test_a_sentence_with_anything_like_a_link_is_refused(sentence):
    form = InvitationForm({"addresses": "a@example.org", "sentence": sentence}, communities=[])

    assert "sentence" in form.errors


@pytest.mark.parametrize(
    "sentence", ["You know Node.js, e.g. from work.", "At 10.30 we meet... and talk.", "Well: come."]
)
def test_a_plain_sentence_is_taken(sentence):
    assert InvitationForm({"addresses": "a@example.org", "sentence": sentence}, communities=[]).is_valid()


def test_a_list_of_more_addresses_than_are_left_is_refused_as_a_whole(member, known):
    with pytest.raises(Refused, match="20 are left"):
        invitations.invite([*known, *(f"f{number}@example.org" for number in range(18))], by=member, sentence="Come.")

    assert not Invitation.objects.exists()
