import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from members.models import Level, Member
from tests.factories.members import MemberFactory


def form_of(request, row):
    """The admin's form for the row as it stood when the page was sent, filled in with a new name."""
    page = site.get_model_admin(Member)
    made = page.get_form(request, row, change=True)
    fields = {name: value for name, value in made(instance=row).initial.items() if value is not None}
    form = made({**fields, "name": "New Name"}, instance=row)
    assert form.is_valid(), form.errors
    return page, form


@pytest.fixture
def request_of_organizer(db):
    request = RequestFactory().post("/")
    request.user = MemberFactory(is_staff=True, is_superuser=True)
    return request


def test_a_password_changed_meanwhile_survives_a_save_by_an_organizer(request_of_organizer):
    person = MemberFactory(name="Old Name", headline="Then")
    page, form = form_of(request_of_organizer, person)
    other = Member.objects.get(pk=person.pk)
    other.set_password("another long one")
    other.save(update_fields=["password"])
    Member.objects.filter(pk=person.pk).update(headline="Now")

    page.save_model(request_of_organizer, form.save(commit=False), form, change=True)

    person.refresh_from_db()
    assert (person.name, person.headline) == ("New Name", "Now")
    assert person.check_password("another long one")


def test_the_page_of_a_member_in_the_admin_writes_what_was_changed_alone(organizer_client):
    person = MemberFactory(name="Old Name")
    address = f"/admin/members/member/{person.pk}/change/"

    with CaptureQueriesContext(connection) as queries:
        answer = organizer_client.post(address, {"name": "New Name", "is_active": "on"})

    assert answer.status_code == 302
    (update,) = [one["sql"] for one in queries if one["sql"].startswith('UPDATE "members_member"')]
    assert update.startswith('UPDATE "members_member" SET "name" = \'New Name\' WHERE')


def test_a_level_keeps_its_key_when_it_is_changed(organizer_client, db):
    level = Level.objects.create(slug="mentor", title="Mentor", order=50)

    answer = organizer_client.get(f"/admin/members/level/{level.pk}/change/")

    assert 'name="title"' in answer.content.decode()
    assert 'name="slug"' not in answer.content.decode()
