import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from governance.operations.documents import draft_version, put_in_force
from governance.operations.terms import end_early
from tests.factories.governance import CommitteeFactory, GoverningDocumentFactory, SeatFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2027-09-20T12:00Z", tick=False):
        yield


def text_of(answer):
    return " ".join(answer.content.decode().split())


def write(slug, *texts):
    document = GoverningDocumentFactory(slug=slug)
    for number, text in enumerate(texts):
        with time_machine.travel(f"2027-0{number + 1}-01T12:00Z", tick=False):
            put_in_force(draft_version(document, version=f"1.{number}", body=text, review_by=date(2027, 12, 24)))
    return document


def test_a_seat_shows_holder_term_and_group(client):
    TermFactory(seat__title="Chair", seat__group=2, holder__name="Ana Silva", ends=date(2028, 3, 1))

    page = text_of(client.get("/governance/"))

    assert "Ana Silva, appointed, until 1 March 2028" in page
    assert "Group 2" in page
    assert "1 of 7 seats filled" in page


def test_members_see_a_link_to_a_holder_in_the_directory_and_visitors_do_not(client, member_client):
    term = TermFactory()
    link = f'<a href="/members/{term.holder.handle}/">'

    assert (link in text_of(client.get("/governance/")), link in text_of(member_client.get("/governance/"))) == (
        False,
        True,
    )


def test_a_holder_who_is_not_in_the_directory_is_not_named(client, member_client):
    TermFactory(seat__title="Chair", holder__name="Ana Silva", holder__in_directory=False)
    TermFactory(holder__name="Rui Lopes", holder__in_directory=False, starts=date(2026, 1, 1), ends=date(2026, 6, 1))

    for browser in (client, member_client):
        page = text_of(browser.get("/governance/"))
        assert not [name for name in ("Ana Silva", "AS</span>", "Rui Lopes") if name in page]
        assert "A member who is not in the directory, appointed" in page


def test_a_term_that_ends_within_45_days_is_marked_and_one_with_46_is_not(client):
    due = TermFactory(ends=date(2027, 11, 4))
    TermFactory(ends=date(2027, 11, 5))

    page = text_of(client.get("/governance/"))

    assert page.count("Ends in") == 1
    assert "Ends in 45 days" in page
    assert f"<strong>Open now:</strong> terms end on 4 November 2027: {due.seat.title}" in page
    assert "<strong>21 September 2027:</strong> 1 seat, as terms end on 5 November 2027" in page


def test_a_seat_with_a_successor_is_not_due(client):
    term = TermFactory()
    TermFactory(seat=term.seat, holder__name="Ines", starts=term.ends, ends=date(2028, 11, 1))

    page = text_of(client.get("/governance/"))

    assert "Then Ines, from 1 November 2027." in page
    assert "Ends in" not in page


def test_vacant_seats_are_said_calmly_with_what_follows(client):
    SeatFactory(title="Chair")

    page = text_of(client.get("/governance/"))

    assert '<span class="badge">Vacant</span>' in page
    assert "No seat is filled yet. Until the first members of the committee sit, the organizers decide" in page


def test_past_holders_stay_on_the_page_with_the_reason(client):
    term = TermFactory(holder__name="Ana Silva", seat__title="Chair")
    end_early(term, on=date(2027, 3, 1), reason="Changed jobs")

    page = text_of(client.get("/governance/"))

    assert "<b>Ana Silva</b>, Chair" in page
    assert "From 1 November 2026, appointed. Ended early: Changed jobs" in page
    assert "Vacant" in page


def test_documents_are_listed_with_version_and_date_and_drafts_are_not(client):
    write("charter", "## Purpose")
    draft_version(GoverningDocumentFactory(slug="scope", kind="policy"), version="0.1", body="Secret draft")

    page = text_of(client.get("/governance/"))

    assert "Version 1.0, since 1 Jan 2027" in page
    assert '<b>Scope</b><p class="meta">Being written.' in page


def test_an_empty_site_says_what_will_be_here(client):
    assert "The committee will be here" in text_of(client.get("/governance/"))


def test_a_document_shows_text_contents_dates_and_versions(client):
    write("charter", "## Purpose\n\nTo learn.", "## Mission\n\nTo share.")

    page = text_of(client.get("/governance/documents/charter/"))

    assert '<a href="#mission">Mission</a>' in page
    assert "To share." in page
    assert "To learn." not in page
    assert "Version 1.1 · in force since 1 February 2027 · to be reviewed by 24 December 2027" in page
    assert '<a href="/governance/documents/charter/?version=1.0">Version 1.0</a>' in page


def test_an_older_version_stays_readable_and_says_that_it_no_longer_counts(client):
    write("charter", "To learn.", "To share.")

    page = text_of(client.get("/governance/documents/charter/?version=1.0"))

    assert "To learn." in page
    assert "This is an older version; it no longer counts." in page


def test_a_draft_and_an_unknown_version_answer_404(client):
    draft_version(write("charter", "To learn."), version="2.0", body="Secret draft")

    answers = [client.get(f"/governance/documents/charter/?version={version}") for version in ("2.0", "9", "'")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_an_organizer_sees_a_draft_as_it_will_look(organizer_client, member_client):
    draft_version(GoverningDocumentFactory(slug="charter"), version="1.0", body="Our draft")
    address = "/governance/documents/charter/?version=1.0"

    page = text_of(organizer_client.get(address))

    assert "This is a draft; it does not count yet, and only organizers see it." in page
    assert "Our draft" in page
    assert member_client.get(address).status_code == 404
    assert organizer_client.get("/governance/documents/charter/?version=9.9").status_code == 404


def test_a_document_without_a_version_in_force_says_so(client):
    draft_version(GoverningDocumentFactory(slug="charter"), version="1.0", body="Secret draft")

    page = text_of(client.get("/governance/documents/charter/"))

    assert "This text is being written" in page
    assert "Secret" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_governance_takes_the_same_queries_for_any_length(client, rows, django_assert_num_queries):
    CommitteeFactory()
    for number in range(rows):
        term = TermFactory(ends=date(2027, 5, 1))
        TermFactory(seat=term.seat, starts=date(2027, 5, 1), ends=date(2028, 5, 1))
        write(f"policy-{number}", "One", "Two")
    client.get("/governance/")

    with django_assert_num_queries(5):
        client.get("/governance/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_document_takes_the_same_queries_for_any_number_of_versions(client, rows, django_assert_num_queries):
    write("charter", *["Text"] * rows)
    client.get("/governance/")

    with django_assert_num_queries(2):
        client.get("/governance/documents/charter/")


def rotate(*options):
    out = StringIO()
    call_command("rotate_committee", "--check", *options, stdout=out)
    return out.getvalue()


def test_the_command_lists_the_seats_due_in_45_days():
    due = TermFactory(seat__slug="chair", seat__title="Chair", ends=date(2027, 11, 4), holder__handle="ana")
    TermFactory(ends=date(2027, 11, 5))
    SeatFactory()
    TermFactory(seat=due.seat, starts=date(2027, 11, 4), ends=date(2028, 11, 4), holder__handle="ines")

    assert json.loads(rotate("--json")) == [
        {
            "committee": "steering", "seat": "chair", "title": "Chair", "group": 1, "holder": "ana",
            "ends": "2027-11-04", "days_left": 45, "successor": "ines",
        }
    ]  # fmt: skip
    assert rotate() == "steering/chair (group 1): ana until 2027-11-04, 45 days, then ines\n"


def test_the_command_without_seats_due_says_so():
    assert rotate() == "No term ends within 45 days.\n"
    assert json.loads(rotate("--json")) == []
