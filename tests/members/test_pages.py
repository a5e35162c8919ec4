import pytest
from django.urls import reverse

from members.models import Activity, Member
from tests.factories.members import MemberFactory, VerbFactory

pytestmark = pytest.mark.django_db


def test_a_hidden_member_is_in_no_list_and_has_no_page_for_others(member_client):
    hidden = MemberFactory(name="Hidden Person", in_directory=False)

    listed = member_client.get("/members/")
    page = member_client.get(hidden.get_absolute_url())

    assert "Hidden Person" not in listed.content.decode()
    assert page.status_code == 404


def test_a_hidden_member_sees_the_own_page(client):
    hidden = MemberFactory(in_directory=False)
    client.force_login(hidden)

    assert client.get(hidden.get_absolute_url()).status_code == 200


def test_a_wrong_time_zone_is_named_at_its_field_and_nothing_is_lost(member_client, member):
    answer = member_client.post(
        "/me/profile/", {"name": "Kim", "handle": member.handle, "headline": "Advises", "time_zone": "Mars/Base"}
    )

    assert answer.status_code == 200
    assert "“Mars/Base” is not a time zone" in str(answer.context["form"].errors["time_zone"])
    assert answer.context["form"]["headline"].value() == "Advises"
    assert Member.objects.get(pk=member.pk).headline == ""


@pytest.mark.parametrize("handle", ["admin", "-kim", "kim vermeer", "k" * 31, "kım", "../etc"])
def test_an_odd_handle_is_refused(member_client, member, handle):
    answer = member_client.post("/me/profile/", {"name": "Kim", "handle": handle, "time_zone": "Europe/Lisbon"})

    assert "handle" in answer.context["form"].errors
    assert Member.objects.get(pk=member.pk).handle == member.handle


def test_a_handle_that_somebody_has_in_another_case_is_refused(member_client, member):
    MemberFactory(handle="kim")

    answer = member_client.post("/me/profile/", {"name": "Kim", "handle": "KIM", "time_zone": "Europe/Lisbon"})

    assert "taken" in str(answer.context["form"].errors)


def test_a_finished_profile_is_recorded_once(member_client, member):
    VerbFactory(slug="profile-completed", points=0)
    fields = {"name": "Kim", "handle": member.handle, "headline": "Advises", "time_zone": "Europe/Lisbon"}

    for _ in range(2):
        assert member_client.post("/me/profile/", fields).status_code == 302

    assert Activity.objects.filter(actor=member, verb="profile-completed").count() == 1


def test_markdown_in_a_biography_shows_no_script(member_client, member):
    Member.objects.filter(pk=member.pk).update(biography="Hi <script>alert(1)</script> [x](javascript:alert(1))")

    page = member_client.get(member.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


@pytest.mark.parametrize("name", ["members:levels", "members:personas"])
def test_public_pages_of_people_answer_without_an_account(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_wishing_for_a_level_by_get_is_refused(member_client):
    assert member_client.get("/levels/mentor/wish/").status_code == 405
