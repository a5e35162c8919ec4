import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from members.models import Level, Member
from tests.factories.members import MemberFactory


def form_of(request, row):
    """The admin's form for the row as it stood when the page was sent, with the account switched off."""
    page = site.get_model_admin(Member)
    made = page.get_form(request, row, change=True)
    fields = {name: value for name, value in made(instance=row).initial.items() if value is not None}
    form = made({**fields, "is_active": ""}, instance=row)
    assert form.is_valid(), form.errors
    return page, form


@pytest.fixture
def request_of_organizer(db):
    request = RequestFactory().post("/")
    request.user = MemberFactory(is_staff=True, is_superuser=True)
    return request


def test_a_password_changed_meanwhile_survives_a_save_by_an_organizer(request_of_organizer):
    person = MemberFactory(headline="Then")
    page, form = form_of(request_of_organizer, person)
    other = Member.objects.get(pk=person.pk)
    other.set_password("another long one")
    other.save(update_fields=["password"])
    Member.objects.filter(pk=person.pk).update(headline="Now")

    page.save_model(request_of_organizer, form.save(commit=False), form, change=True)

    person.refresh_from_db()
    assert (person.is_active, person.headline) == (False, "Now")
    assert person.check_password("another long one")


def test_the_page_of_a_member_in_the_admin_writes_what_was_changed_alone(organizer_client):
    person = MemberFactory()
    address = f"/admin/members/member/{person.pk}/change/"

    with CaptureQueriesContext(connection) as queries:
        answer = organizer_client.post(address, {"is_active": ""})

    assert answer.status_code == 302
    (update,) = [one["sql"] for one in queries if one["sql"].startswith('UPDATE "members_member"')]
    assert update.startswith('UPDATE "members_member" SET "is_active" = false WHERE')


def test_the_admin_neither_shows_nor_changes_what_members_say_about_themselves(organizer_client):
    person = MemberFactory(name="Old Name", headline="headline-text", organisation="house-text", town="town-text")
    address = f"/admin/members/member/{person.pk}/change/"

    page = organizer_client.get(address).content.decode()
    organizer_client.post(address, {"is_active": "on", "name": "New", "headline": "New", "in_directory": ""})

    assert not [words for words in ("headline-text", "house-text", "town-text") if words in page]
    person.refresh_from_db()
    assert (person.name, person.headline, person.in_directory) == ("Old Name", "headline-text", True)
    assert organizer_client.get("/admin/members/member/?q=house-text").context["cl"].result_count == 0


def test_an_organizer_takes_words_off_the_home_page(organizer_client):
    person = MemberFactory(quote="Buy now.", quote_on_home=True)

    organizer_client.post(
        "/admin/members/member/", {"action": "take_off_home_page", "_selected_action": [person.pk]}
    )  # fmt: skip

    person.refresh_from_db()
    assert (person.quote, person.quote_on_home) == ("Buy now.", False)


def test_a_level_keeps_its_key_when_it_is_changed(organizer_client, db):
    level = Level.objects.create(slug="mentor", title="Mentor", order=50)

    answer = organizer_client.get(f"/admin/members/level/{level.pk}/change/")

    assert 'name="title"' in answer.content.decode()
    assert 'name="slug"' not in answer.content.decode()
