"""The page Privacy: choices, a copy, bringing one in, and the way out."""

from __future__ import annotations

import io
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from members.models import ErasureRequest, Member
from members.queries.consents import has_given
from members.queries.export import archive
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long and good one"


@pytest.fixture
def person():
    member = MemberFactory(name="Ana Ivanova")
    member.set_password(PASSWORD)
    member.save(update_fields=["password"])
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


@pytest.fixture
def fresh(person):
    """A browser in which the member typed the password once more just now."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def stale(person):
    """A browser in which the member is logged in, but did not type the password lately."""
    client = Client()
    client.force_login(person)
    return client


def test_choices_are_kept(stale, person):
    answer = stale.post("/me/privacy/", {"matching": "on"}, follow=True)

    assert "Your choices are saved" in answer.text
    assert has_given(person, "matching")
    assert not Member.objects.get(pk=person.pk).in_directory


def test_a_copy_needs_a_fresh_log_in(stale):
    answer = stale.post("/me/privacy/export/")

    assert answer.status_code == 302
    assert "/accounts/reauthenticate/" in answer["Location"]


def test_a_copy_is_a_zip_after_a_fresh_log_in(fresh):
    answer = fresh.post("/me/privacy/export/")

    assert answer["Content-Type"] == "application/zip"
    assert "READ-ME.txt" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert answer["Cache-Control"].startswith("no-store") or "private" in answer["Cache-Control"]


def test_the_copy_comes_by_itself_after_the_password(stale):
    asked = stale.post("/me/privacy/export/")

    answer = stale.post(asked["Location"], {"password": PASSWORD, "next": "/me/privacy/export/"})

    assert answer["Content-Type"] == "application/zip"


def test_a_plain_visit_downloads_nothing(fresh):
    assert fresh.get("/me/privacy/export/").status_code == 405


def test_a_copy_can_be_brought_in(stale, person):
    other = MemberFactory(headline="Runs platforms")
    file = SimpleUploadedFile("copy.zip", archive(other))

    stale.post("/me/privacy/bring-in/", {"file": file})

    assert Member.objects.get(pk=person.pk).headline == "Runs platforms"


@pytest.mark.parametrize("content", [b"", b"no zip"])
def test_a_broken_copy_gets_an_error_at_the_field(stale, content):
    answer = stale.post("/me/privacy/bring-in/", {"file": SimpleUploadedFile("copy.zip", content)})

    assert answer.status_code == 200
    assert "is-invalid" in answer.text


def test_deleting_asks_for_the_password(stale, person):
    answer = stale.post("/me/privacy/leave/", {"understood": "on", "password": "wrong"})

    assert "This is not your password. Nothing has been deleted." in answer.text
    assert not ErasureRequest.objects.exists()


def test_deleting_asks_for_the_tick(stale):
    answer = stale.post("/me/privacy/leave/", {"password": PASSWORD})

    assert "Tick the box" in answer.text
    assert not ErasureRequest.objects.exists()


def test_deleting_and_keeping_the_account(stale, person):
    stale.post("/me/privacy/leave/", {"understood": "on", "password": PASSWORD})
    page = stale.get("/me/privacy/").text
    assert "Your account will be deleted on" in page

    answer = stale.post("/me/privacy/stay/", follow=True)

    assert "Your account stays as it is" in answer.text
    assert ErasureRequest.objects.get().cancelled_at <= timezone.now()


def test_an_account_without_a_password_needs_a_fresh_log_in(db):
    member = MemberFactory()
    member.set_unusable_password()
    member.save(update_fields=["password"])
    client = Client()
    client.force_login(member)

    answer = client.post("/me/privacy/leave/", {"understood": "on"}, follow=True)

    assert "Log out and log in again" in answer.text
    assert not ErasureRequest.objects.exists()


def test_the_last_organizer_reads_what_to_settle_first(organizer_client):
    answer = organizer_client.get("/me/privacy/leave/")

    assert "You are the only organizer with all rights" in answer.text


@pytest.mark.parametrize("path", ["", "export/", "bring-in/", "leave/", "stay/"])
def test_visitors_are_led_to_the_log_in_or_told_that_there_is_a_button(client, path):
    assert client.get(f"/me/privacy/{path}").status_code in (302, 405)
    assert client.post(f"/me/privacy/{path}").status_code == 302
