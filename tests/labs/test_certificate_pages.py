import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from labs.models import CertificateCriteria, IssuerKey, Lab, PathEnrolment, StatusNumber
from labs.operations import certificates as operations
from labs.operations import issuer_keys
from labs.operations.certificates import set_criteria
from labs.queries.certificates import criteria_of
from tests.factories.certificates import TEXT, accepted, certificate, certified_module, finish, issuer_key
from tests.factories.labs import lab
from tests.factories.members import MemberFactory
from tests.factories.modules import learning_verbs
from tests.factories.paths import item, path
from tests.factories.reviews import finished_run
from tests.pages import text_of

pytestmark = pytest.mark.django_db
FILES = ["certificate.pdf", "badge.png", "badge.svg", "credential.jwt", "credential.json"]


@pytest.fixture(autouse=True)
def verbs(db):
    learning_verbs()
    issuer_key()


# For everybody


def test_an_expired_one_says_until_when_it_was_valid(client):
    made = certificate(at=timezone.now() - timedelta(days=800))

    page = text_of(client.get(f"/certificates/{made.code}/"))

    assert f"was valid until {made.expires_at:%-d %B %Y}" in page


@pytest.mark.parametrize(
    "code",
    ["0" * 32, "nonsense", "x" * 32, "%20", "%F0%9F%98%80", "%27%20OR%201=1--", "<script>", "a" * 4000,
     "%E2%80%AE", "{{7*7}}", "issuer2", "ABCDEF%0A"],
)  # fmt: skip
def test_an_unknown_code_answers_not_issued_by_us(code, client):
    answer = client.get(f"/certificates/{code}/")

    assert answer.status_code == 404
    assert "Not issued by us" in text_of(answer)


@pytest.mark.parametrize("typed", ["/../", "//evil.example/", "\\\\evil", "?", "#", "💥" * 60])
def test_a_nonsense_code_stays_on_this_site_and_is_not_ours(typed, client):
    answer = client.get("/certificates/", {"code": typed}, follow=True)

    assert answer.status_code == 404
    assert "Not issued by us" in text_of(answer)


def test_a_visitor_learns_the_reviewers_name_only_from_a_public_page(client):
    shown = certificate(by=MemberFactory(name="Grace Hopper", audiences={"page": "public"}))
    hidden = certificate(module=certified_module("other"), by=MemberFactory(name="Alan Turing"))

    assert "Grace Hopper reviewed and accepted" in text_of(client.get(f"/certificates/{shown.code}/"))
    page = text_of(client.get(f"/certificates/{hidden.code}/"))
    assert "A reviewer of the community reviewed and accepted" in page
    assert "Turing" not in page


def test_what_was_replaced_names_its_successor_and_the_successor_names_it_to_its_owner_only(client):
    old = certificate()
    member = old.member
    member.name = "Ada King"
    member.save(update_fields=["name"])
    new = operations.print_with_new_name(old, by=member)

    assert f'href="/certificates/{new.code}/"' in client.get(f"/certificates/{old.code}/").content.decode()
    assert old.code not in client.get(f"/certificates/{new.code}/").content.decode()
    client.force_login(member)
    assert old.code in client.get(f"/certificates/{new.code}/").content.decode()


# Files


def test_the_name_of_a_file_comes_from_the_title_and_breaks_no_header(client):
    made = certificate(title='Säfe "x"\\ y; z')

    answer = client.get(f"/certificates/{made.code}/badge.svg")

    assert answer["Content-Disposition"] == 'attachment; filename="safe-x-y-z.svg"'
    assert "text/html" not in answer["Content-Type"]


# For programs


def test_keys_and_issuer_may_be_read_by_every_program_and_be_kept_for_minutes(client):
    for address in ("/certificates/keys.json", "/.well-known/jwks.json", "/certificates/issuer/"):
        answer = client.get(address)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, max-age=300"
        assert json.loads(answer.content)


def test_retired_keys_are_served_and_withdrawn_ones_are_not(client):
    first = IssuerKey.objects.get()
    second, _ = issuer_keys.rotate()
    issuer_keys.rotate(withdraw=True)

    served = json.loads(client.get("/certificates/keys.json").content)["keys"]

    assert len(served) == 2
    assert any(first.kid in one["kid"] for one in served)
    assert client.get(f"/certificates/keys/{first.kid}/").status_code == 200
    assert client.get(f"/certificates/keys/{second.kid}/").status_code == 404


def test_a_status_list_is_signed_once_and_its_copies_are_short_lived(client, django_assert_num_queries):
    StatusNumber.objects.create()
    first = client.get("/certificates/status/0/")

    with django_assert_num_queries(1):
        second = client.get("/certificates/status/0/")

    assert first.content == second.content
    assert (first["Content-Type"], first["Cache-Control"]) == ("application/vc+jwt", "public, max-age=300")


@pytest.mark.parametrize("number", ["1", "99999999999999999999", "9" * 300, "-1", "x"])
def test_a_status_list_without_certificates_is_not_there(number, client):
    assert client.get(f"/certificates/status/{number}/").status_code == 404


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 300])
def test_criteria_that_do_not_exist_are_not_there(number, client):
    for name in ("", "badge.png", "badge.svg"):
        assert client.get(f"/certificates/criteria/{number}/{name}").status_code == 404


# Criteria


def test_the_page_of_criteria_says_what_it_takes_and_which_version_counts(client):
    module = certified_module()
    old = criteria_of(module)
    new = set_criteria(module, text="Other words.", accepted_submissions=2, months=12)

    page, earlier = client.get(new.get_absolute_url()), client.get(old.get_absolute_url())

    assert "accepted 2 pieces of work from its lab: Find secrets" in text_of(page)
    assert "valid for 12 months" in text_of(page)
    assert "Version 2 counts now." in text_of(earlier)
    assert TEXT in text_of(earlier)


# One's own


def test_the_own_page_shows_what_is_held_and_what_is_missing(member_client, member):
    certificate(member, module=certified_module("held", title="Held"))
    begun = certified_module("begun", title="Begun", reviews=2)
    accepted(Lab.objects.get(module=begun), member)
    certified_module("other", title="Other")

    page = text_of(member_client.get("/me/certificates/"))

    assert "Held Valid" in page
    assert "Begun Missing: the rest of the module , and 1 accepted piece of work from its labs (1 of 2)." in page
    assert "1 other that you may begin" in page


def test_what_is_missing_leads_to_the_hand_in_of_finished_labs(member_client, member):
    module = certified_module(reviews=2)
    finished_run(Lab.objects.get(module=module), member)
    accepted(lab("passed", module=module, title="Passed"), member)
    finished_run(Lab.objects.get(slug="passed"), member)
    lab("not-begun", module=module, title="Not begun")

    page = member_client.get("/me/certificates/").content.decode()

    assert re.findall(r"/labs/[a-z-]+/hand-in/", page) == ["/labs/lab-of-security/hand-in/"]


def test_followed_paths_come_first_and_others_are_folded(member_client, member):
    begun = certified_module("begun", title="Begun", reviews=2)
    accepted(Lab.objects.get(module=begun), member)
    for slug in ("stranger", "followed"):
        made = path(slug, title=slug.capitalize(), publish=True, items=[item("one", target="lab-of-begun")])
        set_criteria(made, text=TEXT, accepted_submissions=2, months=24)
    PathEnrolment.objects.create(path=made, member=member)

    context = member_client.get("/me/certificates/").context

    assert [way.criteria.subject.title for way in context["begun"]] == ["Followed", "Begun"]
    assert [way.criteria.subject.title for way in context["others"]] == ["Stranger"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_own_page_costs_the_same_for_one_and_for_three(number, member_client, member, django_assert_num_queries):
    for at in range(number):
        certificate(member, module=certified_module(f"module-{at}"))
        certified_module(f"open-{at}")
    member_client.get("/me/certificates/")

    with django_assert_num_queries(9):
        member_client.get("/me/certificates/")


def test_the_button_issues_what_is_due(member_client, member):
    module = certified_module()
    finish(module, member)
    accepted(Lab.objects.get(), member)
    assert "Issue what is due" in text_of(member_client.get("/me/certificates/"))

    page = text_of(member_client.post("/me/certificates/look/", follow=True))

    assert "1 certificate issued." in page
    assert "Nothing is due." in text_of(member_client.post("/me/certificates/look/", follow=True))


# On the member's page


def test_certificates_stand_on_the_members_page_for_who_sees_the_portfolio(client, member_client):
    made = certificate(MemberFactory(name="Ada", audiences={"page": "public", "portfolio": "members"}))
    address = made.member.get_absolute_url()

    assert made.get_absolute_url() in member_client.get(address).content.decode()
    member_client.logout()
    assert made.get_absolute_url() not in member_client.get(address).content.decode()


# Organizers


def test_changing_criteria_in_the_admin_makes_a_new_version(organizer_client):
    module = certified_module()
    old = criteria_of(module)
    address = f"/admin/labs/certificatecriteria/{old.pk}/change/"
    assert organizer_client.get(address).status_code == 200

    page = organizer_client.post(
        address, {"text": "Other words.", "accepted_submissions": 2, "months": 12}, follow=True
    )

    assert "Version 2 is in force." in text_of(page)
    assert list(CertificateCriteria.objects.order_by("version").values_list("text", flat=True)) == [
        TEXT,
        "Other words.",
    ]
    assert 'name="_save"' not in organizer_client.get(address).content.decode()


def test_criteria_are_for_a_module_or_a_path(organizer_client):
    page = organizer_client.post(
        "/admin/labs/certificatecriteria/add/", {"text": "T", "accepted_submissions": 1, "months": 12}
    )

    assert "Choose a module or a path, one of the two." in text_of(page)


def test_the_private_key_is_shown_to_nobody(organizer_client):
    key = IssuerKey.objects.get()

    page = organizer_client.get(f"/admin/labs/issuerkey/{key.pk}/change/").content.decode()

    assert key.kid in page
    assert key.sealed not in page
    assert 'name="_save"' not in page
