"""When an issue may go out, and who may say so."""

from __future__ import annotations

from django.conf import settings

from members.models import Member
from newsletters.models import Issue


def faults(issue: Issue, recipients: int) -> dict[str, str]:
    """What is missing before an issue can be approved, by field, in words that say what to do."""
    found = {}
    if not issue.subject.strip():
        found["subject"] = "Write a subject; nobody opens a mail without one."
    if not issue.body.strip():
        found["body"] = "Write the issue; its text is empty."
    if not recipients:
        found["audience"] = "Nobody would get this issue. Choose an audience with at least one subscriber."
    return found


def needs_somebody_else(issue: Issue, member: Member) -> bool:
    """Whether the two-person rule keeps this member from approving what they wrote themselves."""
    return settings.NEWSLETTER_NEEDS_TWO and issue.created_by_id == member.pk
