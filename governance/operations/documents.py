"""Writing versions of governing documents, and putting one in force."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cop.lib import markdown
from cop.lib.errors import Refused
from governance.models import DocumentVersion, GoverningDocument
from members.models import Member
from members.operations import conduct

Status = DocumentVersion.Status
CHANGED = "A text that is or was in force never changes. Write a new version instead."


@transaction.atomic
def draft_version(
    document: GoverningDocument, *, version: str, body: str, note: str = "", review_by: date | None = None,
    by: Member | None = None,
) -> DocumentVersion:  # fmt: skip
    """Write a new version as a draft. Refuses an empty text and a number that the document has already.

    by: who wrote it; None where the starter content did."""
    version = version.strip()
    GoverningDocument.objects.select_for_update().get(pk=document.pk)
    if not version:
        raise Refused("Give the version a number, for instance 1.1.")
    if document.versions.filter(version=version).exists():
        raise Refused(f"“{document}” has a version {version} already. Choose the next number.")
    draft = DocumentVersion(document=document, version=version, note=note, review_by=review_by, written_by=by)
    set_text(draft, body)
    draft.save()
    return draft


@transaction.atomic
def change_draft(version: DocumentVersion, *, body: str, note: str = "", review_by: date | None = None) -> None:
    """Change the text of a draft. Refuses a version that is or was in force."""
    held = DocumentVersion.objects.select_for_update().get(pk=version.pk)
    if held.status != Status.DRAFT:
        raise Refused(CHANGED)
    held.note, held.review_by = note, review_by
    set_text(held, body)
    held.save(update_fields=["body", "html", "contents", "note", "review_by"])


def set_text(version: DocumentVersion, body: str) -> None:
    if not body.strip():
        raise Refused("The text is empty. Write what the document says.")
    rendered = markdown.render(body)
    version.body, version.html = body, rendered.html
    version.contents = [[heading.level, heading.text, heading.anchor] for heading in rendered.headings]


@transaction.atomic
def put_in_force(version: DocumentVersion, *, by: Member | None = None, at: datetime | None = None) -> None:
    """Let a draft count from now on; the version that counted before is superseded.

    by: who decided it; None where the starter content did. at: since when, else now; neither in the future nor before
    the former version. Members are asked to accept a new code of conduct. Repeating changes nothing; a superseded
    version is refused.
    """
    GoverningDocument.objects.select_for_update().get(pk=version.document_id)
    held = DocumentVersion.objects.select_related("document").get(pk=version.pk)
    if held.status == Status.IN_FORCE:
        return
    if held.status == Status.SUPERSEDED:
        raise Refused("This version was replaced. To go back to it, write its text as a new version.")
    since = at or timezone.now()
    former = DocumentVersion.objects.filter(document=held.document, status=Status.IN_FORCE).first()
    if since > timezone.now() or (former and former.in_force_at and since <= former.in_force_at):
        raise Refused("A version counts from now on, or from a day after the former one began to count.")
    DocumentVersion.objects.filter(document=held.document, status=Status.IN_FORCE).update(status=Status.SUPERSEDED)
    held.status, held.in_force_at, held.put_in_force_by = Status.IN_FORCE, since, by
    held.save(update_fields=["status", "in_force_at", "put_in_force_by"])
    if held.document.kind == GoverningDocument.Kind.CONDUCT:
        conduct.require(held.version, since=since)
