"""What visitors, owners and organizers find of one certificate that is in order."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from labs.models import Certificate, IssuerKey
from labs.operations import certificates as operations
from tests.factories.certificates import TEXT, certificate, issuer_key
from tests.factories.members import MemberFactory
from tests.factories.modules import learning_verbs
from tests.kept import kept_for_many
from tests.pages import text_of

pytestmark = pytest.mark.django_db
FILES = ["certificate.pdf", "badge.png", "badge.svg", "credential.jwt", "credential.json"]


@pytest.fixture(scope="module")
def issued(django_db_setup, django_db_blocker):
    """The code of a certificate that is issued once for the tests of this file."""
    with kept_for_many(django_db_blocker):
        with django_db_blocker.unblock():
            learning_verbs()
            issuer_key()
            code = certificate().code
        yield code


@pytest.fixture
def made(issued, db):
    return Certificate.objects.get(code=issued)


def test_the_page_says_without_log_in_that_the_certificate_is_valid(made, client):
    answer = client.get(f"/certificates/{made.code}/")

    page = text_of(answer)
    assert answer.status_code == 200
    assert f"Valid This certificate was issued on {made.issued_at:%-d %B %Y}" in page
    assert "Held by Ada Lovelace" in page
    assert TEXT in page
    assert "Criteria of this module, version 1" in page
    assert "Work from the lab “Find secrets” Reviewed and accepted on" in page
    assert answer["X-Robots-Tag"] == "noindex"


def test_after_revocation_the_page_says_so_with_the_reason(made, client):
    operations.revoke(made, reason="The work was copied.", by=MemberFactory(is_staff=True))

    page = text_of(client.get(f"/certificates/{made.code}/"))

    assert "Revoked This certificate was revoked on" in page
    assert "Reason: The work was copied." in page
    assert "Valid This" not in page


def test_a_code_is_found_in_capitals_too(made, client):
    assert client.get(f"/certificates/{made.code.upper()}/").status_code == 200


def test_a_typed_code_leads_to_its_page_whatever_stands_between_the_signs(made, client):
    typed = f" {made.code[:16].upper()}-{made.code[16:]} "

    answer = client.get("/certificates/", {"code": typed})

    assert answer["Location"] == f"/certificates/{made.code}/"


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_with_one_and_with_three_pieces_of_evidence(
    made, number, client, django_assert_num_queries
):
    Certificate.objects.update(evidence=[made.evidence[0]] * number)
    client.get(f"/certificates/{made.code}/")

    with django_assert_num_queries(2):
        client.get(f"/certificates/{made.code}/")


@pytest.mark.parametrize("name", FILES)
def test_every_file_answers_to_get_and_to_head(made, name, client):
    answer, head = client.get(f"/certificates/{made.code}/{name}"), client.head(f"/certificates/{made.code}/{name}")

    assert (answer.status_code, head.status_code) == (200, 200)
    assert (len(answer.content) > 500, head.content) == (True, b"")
    assert answer["X-Robots-Tag"] == "noindex"
    assert client.post(f"/certificates/{made.code}/{name}").status_code == 405


def test_while_the_key_cannot_be_opened_the_page_works_and_files_say_why(made, client):
    IssuerKey.objects.update(sealed="broken")

    assert client.get(f"/certificates/{made.code}/").status_code == 200
    answer = client.get(f"/certificates/{made.code}/credential.jwt")
    assert answer.status_code == 503
    assert "rotate_issuer_key" in text_of(answer)
    assert client.get("/certificates/status/0/").status_code == 503


def test_only_the_owner_finds_the_buttons_and_the_link_to_linkedin(made, client):
    address = f"/certificates/{made.code}/"
    assert "linkedin" not in client.get(address).content.decode()
    client.force_login(made.member)

    page = client.get(address).content.decode()

    link = urlsplit(re.search(r'href="(https://www.linkedin.com/[^"]+)"', page)[1].replace("&amp;", "&"))
    fields = parse_qs(link.query)
    assert fields["name"] == [made.title]
    assert fields["certId"] == [made.code]
    assert fields["certUrl"][0].endswith(address)
    assert "Print with my new name" not in page


def test_the_owner_prints_with_the_new_name_by_a_button(made, client):
    made.member.name = "Ada King"
    made.member.save(update_fields=["name"])
    client.force_login(made.member)
    assert "Your name is Ada King now." in text_of(client.get(f"/certificates/{made.code}/"))

    page = text_of(client.post(f"/certificates/{made.code}/new-name/", follow=True))

    assert "Held by Ada King" in page
    assert "Held by Ada Lovelace" in text_of(client.get(f"/certificates/{made.code}/"))


def test_renewing_without_something_newer_says_so_on_the_page(made, client):
    client.force_login(made.member)

    page = text_of(client.post(f"/certificates/{made.code}/renew/", follow=True))

    assert "Renewing needs something newer" in page


@pytest.mark.parametrize("act", ["renew", "new-name"])
def test_others_have_no_such_buttons(made, act, member_client):
    assert member_client.post(f"/certificates/{made.code}/{act}/").status_code == 404
    assert Certificate.objects.count() == 1


def test_an_organizer_revokes_by_a_form_that_asks_for_the_reason(made, organizer_client):
    address = f"/admin/labs/certificate/{made.pk}/revoke/"
    assert organizer_client.get(address).status_code == 200
    assert "This field is required" in text_of(organizer_client.post(address, {"reason": " "}))

    page = text_of(organizer_client.post(address, {"reason": "Copied."}, follow=True))

    assert "is revoked: 1 issue of it. Its owner is told." in page
    assert Certificate.objects.get().reason == "Copied."
    organizer_client.post(
        "/admin/labs/certificate/", {"action": "issue_anew", "_selected_action": [made.pk]}, follow=True
    )
    assert Certificate.objects.get(revoked_at=None).renewed_from == made


@pytest.mark.parametrize("name", ["<b>Ada</b>", "</title><script>alert(1)</script>", "{{ 7*7 }}", "אדה לאבלייס"])
def test_a_name_stands_on_the_page_as_it_is(made, name, client):
    Certificate.objects.filter(pk=made.pk).update(name=name)

    page = client.get(f"/certificates/{made.code}/").content.decode()

    assert "<script>alert" not in page
    assert "<b>Ada</b>" not in page
    assert name in page or "&lt;" in page


@pytest.mark.parametrize("name", FILES)
def test_a_revoked_certificate_has_no_files_any_more(made, name, client):
    Certificate.objects.filter(pk=made.pk).update(revoked_at=timezone.now(), reason="Copied.")

    answer = client.get(f"/certificates/{made.code}/{name}")

    assert answer.status_code == 410
    assert "Reason: Copied." in text_of(answer)
    assert client.get(f"/certificates/{'0' * 32}/{name}").status_code == 404
