from datetime import date

import pytest
import time_machine

from governance.models import DocumentVersion, Term
from governance.operations.documents import draft_version, put_in_force
from tests.factories.governance import GoverningDocumentFactory, SeatFactory, TermFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-12-01T12:00Z", tick=False):
        yield


def appointment(seat, member, **changes):
    form = {"seat": seat.pk, "holder": member.handle, "starts": "2026-12-01", "ends": "2027-12-01", "how": "appointed"}
    return form | {"override_reason": ""} | changes


def test_the_list_of_seats_shows_holder_dates_and_days_left(organizer_client):
    TermFactory(seat__title="Chair", holder__name="Ana Silva")
    SeatFactory(title="Events")

    page = organizer_client.get("/admin/governance/seat/").content.decode()

    assert [word in page for word in ("Ana Silva", "1 Nov 2026", "1 Nov 2027", "335 days")] == [True] * 4
    assert '<td class="field-holder">Vacant</td>' in page
    assert ">Appoint to Events</a>" in page


@pytest.mark.parametrize(("standing", "number"), [("held", 1), ("vacant", 2)])
def test_seats_are_filtered_by_standing(organizer_client, standing, number):
    TermFactory()
    TermFactory(ends=date(2026, 11, 30))
    SeatFactory()

    answer = organizer_client.get(f"/admin/governance/seat/?standing={standing}")

    assert answer.context["cl"].result_count == number


def test_the_form_proposes_the_day_on_which_the_seat_is_free(organizer_client):
    held = TermFactory()

    answer = organizer_client.get(f"/admin/governance/term/add/?seat={held.seat_id}")

    initial = answer.context["adminform"].form.initial
    assert (initial["starts"], initial["ends"]) == (date(2027, 11, 1), date(2028, 11, 1))


def test_an_organizer_appoints_and_is_recorded(organizer_client):
    seat, holder = SeatFactory(), MemberFactory()

    answer = organizer_client.post("/admin/governance/term/add/", appointment(seat, holder))

    term = Term.objects.get()
    assert answer.status_code == 302
    assert (term.seat, term.holder, term.appointed_by.is_staff) == (seat, holder, True)


@pytest.mark.parametrize("written", ["ana", "ANA@example.org", "ana silva"])
def test_a_holder_is_found_by_handle_address_or_name(organizer_client, written):
    ana = MemberFactory(handle="ana", email="ana@example.org", name="Ana Silva")

    organizer_client.post("/admin/governance/term/add/", appointment(SeatFactory(), ana, holder=written))

    assert Term.objects.get().holder == ana


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("nobody", "No member is called that. Write the handle that their profile's address shows."),
        ("Ana Silva", "2 members are called that. Write the handle instead."),
        ("", "This field is required."),
    ],
)
def test_a_holder_who_is_unknown_or_not_the_only_one_is_refused(organizer_client, written, fault):
    ana, _ = MemberFactory.create_batch(2, name="Ana Silva")

    answer = organizer_client.post("/admin/governance/term/add/", appointment(SeatFactory(), ana, holder=written))

    assert answer.context["adminform"].form.errors == {"holder": [fault]}


def test_a_broken_rule_is_named_in_the_form_and_a_reason_sets_it_aside(organizer_client):
    TermFactory.create_batch(2, holder__organisation="Acme")
    form = appointment(SeatFactory(), MemberFactory(organisation="Acme"))

    refused = organizer_client.post("/admin/governance/term/add/", form)
    accepted = organizer_client.post("/admin/governance/term/add/", form | {"override_reason": "Nobody else stood"})

    rule = "Rule “per organisation”: this would be seat 3 of Acme; 2 are allowed at the same time."
    assert refused.context["adminform"].form.errors == {
        "override_reason": [f"{rule} To set the rule aside, write why; everybody can read it."]
    }
    assert accepted.status_code == 302
    assert Term.objects.latest("pk").override_reason == "per organisation: Nobody else stood"


def test_a_taken_seat_is_named_in_the_form(organizer_client):
    held = TermFactory(seat__title="Chair", holder__name="Ana")
    form = appointment(held.seat, MemberFactory(), override_reason="Please")

    answer = organizer_client.post("/admin/governance/term/add/", form)

    assert answer.context["adminform"].form.errors == {
        "seat": ["Rule “seat taken”: Ana holds “Chair” until 1 November 2027. Start then, or end that term first."]
    }


def test_wrong_dates_are_said_in_the_form(organizer_client):
    form = appointment(SeatFactory(), MemberFactory(), ends="2026-12-01")

    answer = organizer_client.post("/admin/governance/term/add/", form)

    assert answer.context["adminform"].form.errors == {"ends": ["A term ends after it starts. Choose a later end."]}


def test_a_term_is_cut_short_with_a_reason_only(organizer_client):
    held = TermFactory()
    address = f"/admin/governance/term/{held.pk}/change/"

    refused = organizer_client.post(address, {"ended_early_at": "2027-03-01", "reason": ""})
    organizer_client.post(address, {"ended_early_at": "2027-03-01", "reason": "Changed jobs"})

    assert "Write why the term ended early." in str(refused.context["adminform"].form.errors)
    held.refresh_from_db()
    assert (held.ended_early_at, held.reason) == (date(2027, 3, 1), "Changed jobs")
    assert organizer_client.get(address).context["has_change_permission"] is False


def test_a_new_version_begins_with_the_text_in_force_and_is_a_draft(organizer_client):
    document = GoverningDocumentFactory()
    put_in_force(draft_version(document, version="1.0", body="To learn."))
    address = f"/admin/governance/documentversion/add/?document={document.pk}"

    shown = organizer_client.get(address).context["adminform"].form.initial["body"]
    organizer_client.post(address, {"document": document.pk, "version": "1.1", "body": "To *share*.", "note": ""})

    draft = DocumentVersion.objects.get(version="1.1")
    assert shown == "To learn."
    assert (draft.status, draft.html) == ("draft", "<p>To <em>share</em>.</p>\n")
    assert draft.written_by.is_staff


def test_a_version_number_that_is_taken_is_said_in_the_form(organizer_client):
    document = GoverningDocumentFactory()
    draft_version(document, version="1.0", body="To learn.")

    answer = organizer_client.post(
        "/admin/governance/documentversion/add/", {"document": document.pk, "version": "1.0", "body": "x", "note": ""}
    )

    assert answer.status_code == 200
    assert "There is a version with this number already. Choose the next one." in answer.content.decode()


def test_a_draft_is_changed_and_put_in_force_by_an_action(organizer_client):
    conduct = GoverningDocumentFactory(slug="code-of-conduct", kind="conduct")
    draft = draft_version(conduct, version="1.0", body="One")
    organizer_client.post(f"/admin/governance/documentversion/{draft.pk}/change/", {"body": "## Two", "note": ""})

    answer = organizer_client.post(
        "/admin/governance/documentversion/", {"action": "put_in_force", "_selected_action": [draft.pk]}, follow=True
    )

    said = "Code of conduct 1.0 is in force now. Members are asked to accept it when they come back."
    assert str(list(answer.context["messages"])[-1]) == said
    draft.refresh_from_db()
    assert (draft.status, draft.body, draft.put_in_force_by.is_staff) == ("in-force", "## Two", True)


def test_a_text_in_force_can_only_be_read(organizer_client):
    version = draft_version(GoverningDocumentFactory(), version="1.0", body="To learn.")
    put_in_force(version)
    address = f"/admin/governance/documentversion/{version.pk}/change/"

    assert organizer_client.post(address, {"body": "Something else", "note": ""}).status_code == 403
    assert organizer_client.post(f"/admin/governance/documentversion/{version.pk}/delete/").status_code == 403
    assert organizer_client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_seats_takes_the_same_queries_for_any_length(organizer_client, rows, django_assert_num_queries):
    TermFactory.create_batch(rows)
    organizer_client.get("/admin/governance/seat/")

    with django_assert_num_queries(8):
        organizer_client.get("/admin/governance/seat/")


@pytest.mark.parametrize("page", ["committee", "seat", "term", "governingdocument", "documentversion"])
def test_every_list_and_add_form_opens(organizer_client, page):
    TermFactory()
    draft_version(GoverningDocumentFactory(), version="1.0", body="To learn.")

    answers = [organizer_client.get(f"/admin/governance/{page}/{rest}") for rest in ("", "add/")]

    assert [answer.status_code for answer in answers] == [200, 200]
