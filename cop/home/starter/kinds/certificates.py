from __future__ import annotations

from cop.home.starter.entries import Entry
from cop.home.starter.kinds.base import Kind
from labs.models import CertificateCriteria, Path
from labs.operations.certificates import CRITERIA, set_criteria
from labs.queries.certificates import criteria_of
from modules.models import Module


def subject_of(entry: Entry) -> Module | Path | None:
    if entry["module"]:
        return Module.objects.filter(slug=entry["module"]).first()
    return Path.objects.filter(slug=entry["path"]).first()


def find_criteria(entry: Entry) -> CertificateCriteria | None:
    """The version in force; what organizers changed is another one."""
    subject = subject_of(entry)
    return criteria_of(subject) if subject else None


def write_criteria(entry: Entry, row: CertificateCriteria | None) -> CertificateCriteria:
    subject = subject_of(entry)
    assert subject is not None, "the shapes have found it"  # noqa: S101
    return set_criteria(
        subject, text=entry["text"], accepted_submissions=entry["accepted_submissions"], months=entry["months"]
    )


KINDS = [Kind("certificate", find_criteria, write_criteria, CRITERIA)]
