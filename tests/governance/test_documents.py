from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from cop.lib.errors import Refused
from governance.models import DocumentVersion
from governance.operations.documents import change_draft, draft_version, put_in_force
from members.models import ConductVersion
from members.queries.conduct import version_to_accept
from tests.factories.governance import GoverningDocumentFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter(db):
    return GoverningDocumentFactory(slug="charter")


@pytest.fixture
def in_force(charter):
    version = draft_version(charter, version="1.0", body="## Purpose\n\nTo learn.")
    put_in_force(version)
    version.refresh_from_db()
    return version


def statuses():
    return list(DocumentVersion.objects.order_by("pk").values_list("version", "status"))


def test_a_draft_is_rendered_and_its_headings_are_kept(charter):
    draft = draft_version(charter, version="1.0", body="## Our purpose\n\nTo *learn*.<script>alert(1)</script>")

    assert draft.status == "draft"
    assert draft.contents == [[2, "Our purpose", "our-purpose"]]
    assert "<em>learn</em>" in draft.html
    assert "<script" not in draft.html


@pytest.mark.parametrize(("version", "body", "fault"), [("1.0", " \n", "empty"), (" ", "Text", "number")])
def test_a_draft_without_text_or_number_is_refused(charter, version, body, fault):
    with pytest.raises(Refused, match=fault):
        draft_version(charter, version=version, body=body)


def test_a_version_number_that_is_taken_is_refused(in_force):
    with pytest.raises(Refused, match=r"“Charter” has a version 1\.0 already"):
        draft_version(in_force.document, version="1.0", body="Another text")


def test_putting_in_force_supersedes_the_former_version(in_force):
    organizer = MemberFactory()
    following = draft_version(in_force.document, version="1.1", body="To share.")

    put_in_force(following, by=organizer)

    assert statuses() == [("1.0", "superseded"), ("1.1", "in-force")]
    following.refresh_from_db()
    assert following.put_in_force_by == organizer


def test_putting_in_force_twice_changes_nothing(in_force):
    put_in_force(in_force)

    assert DocumentVersion.objects.get().in_force_at == in_force.in_force_at


def test_a_superseded_version_does_not_come_back(in_force):
    put_in_force(draft_version(in_force.document, version="1.1", body="To share."))

    with pytest.raises(Refused, match="This version was replaced"):
        put_in_force(in_force)


@pytest.mark.parametrize("days", [1, -1])
def test_a_version_cannot_count_from_the_future_or_from_before_the_former_one(in_force, days):
    following = draft_version(in_force.document, version="1.1", body="To share.")

    with pytest.raises(Refused, match="counts from now on"):
        put_in_force(following, at=timezone.now() + timedelta(days=days))

    assert statuses() == [("1.0", "in-force"), ("1.1", "draft")]


def test_a_draft_can_be_changed(charter):
    draft = draft_version(charter, version="1.0", body="One")

    change_draft(draft, body="## Two", note="Shorter")

    draft.refresh_from_db()
    assert (draft.body, draft.contents, draft.note) == ("## Two", [[2, "Two", "two"]], "Shorter")


def test_a_text_in_force_is_not_changed_by_the_operation(in_force):
    with pytest.raises(Refused, match="never changes"):
        change_draft(in_force, body="Something else")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE governance_documentversion SET body = 'Something else'",
        "UPDATE governance_documentversion SET html = '<p>Something else</p>'",
        "UPDATE governance_documentversion SET version = '0.9'",
        "UPDATE governance_documentversion SET in_force_at = now()",
        "UPDATE governance_documentversion SET status = 'draft', in_force_at = NULL",
        "DELETE FROM governance_documentversion",
    ],
)
@pytest.mark.parametrize("superseded", [False, True])
def test_the_database_refuses_to_change_a_text_that_counts_or_counted(in_force, statement, superseded):
    if superseded:
        DocumentVersion.objects.update(status="superseded")

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert DocumentVersion.objects.get().body == "## Purpose\n\nTo learn."


def test_the_database_refuses_a_second_version_in_force(in_force):
    following = draft_version(in_force.document, version="1.1", body="To share.")

    with pytest.raises(IntegrityError, match="one_version_in_force_per_document"), transaction.atomic():
        DocumentVersion.objects.filter(pk=following.pk).update(status="in-force", in_force_at=timezone.now())


def test_a_new_code_of_conduct_asks_members_again():
    conduct = GoverningDocumentFactory(slug="code-of-conduct", kind="conduct")
    put_in_force(draft_version(conduct, version="1.0", body="Be kind."))
    member = MemberFactory()
    assert version_to_accept(member) == ""

    put_in_force(draft_version(conduct, version="1.1", body="Be kind and clear."))

    assert version_to_accept(member) == "1.1"


def test_a_new_charter_asks_nobody(in_force):
    assert not ConductVersion.objects.exists()


def test_a_second_code_of_conduct_is_refused():
    GoverningDocumentFactory(slug="code-of-conduct", kind="conduct")

    with pytest.raises(ValidationError, match="There is a code of conduct already"):
        GoverningDocumentFactory.build(slug="another", kind="conduct").full_clean()
